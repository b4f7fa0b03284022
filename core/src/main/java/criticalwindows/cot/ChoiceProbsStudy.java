package criticalwindows.cot;

import criticalwindows.rollout.ChoiceProbs;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.stats.SoftProportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run gains by reading the probabilities of the choices where its replies name one.
///
/// At a cut, resample i says the original's answer with probability pᵢ. Answers drawn from the
/// probabilities would have the variance of the pᵢ plus the mean of pᵢ(1 − pᵢ): so much more is a
/// resample worth whose probabilities are read. A greedy answer draws nothing; it rounds each pᵢ to
/// 0 or 1, and so measures something else, by [#shift].
///
/// @param worth drawn answers that a resample with probabilities is worth, at least 1: the variance
///   of their share ÷ that of the mean probability, over all cuts; clusters are problems
/// @param shift mean probability − share counted, over cuts, then problems
/// @param read replies of resamples whose probabilities were read
/// @param outside their mean probability on none of the labels
public record ChoiceProbsStudy(Ratio worth, Ratio shift, long read, double outside) {
  /// The mean squared distance up to which probabilities are the same.
  private static final double ROUNDING = 1e-6;

  /// The study of these problems; those whose original's answer is no choice, or whose
  /// probabilities were not read, are left out.
  ///
  /// @return absent where none is left, or no probability varies by more than batched rounding
  ///   moves it, so that there is nothing to compare
  public static Optional<ChoiceProbsStudy> of(List<CotFinding> findings) {
    List<Ratio.Share> worth = new ArrayList<>();
    List<Double> shift = new ArrayList<>();
    List<ChoiceProbs> all = new ArrayList<>();
    for (CotFinding finding : findings) {
      List<CotLevel> cuts = finding.cutsWithProbs();
      if (!cuts.isEmpty()) {
        worth.add(worth(cuts.stream().map(finding::probability).toList()));
        shift.add(cuts.stream().mapToDouble(cut -> shift(finding, cut)).average().orElseThrow());
        cuts.forEach(cut -> all.add(cut.probs()));
      }
    }
    long read = all.stream().mapToLong(ChoiceProbs::read).sum();
    if (worth.stream().mapToDouble(Ratio.Share::whole).sum() <= ROUNDING * read) {
      return Optional.empty();
    }
    double outside = all.stream().mapToDouble(ChoiceProbs::outside).sum();
    return Optional.of(
        new ChoiceProbsStudy(Ratio.of(worth), Ratio.mean(shift), read, outside / read));
  }

  /// The values of [#worth] that a t test over problems would not reject.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Interval worthInterval(double level) {
    return worth.interval(level, new Interval(1, Double.POSITIVE_INFINITY));
  }

  /// Of some cuts: how far drawn answers would spread, and how far the probabilities do.
  static Ratio.Share worth(List<SoftProportion> cuts) {
    double noise = cuts.stream().mapToDouble(SoftProportion::noise).sum();
    double spread = cuts.stream().mapToDouble(SoftProportion::spread).sum();
    return new Ratio.Share(spread + noise, spread);
  }

  private static double shift(CotFinding finding, CotLevel cut) {
    return finding.probability(cut).estimate() - cut.consistent().estimate();
  }
}
