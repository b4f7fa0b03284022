package criticalwindows.testbed;

import criticalwindows.stats.Binomial;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What [CurveSampler] would make of the same replies if the model were exact: the noise of every
/// number that is computed from sampled curves, shared continuations included.
final class CurveSimulation {
  private final SplittableRandom random;

  CurveSimulation(long seed) {
    random = new SplittableRandom(seed);
  }

  /// The same curve with other continuations, drawn from the exact probabilities.
  SampledCurve again(SampledCurve curve) {
    int cuts = curve.exact().size();
    int[] held = new int[cuts];
    int[] same = new int[cuts];
    for (int cut = 0; cut < cuts; cut++) {
      while (held[cut] < curve.samples()) {
        int last = leaves(curve, cut);
        boolean agrees = last == cuts || random.nextDouble() < apart(curve, last);
        for (int at = cut; at <= Math.min(last, cuts - 1); at++) {
          held[at]++;
          same[at] += agrees ? 1 : 0;
        }
      }
    }
    List<Integer> counts = new ArrayList<>();
    for (int count : same) {
      counts.add(count);
    }
    return new SampledCurve(
        curve.family(), curve.reply(), curve.answer(), curve.exact(), counts, curve.samples());
  }

  /// The cut after which a continuation parts from the reply; the number of cuts if it never does.
  private int leaves(SampledCurve curve, int from) {
    int cut = from;
    while (cut < curve.exact().size() && random.nextDouble() < curve.exact().get(cut).onwards()) {
      cut++;
    }
    return cut;
  }

  /// P(same answer | the text parts from the reply after this cut).
  private static double apart(SampledCurve curve, int cut) {
    SampledCurve.Exact here = curve.exact().get(cut);
    boolean last = cut + 1 == curve.exact().size();
    double next = last ? 1 : curve.exact().get(cut + 1).probability();
    return (here.probability() - here.onwards() * next) / (1 - here.onwards());
  }

  /// Σ |k/n − p| over the cuts.
  static double deviation(SampledCurve curve) {
    double sum = 0;
    for (int i = 0; i < curve.exact().size(); i++) {
      double share = (double) curve.same().get(i) / curve.samples();
      sum += Math.abs(share - curve.exact().get(i).probability());
    }
    return sum;
  }

  /// What the binomial distribution makes of [#deviation], on average.
  static double expected(SampledCurve curve) {
    double sum = 0;
    for (double p : curve.probabilities()) {
      sum += new Binomial(curve.samples(), Math.clamp(p, 0.0, 1.0)).meanDeviation();
    }
    return sum;
  }
}
