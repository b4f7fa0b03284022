package criticalwindows.world;

/// One way a decision can go.
///
/// @param probability its probability, in [0, 1]
/// @param text what it writes at once; empty where it goes on as if nothing had been asked
public record Option(double probability, String text) {
  public Option {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probabilities of " + probability + " for \"" + text + "\"");
    }
  }
}
