package criticalwindows.probe;

/// A row of a fit.
///
/// @param first index of the first token that it reads
/// @param last index of the last one, at least `first`
/// @param target what is to be forecast after it
/// @param weight how much it counts, at least 0
public record FitRow(int first, int last, Target target, double weight) {
  public FitRow {
    if (first < 0 || last < first || !(weight >= 0)) {
      throw new IllegalArgumentException(first + " to " + last + ", weight " + weight);
    }
  }
}
