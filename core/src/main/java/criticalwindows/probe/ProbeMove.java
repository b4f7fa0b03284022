package criticalwindows.probe;

import java.util.List;
import java.util.Optional;

/// Where the forecast of a probe rises along a text: the one step that fits its curve best.
///
/// A step is one level before a place and a higher one after it; the best leaves the least sum of
/// squares. Its place is halfway between the last token count before and the first one after, which
/// is where the forecast crosses the middle of its two levels.
///
/// @param kept tokens of the response
/// @param before mean forecast before the step, in [0, 1]
/// @param after mean forecast after it, in (before, 1]
public record ProbeMove(double kept, double before, double after) {
  /// A step that is lower than this is none.
  public static final double LEAST = .1;

  /// The step of a curve; absent where no step of at least [#LEAST] up fits it best.
  public static Optional<ProbeMove> of(ProbeCurve curve) {
    List<Double> values = curve.probability();
    double all = values.stream().mapToDouble(Double::doubleValue).sum();
    int n = values.size();
    double sum = 0;
    // A step leaves less by n₁n₂/n times the square of its height.
    double most = 0;
    Optional<ProbeMove> best = Optional.empty();
    for (int i = 1; i < n; i++) {
      sum += values.get(i - 1);
      double before = sum / i;
      double after = (all - sum) / (n - i);
      double gain = (after - before) * (after - before) * i * (n - i) / n;
      if (gain > most) {
        most = gain;
        double kept = (curve.kept().get(i - 1) + curve.kept().get(i)) / 2.0;
        best =
            after - before >= LEAST
                ? Optional.of(new ProbeMove(kept, before, after))
                : Optional.empty();
      }
    }
    return best;
  }
}
