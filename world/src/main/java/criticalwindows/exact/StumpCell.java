package criticalwindows.exact;

/// A cut whose stump was asked for the answer, beside the exact probability.
///
/// @param kept tokens kept
/// @param forced the probability of the original's answer where the stump has to state one at once,
///   in [0, 1]
/// @param said whether the stump's own reply has the original's answer
/// @param exact the probability of that answer by the generator, in [0, 1]
public record StumpCell(int kept, double forced, boolean said, double exact) {
  /// |forced − exact|.
  double forcedApart() {
    return Math.abs(forced - exact);
  }

  /// How far the reply is from the probability, as a 1 or a 0.
  double saidApart() {
    return Math.abs((said ? 1 : 0) - exact);
  }

  /// The variance of one answer of the generator that goes on from here.
  double noise() {
    return exact * (1 - exact);
  }
}
