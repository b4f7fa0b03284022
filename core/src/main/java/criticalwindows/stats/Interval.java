package criticalwindows.stats;

/// A range of values, both ends included.
public record Interval(double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("an interval from " + low + " to " + high);
    }
  }

  /// Whether `value` lies in it.
  public boolean holds(double value) {
    return low <= value && value <= high;
  }

  /// Its length.
  public double width() {
    return high - low;
  }
}
