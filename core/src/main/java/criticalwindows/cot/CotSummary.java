package criticalwindows.cot;

import criticalwindows.outcome.Outcome;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.SoftProportion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What a whole run says: the seven comparisons over all problems.
///
/// @param problems with an original
/// @param right original = gold, of those whose right outcome is known
/// @param directRight direct answer = gold
/// @param windows problems with a window by the published rule, among those with a readable
///   original
/// @param score of originals, of those that have one
/// @param levels by fraction kept, in order; empty where cuts are by stride, whose fractions differ
///   by problem
/// @param probs what the probabilities of the choices say of all cuts; absent where none were read
/// @param earlyAnswers what early answers say by the probabilities of the choices, for each reading
///   that read any
/// @param unread answers that could not be read, by reason, over all scripts
/// @param answers all answers read or not
public record CotSummary(
    int problems,
    MeanShare right,
    MeanShare directRight,
    MeanShare windows,
    ProblemMean score,
    List<Level> levels,
    Optional<ChoiceProbsStudy> probs,
    Map<EarlyAnswerReading, EarlyAnswerStudy> earlyAnswers,
    Map<String, Integer> unread,
    int answers) {

  /// The comparisons at one fraction kept.
  ///
  /// @param consistent resample = original
  /// @param right resample = gold
  /// @param earlyConsistent early answer = original
  /// @param earlyRight early answer = gold
  /// @param foreseen resample = early answer
  /// @param score of continuations, of those that have one
  public record Level(
      double fraction,
      MeanShare consistent,
      MeanShare right,
      MeanShare earlyConsistent,
      MeanShare earlyRight,
      MeanShare foreseen,
      ProblemMean score) {}

  /// Summarises findings. Comparisons with the original leave out problems whose original has no
  /// readable answer; everything else counts an unread answer as wrong.
  public static CotSummary of(List<CotFinding> findings) {
    List<CotFinding> readable = findings.stream().filter(CotFinding::readable).toList();
    Map<String, Integer> unread = new TreeMap<>();
    int answers = 0;
    for (CotFinding finding : findings) {
      answers += countAnswers(finding, unread);
    }
    return new CotSummary(
        findings.size(),
        MeanShare.of(each(findings, f -> right(f, Optional.of(f.outcome())))),
        MeanShare.of(each(findings, f -> right(f, f.direct()))),
        MeanShare.of(each(readable, finding -> once(finding.window().isPresent()))),
        ProblemMean.ofValues(
            findings.stream().flatMap(f -> f.outcome().score().stream().boxed()).toList()),
        levels(findings, readable),
        ChoiceProbsStudy.of(readable),
        earlyAnswers(readable),
        unread,
        answers);
  }

  private static Map<EarlyAnswerReading, EarlyAnswerStudy> earlyAnswers(List<CotFinding> findings) {
    Map<EarlyAnswerReading, EarlyAnswerStudy> studies = new EnumMap<>(EarlyAnswerReading.class);
    for (EarlyAnswerReading reading : EarlyAnswerReading.values()) {
      EarlyAnswerStudy.of(findings, reading).ifPresent(study -> studies.put(reading, study));
    }
    return studies;
  }

  /// How many answers there are, over all scripts; those that were not read, by their reason.
  private static int countAnswers(CotFinding finding, Map<String, Integer> unread) {
    int answers = count(finding.outcome(), unread);
    answers += finding.direct().map(direct -> count(direct, unread)).orElse(0);
    int last = -1;
    for (CotLevel level : finding.levels()) {
      if (level.cut().kept() != last) {
        answers += level.early().map(early -> count(early, unread)).orElse(0);
        for (Resample resample : level.resamples()) {
          answers += count(resample.outcome(), unread);
        }
        last = level.cut().kept();
      }
    }
    return answers;
  }

  private static int count(Outcome answer, Map<String, Integer> unread) {
    if (!answer.readable()) {
      unread.merge(answer.show(), 1, Integer::sum);
    }
    return 1;
  }

  private static List<Level> levels(List<CotFinding> findings, List<CotFinding> readable) {
    List<Double> fractions = fractions(findings);
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < fractions.size(); i++) {
      int at = i;
      levels.add(
          new Level(
              fractions.get(i),
              MeanShare.of(each(readable, f -> f.levels().get(at).consistent())),
              MeanShare.of(each(findings, f -> f.levels().get(at).right())),
              MeanShare.of(each(readable, f -> early(f, at))),
              MeanShare.of(each(findings, f -> right(f, f.levels().get(at).early()))),
              MeanShare.of(each(findings, f -> f.levels().get(at).foreseen())),
              ProblemMean.ofValues(
                  findings.stream()
                      .map(f -> f.levels().get(at).scores())
                      .filter(SoftProportion::known)
                      .map(SoftProportion::estimate)
                      .toList())));
    }
    return levels;
  }

  /// The fractions that all problems were cut at, or none.
  private static List<Double> fractions(List<CotFinding> findings) {
    List<List<Double>> all =
        findings.stream()
            .map(finding -> finding.levels().stream().map(level -> level.cut().fraction()).toList())
            .distinct()
            .toList();
    return all.size() == 1 ? all.getFirst() : List.of();
  }

  private static Proportion early(CotFinding finding, int level) {
    return finding
        .levels()
        .get(level)
        .early()
        .map(early -> once(early.same(finding.followed())))
        .orElse(Proportion.NONE);
  }

  /// Whether an answer is there and right, where that is known.
  private static Proportion right(CotFinding finding, Optional<Outcome> answer) {
    return answer.flatMap(finding::right).map(CotSummary::once).orElse(Proportion.NONE);
  }

  private static List<Proportion> each(
      List<CotFinding> findings, Function<CotFinding, Proportion> share) {
    return findings.stream().map(share).toList();
  }

  private static Proportion once(boolean succeeded) {
    return Proportion.NONE.plus(Proportion.Outcome.of(succeeded));
  }
}
