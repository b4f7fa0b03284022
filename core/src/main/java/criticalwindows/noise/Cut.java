package criticalwindows.noise;

/// A place in a response: what comes before is kept, what comes after is written anew.
///
/// @param fraction of the response asked for, in [0, 1]
/// @param kept tokens that are kept: ⌊fraction · length⌋, or chosen by a search
public record Cut(double fraction, int kept) {
  public Cut {
    if (!(fraction >= 0 && fraction <= 1) || kept < 0) {
      throw new IllegalArgumentException("a cut at fraction " + fraction + ", " + kept + " tokens");
    }
  }
}
