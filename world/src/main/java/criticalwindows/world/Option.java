package criticalwindows.world;

/// One way a decision can go.
///
/// @param odds its probability, in [0, 1]
/// @param text what it writes at once; empty where it goes on as if nothing had been asked
public record Option(double odds, String text) {
  public Option {
    if (!(odds >= 0 && odds <= 1)) {
      throw new IllegalArgumentException("odds of " + odds + " for \"" + text + "\"");
    }
  }
}
