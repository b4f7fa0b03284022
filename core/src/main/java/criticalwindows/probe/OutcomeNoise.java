package criticalwindows.probe;

import criticalwindows.stats.ClusteredArea;
import criticalwindows.stats.CountEntropy;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What no forecast can take away: the noise of outcomes, and what exact probabilities would reach.
///
/// @param brier the least Brier score, mean of ½ Σ p (1 − p); absent where no row has two trials
/// @param shares how far shares of counts lie from the probabilities by chance: the mean of ½ Σ k
///   (n − k) ÷ (n² (n − 1)); 0 for exact ones
/// @param log the least log score, the entropy, in nats; by counts an estimate from below; absent
///   where no row has two trials
/// @param area what the area under the curve of exact probabilities lies between: from what the
///   other n − 1 continuations of a place tell of one, to what the counts would tell of themselves;
///   absent where no row has two trials, or there is one class
public record OutcomeNoise(
    OptionalDouble brier, OptionalDouble shares, OptionalDouble log, Optional<Interval> area) {
  /// Of rows; each counts by its weight.
  static OutcomeNoise of(List<ProbeRow> rows, double[] weights) {
    double mass = 0;
    double brier = 0;
    double shares = 0;
    double log = 0;
    for (int i = 0; i < rows.size(); i++) {
      Target target = rows.get(i).target();
      if (target.trials() == 1) {
        continue;
      }
      mass += weights[i];
      brier += weights[i] * brier(target);
      shares += target.trials() == 0 ? 0 : weights[i] * brier(target) / target.trials();
      log += weights[i] * entropy(target);
    }
    if (!(mass > 0)) {
      return new OutcomeNoise(
          OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
    }
    return new OutcomeNoise(
        OptionalDouble.of(brier / mass),
        OptionalDouble.of(shares / mass),
        OptionalDouble.of(log / mass),
        area(rows, weights));
  }

  /// ½ Σ p (1 − p), without bias.
  ///
  /// @param target exact, or of two trials at least
  static double brier(Target target) {
    double sum = 0;
    for (int k = 0; k < target.classes(); k++) {
      sum += target.share(k) * (1 - target.share(k));
    }
    int n = target.trials();
    return n == 0 ? sum / 2 : sum / 2 * n / (n - 1);
  }

  private static double entropy(Target target) {
    if (target.trials() > 0) {
      int[] counts = new int[target.classes()];
      java.util.Arrays.setAll(counts, target::count);
      return CountEntropy.of(counts);
    }
    double sum = 0;
    for (int k = 0; k < target.classes(); k++) {
      double p = target.share(k);
      sum -= p > 0 ? p * StrictMath.log(p) : 0;
    }
    return sum;
  }

  private static Optional<Interval> area(List<ProbeRow> rows, double[] weights) {
    List<ClusteredArea.Row> own = new ArrayList<>();
    List<ClusteredArea.Row> others = new ArrayList<>();
    double same = 0;
    for (int i = 0; i < rows.size(); i++) {
      Target target = rows.get(i).target();
      int n = target.trials();
      if (n == 1) {
        continue;
      }
      double p = target.share(0);
      double yes = weights[i] * p;
      double no = weights[i] * (1 - p);
      own.add(new ClusteredArea.Row(0, p, yes, no));
      double without = n == 0 ? p : (p * n - 1) / (n - 1);
      double with = n == 0 ? p : p * n / (n - 1);
      others.add(new ClusteredArea.Row(0, without, yes, 0));
      others.add(new ClusteredArea.Row(0, with, 0, no));
      same += n == 0 ? 0 : yes * no;
    }
    Optional<ClusteredArea> high = ClusteredArea.of(own, 1);
    Optional<ClusteredArea> low = ClusteredArea.of(others, 1);
    if (high.isEmpty() || low.isEmpty()) {
      return Optional.empty();
    }
    // A place's own pairs are always lost, since what is left out of each lowers or raises it.
    double pairs = low.get().positives() * low.get().negatives();
    double fair = (low.get().estimate() * pairs) / StrictMath.max(pairs - same, 1e-300);
    double most = high.get().estimate();
    return Optional.of(new Interval(StrictMath.min(fair, most), most));
  }
}
