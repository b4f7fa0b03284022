package criticalwindows.testbed;

import criticalwindows.view.Numbers;

/// What a measured value is held to.
public sealed interface Bar {
  /// Nothing: it is a figure only.
  record None() implements Bar {}

  /// Not above a limit.
  record AtMost(double limit) implements Bar {}

  /// Not below a limit.
  record AtLeast(double limit) implements Bar {}

  /// Within a tolerance of a target.
  ///
  /// @param tolerance at least 0
  record Near(double target, double tolerance) implements Bar {}

  /// A value that is held to nothing.
  static Bar none() {
    return new None();
  }

  /// By how much a value misses the bar; 0 or less where it meets it.
  default double excess(double value) {
    return switch (this) {
      case None none -> Double.NEGATIVE_INFINITY;
      case AtMost most -> value - most.limit;
      case AtLeast least -> least.limit - value;
      case Near near -> Math.abs(value - near.target) - near.tolerance;
    };
  }

  /// For people, such as `<= 0.03`; the target of [Near] stands beside it.
  default String show() {
    return switch (this) {
      case None none -> "";
      case AtMost most -> "<= " + decimals(most.limit);
      case AtLeast least -> ">= " + decimals(least.limit);
      case Near near -> "± " + decimals(near.tolerance);
    };
  }

  private static String decimals(double value) {
    return Numbers.bare(value);
  }
}
