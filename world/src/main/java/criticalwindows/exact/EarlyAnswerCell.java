package criticalwindows.exact;

import criticalwindows.cot.EarlyAnswerReading;
import java.util.Map;
import java.util.OptionalDouble;

/// A cut whose early answer was asked for the answer, beside the exact probability.
///
/// @param kept tokens kept
/// @param probs the probability of the original's answer, in [0, 1], by each reading that there is
/// @param said whether the early answer's reply has the original's answer
/// @param exact the probability of that answer by the generator, in [0, 1]
public record EarlyAnswerCell(
    int kept, Map<EarlyAnswerReading, Double> probs, boolean said, double exact) {
  public EarlyAnswerCell {
    probs = Map.copyOf(probs);
  }

  /// |probability − exact|; absent where it was not read.
  OptionalDouble apart(EarlyAnswerReading reading) {
    Double read = probs.get(reading);
    return read == null ? OptionalDouble.empty() : OptionalDouble.of(Math.abs(read - exact));
  }

  /// |reply − exact|, the reply being 1 or 0.
  double saidApart() {
    return said ? 1 - exact : exact;
  }

  /// The variance of one answer of the generator that goes on from here.
  double noise() {
    return exact * (1 - exact);
  }
}
