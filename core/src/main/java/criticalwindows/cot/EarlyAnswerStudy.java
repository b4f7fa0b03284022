package criticalwindows.cot;

import criticalwindows.rollout.ChoiceProbs;
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

/// What the early answers of a run say by the probabilities of the choices, of one
/// [EarlyAnswerReading].
///
/// An early answer says the original's answer with probability q, exactly. An answer drawn from its
/// probabilities would add q(1 − q) to the variance of a mean over problems; the greedy reply draws
/// nothing, and rounds q to 0 or 1.
///
/// @param agree early answers whose likeliest choice is the answer of their reply, among all; those
///   whose probabilities were not read are no such early answers
/// @param shift mean of q − share of replies with the original's answer, where q was read; clusters
///   are problems
/// @param worth drawn answers that a reading is worth for the mean of q over problems: the variance
///   of a drawn answer at a cut ÷ that of q; absent where problems share no cuts, or do not differ
/// @param outside the mean probability on none of the choices
public record EarlyAnswerStudy(
    MeanShare agree, Ratio shift, Optional<Ratio> worth, double outside) {
  /// The mean squared distance up to which probabilities are the same.
  private static final double ROUNDING = 1e-6;

  /// The study of these problems; those whose original's answer is no choice are left out.
  ///
  /// @return absent where nothing was read
  public static Optional<EarlyAnswerStudy> of(
      List<CotFinding> findings, EarlyAnswerReading reading) {
    List<CotFinding> asked =
        findings.stream()
            .filter(finding -> finding.followed().among(finding.problem()).isPresent())
            .toList();
    List<CotFinding> read =
        asked.stream().filter(finding -> !finding.earlyAnswers(reading).isEmpty()).toList();
    return read.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EarlyAnswerStudy(
                MeanShare.of(asked.stream().map(each -> agree(each, reading)).toList()),
                Ratio.mean(read.stream().map(each -> shift(each, reading)).toList()),
                worth(read.stream().map(each -> byFraction(each, reading)).toList()),
                read.stream()
                    .flatMap(each -> each.earlyAnswers(reading).stream())
                    .mapToDouble(level -> reading.probs(level).meanOutside())
                    .average()
                    .orElseThrow()));
  }

  /// The values of [#worth] that a t test over problems would not reject.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Optional<Interval> worthInterval(double level) {
    Interval possible = new Interval(1, Double.POSITIVE_INFINITY);
    return worth.map(ratio -> ratio.interval(level, possible));
  }

  private static Proportion agree(CotFinding finding, EarlyAnswerReading reading) {
    Map<Integer, Proportion.Outcome> agree = new TreeMap<>();
    for (CotLevel level : finding.levels()) {
      level
          .early()
          .map(said -> said.among(finding.problem()).equals(likeliest(level, reading)))
          .map(Proportion.Outcome::of)
          .ifPresent(outcome -> agree.put(level.cut().kept(), outcome));
    }
    return agree.values().stream().reduce(Proportion.NONE, Proportion::plus, Proportion::plus);
  }

  /// A choice that no reply names where nothing was read.
  private static OptionalInt likeliest(CotLevel level, EarlyAnswerReading reading) {
    ChoiceProbs probs = reading.probs(level);
    return probs.read() > 0 ? probs.likeliest() : OptionalInt.of(-1);
  }

  private static double shift(CotFinding finding, EarlyAnswerReading reading) {
    return finding.earlyAnswers(reading).stream()
        .mapToDouble(
            level ->
                finding.probability(level, reading).estimate()
                    - (level.early().orElseThrow().same(finding.followed()) ? 1 : 0))
        .average()
        .orElseThrow();
  }

  private static Map<Double, Double> byFraction(CotFinding finding, EarlyAnswerReading reading) {
    Map<Double, Double> probabilities = new TreeMap<>();
    for (CotLevel level : finding.earlyAnswers(reading)) {
      probabilities.put(level.cut().fraction(), finding.probability(level, reading).estimate());
    }
    return probabilities;
  }

  /// @param problems for each, the probability at each of its cuts; problems are compared at cuts
  ///   that several of them have
  static Optional<Ratio> worth(List<Map<Double, Double>> problems) {
    Map<Double, SoftProportion> means = new TreeMap<>();
    for (Map<Double, Double> problem : problems) {
      problem.forEach((cut, p) -> means.merge(cut, SoftProportion.of(p), SoftProportion::plus));
    }
    means.values().removeIf(mean -> mean.trials() < 2);
    long trials = means.values().stream().mapToLong(SoftProportion::trials).sum();
    double spread = means.values().stream().mapToDouble(SoftProportion::spread).sum();
    return spread <= ROUNDING * trials
        ? Optional.empty()
        : Optional.of(Ratio.of(problems.stream().map(each -> share(each, means)).toList()));
  }

  /// What a problem adds to the variance of drawn answers, and to that of probabilities.
  private static Ratio.Share share(Map<Double, Double> problem, Map<Double, SoftProportion> means) {
    double spread = 0;
    double noise = 0;
    List<Double> cuts = new ArrayList<>(problem.keySet());
    cuts.retainAll(means.keySet());
    for (double cut : cuts) {
      double p = problem.getOrDefault(cut, 0.0);
      SoftProportion mean = means.getOrDefault(cut, SoftProportion.NONE);
      double apart = p - mean.estimate();
      spread += apart * apart * mean.trials() / (mean.trials() - 1.0);
      noise += p * (1 - p);
    }
    return new Ratio.Share(spread + noise, spread);
  }
}
