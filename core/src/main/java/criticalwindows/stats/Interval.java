package criticalwindows.stats;

/// A range of values, both ends included.
public record Interval(double low, double high) {
  /// What a share can be.
  public static final Interval SHARE = new Interval(0, 1);

  /// What a difference of two shares can be.
  public static final Interval DIFFERENCE = new Interval(-1, 1);

  /// What is not negative.
  public static final Interval POSITIVE = new Interval(0, Double.POSITIVE_INFINITY);

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("an interval from " + low + " to " + high);
    }
  }

  /// Whether `value` lies in it.
  public boolean holds(double value) {
    return low <= value && value <= high;
  }

  /// What of it is possible; the nearest possible value where nothing is.
  public Interval within(Interval possible) {
    return new Interval(possible.nearest(low), possible.nearest(high));
  }

  private double nearest(double value) {
    return StrictMath.max(low, StrictMath.min(high, value));
  }

  /// Its length.
  public double width() {
    return high - low;
  }
}
