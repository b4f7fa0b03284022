package criticalwindows.math;

/// The most work that one text may cause. All limits are counts, so that the same text comes to the
/// same form on every machine, and nothing is left running.
final class WorkLimits {
  /// Characters; longer texts are not parsed.
  static final int LENGTH = 2_000;

  /// Brackets within brackets.
  static final int DEPTH = 60;

  /// Bits of an exact number's numerator and denominator.
  static final int BITS = 8_192;

  /// Values that a `±` may stand for.
  static final int BRANCHES = 64;

  /// About a microsecond each, once the code is warm.
  private int left = 5_000;

  void spend(int work) {
    left -= work;
    if (left < 0) {
      throw new Beyond("too much work");
    }
  }
}
