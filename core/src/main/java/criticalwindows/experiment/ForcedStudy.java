package criticalwindows.experiment;

import criticalwindows.grade.Answer;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;
import criticalwindows.stats.SoftProportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// What the stumps of a run say when they have to state an answer at once: the form that the
/// question quotes is fed as the beginning of the reply, and the odds of the labels are read behind
/// it. It is another quantity than the reply of the model's own choice, which may think on first.
///
/// A forced stump says the original's answer with probability q, exactly. An answer drawn from its
/// odds would add q(1 − q) to the variance of a mean over problems.
///
/// @param agree stumps whose likeliest label is the answer of their own reply
/// @param shift mean of q − share of stumps with the original's answer; clusters are problems
/// @param worth drawn answers that a reading is worth for the mean of q over problems: the variance
///   of a drawn answer at a cut ÷ that of q; absent where problems share no cuts, or do not differ
/// @param outside the mean probability on none of the labels
public record ForcedStudy(
    CotSummary.Mean agree, Ratio shift, Optional<Ratio> worth, double outside) {
  /// The mean squared distance up to which probabilities are the same.
  private static final double ROUNDING = 1e-6;

  /// The study of these problems; those whose original's answer is no choice, or whose stumps were
  /// not forced, are left out.
  public static Optional<ForcedStudy> of(List<CotFinding> findings) {
    List<CotFinding> read =
        findings.stream().filter(finding -> !finding.forcedCuts().isEmpty()).toList();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ForcedStudy(
            CotSummary.Mean.of(read.stream().map(ForcedStudy::agree).toList()),
            Ratio.mean(read.stream().map(ForcedStudy::shift).toList()),
            worth(read.stream().map(ForcedStudy::byFraction).toList()),
            read.stream()
                .flatMap(finding -> finding.forcedCuts().stream())
                .mapToDouble(level -> level.stumpForced().meanOutside())
                .average()
                .orElseThrow()));
  }

  /// The values of [#worth] that a t test over problems would not reject.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Optional<Interval> worthInterval(double level) {
    return worth
        .map(ratio -> ratio.interval(level))
        .map(held -> new Interval(Math.max(1, held.low()), Math.max(1, held.high())));
  }

  private static Proportion agree(CotFinding finding) {
    Proportion agree = Proportion.NONE;
    for (CotFinding.Level level : finding.forcedCuts()) {
      Answer said = level.stump().orElseThrow();
      OptionalInt likeliest = level.stumpForced().likeliest();
      agree = agree.plus(Proportion.Outcome.of(said.among(finding.problem()).equals(likeliest)));
    }
    return agree;
  }

  private static double shift(CotFinding finding) {
    return finding.forcedCuts().stream()
        .mapToDouble(level -> probability(finding, level) - (said(finding, level) ? 1 : 0))
        .average()
        .orElseThrow();
  }

  private static boolean said(CotFinding finding, CotFinding.Level level) {
    return level.stump().orElseThrow().same(finding.answer());
  }

  private static double probability(CotFinding finding, CotFinding.Level level) {
    return finding.forcedProbability(level).estimate();
  }

  private static Map<Double, Double> byFraction(CotFinding finding) {
    Map<Double, Double> probabilities = new TreeMap<>();
    finding
        .forcedCuts()
        .forEach(level -> probabilities.put(level.cut().fraction(), probability(finding, level)));
    return probabilities;
  }

  /// @param problems for each, the probability at each of its cuts; cuts that all of them have are
  ///   compared
  static Optional<Ratio> worth(List<Map<Double, Double>> problems) {
    Map<Double, SoftProportion> means = new TreeMap<>();
    for (Map<Double, Double> problem : problems) {
      problem.forEach((cut, p) -> means.merge(cut, SoftProportion.of(p), SoftProportion::plus));
    }
    int n = problems.size();
    means.values().removeIf(mean -> mean.trials() < n);
    double spread = means.values().stream().mapToDouble(SoftProportion::spread).sum();
    return n < 2 || spread <= ROUNDING * n * means.size()
        ? Optional.empty()
        : Optional.of(Ratio.of(shares(problems, means)));
  }

  private static List<Ratio.Share> shares(
      List<Map<Double, Double>> problems, Map<Double, SoftProportion> means) {
    double unbiased = problems.size() / (problems.size() - 1.0);
    List<Ratio.Share> shares = new ArrayList<>();
    for (Map<Double, Double> problem : problems) {
      double spread = 0;
      double noise = 0;
      for (Map.Entry<Double, SoftProportion> cut : means.entrySet()) {
        double p = problem.getOrDefault(cut.getKey(), 0.0);
        double apart = p - cut.getValue().estimate();
        spread += unbiased * apart * apart;
        noise += p * (1 - p);
      }
      shares.add(new Ratio.Share(spread + noise, spread));
    }
    return shares;
  }
}
