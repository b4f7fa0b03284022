package criticalwindows.world;

/// One way a decision can go.
///
/// @param probs its probability, in [0, 1]
/// @param text what it writes at once; empty where it goes on as if nothing had been asked
public record Option(double probs, String text) {
  public Option {
    if (!(probs >= 0 && probs <= 1)) {
      throw new IllegalArgumentException("probabilities of " + probs + " for \"" + text + "\"");
    }
  }
}
