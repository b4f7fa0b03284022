package criticalwindows.cot;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.localise.JumpRule;
import criticalwindows.localise.Window;
import criticalwindows.model.FinishReason;
import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.CutOutcomes;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.ChoiceProbs;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Replies;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.SoftProportion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the samples of one problem say, by the rules of today: answers are read anew each time.
///
/// @param original the response that was cut
/// @param gold the right outcome; absent where none is known
/// @param outcome of the original
/// @param fixed the class that curves follow, whatever the original came to; absent where they
///   follow that
/// @param direct the answer without reasoning; absent while it is not sampled
/// @param levels one for each cut of the plan, in order; equal cuts of a short response share their
///   samples
/// @param window by the published rule on the consistency curve; absent where there is none, or no
///   readable original
public record CotFinding(
    Problem problem,
    Sample original,
    Optional<Outcome> gold,
    Outcome outcome,
    Optional<Outcome> fixed,
    Optional<Outcome> direct,
    List<CotLevel> levels,
    Optional<Window> window)
    implements CutOutcomes {

  public CotFinding {
    levels = List.copyOf(levels);
  }

  /// The finding of one problem.
  ///
  /// @param samples all rows of the problem that there are
  /// @param scorer says what responses came to
  /// @return absent while the original is not sampled
  public static Optional<CotFinding> of(
      Problem problem, List<Sample> samples, CutPlan plan, Scorer scorer) {
    return CotRows.of(problem, samples, scorer)
        .map(rows -> new Reader(problem, scorer, rows).finding(plan));
  }

  /// As [#of(Problem, List, CutPlan, Scorer)], from replies alone: all counts and classes are the
  /// same, but its samples are empty: the original has its length alone, until [#with] gives it.
  ///
  /// @param scorer that reads replies
  public static Optional<CotFinding> of(
      Problem problem, Replies replies, CutPlan plan, Scorer scorer) {
    return CotRows.of(problem, replies, scorer)
        .map(rows -> new Reader(problem, scorer, rows).finding(plan));
  }

  /// This with its counts and classes alone: samples are empty, as in a finding from replies.
  public CotFinding counted() {
    Map<Outcome, Resample> each = new HashMap<>();
    Sample empty = CotRows.untold(Key.resample(problem.id(), 0, 0), FinishReason.STOP, 0);
    List<CotLevel> light =
        levels.stream()
            .map(
                level ->
                    level.with(
                        level.resamples().stream()
                            .map(
                                resample ->
                                    each.computeIfAbsent(
                                        resample.outcome(),
                                        same -> new Resample(empty, Optional.empty(), same)))
                            .toList()))
            .toList();
    Sample length = CotRows.untold(original.key(), original.finish(), original.tokens().size());
    return new CotFinding(problem, length, gold, outcome, fixed, direct, light, window);
  }

  /// This, with the original as it was sampled.
  public CotFinding with(Sample sampled) {
    return new CotFinding(problem, sampled, gold, outcome, fixed, direct, levels, window);
  }

  @Override
  public Problem item() {
    return problem;
  }

  @Override
  public SortedMap<Integer, List<? extends Outcome>> byCut() {
    SortedMap<Integer, List<? extends Outcome>> byCut = new TreeMap<>();
    for (CotLevel level : levels) {
      if (!level.resamples().isEmpty()) {
        byCut.putIfAbsent(
            level.cut().kept(), level.resamples().stream().map(Resample::outcome).toList());
      }
    }
    return byCut;
  }

  /// Whether the original is known to be right.
  public boolean right() {
    return right(outcome).orElse(false);
  }

  /// Whether an outcome is right; absent where no right one is known.
  public Optional<Boolean> right(Outcome other) {
    return gold.map(other::same);
  }

  @Override
  public boolean closed() {
    return original.finish() == FinishReason.STOP;
  }

  @Override
  public int length() {
    return original.tokens().size();
  }

  /// What reuse adds to [#rollouts]: continuations, each counted at every later cut it serves.
  public long reused() {
    Map<Integer, Long> byCut = new HashMap<>();
    levels.forEach(level -> byCut.put(level.cut().kept(), level.reused().trials()));
    return byCut.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The different cuts at which probabilities were read, where the class that is followed is a
  /// choice.
  List<CotLevel> cutsWithProbs() {
    Map<Integer, CotLevel> read = new TreeMap<>();
    for (CotLevel level : levels) {
      if (probability(level).known()) {
        read.putIfAbsent(level.cut().kept(), level);
      }
    }
    return List.copyOf(read.values());
  }

  /// How likely the continuations of a cut make the class that is followed, by the probabilities of
  /// the choices; nothing tried where no probabilities were read, or that answer is no choice.
  public SoftProportion probability(CotLevel level) {
    return ofOriginal(level.probs());
  }

  /// As [#probability], of the early answer.
  public SoftProportion probability(CotLevel level, EarlyAnswerReading reading) {
    return ofOriginal(reading.probs(level));
  }

  private SoftProportion ofOriginal(ChoiceProbs probs) {
    OptionalInt choice = followed().among(problem);
    return probs.read() > 0 && choice.isPresent()
        ? probs.choices().get(choice.getAsInt())
        : SoftProportion.NONE;
  }

  @Override
  public OptionalInt reasoned() {
    List<Integer> ends = original.ends();
    boolean told = outcome instanceof Answer && !ends.isEmpty();
    OptionalInt at = told ? Grader.reasoned(original.text()) : OptionalInt.empty();
    return at.isPresent()
        ? OptionalInt.of((int) ends.stream().filter(end -> end <= at.getAsInt()).count())
        : at;
  }

  @Override
  public Curve consistency() {
    return ended(curve(levels));
  }

  /// The different cuts whose early answer has probabilities, where the original's answer is a
  /// choice.
  public List<CotLevel> earlyAnswers(EarlyAnswerReading reading) {
    Map<Integer, CotLevel> read = new TreeMap<>();
    for (CotLevel level : levels) {
      if (level.early().isPresent() && probability(level, reading).known()) {
        read.putIfAbsent(level.cut().kept(), level);
      }
    }
    return List.copyOf(read.values());
  }

  private static Curve curve(List<CotLevel> levels) {
    List<Curve.Point> points = new ArrayList<>();
    for (CotLevel level : levels) {
      boolean again = !points.isEmpty() && points.getLast().position() == level.cut().kept();
      if (!again && level.consistent().known()) {
        points.add(new Curve.Point(level.cut().kept(), level.consistent()));
      }
    }
    return new Curve(points);
  }

  /// Compares the outcomes of one problem.
  private record Reader(
      Problem problem, Optional<Outcome> gold, Optional<Outcome> fixed, CotRows rows) {
    Reader(Problem problem, Scorer scorer, CotRows rows) {
      this(problem, scorer.right(problem), scorer.followed(problem), rows);
    }

    CotFinding finding(CutPlan plan) {
      Sample response = rows.original();
      Outcome outcome = alone(Key.original(problem.id())).orElseThrow();
      Optional<Outcome> direct = alone(Key.direct(problem.id()));
      Outcome followed = fixed.orElse(outcome);
      Map<Integer, List<Resample>> reused = Reuse.byCut(rows, plan);
      List<CotLevel> levels = new ArrayList<>();
      for (Cut cut : cuts(plan, response)) {
        levels.add(level(cut, reused.getOrDefault(cut.kept(), List.of()), followed));
      }
      Optional<Window> window =
          followed.readable() ? JumpRule.PUBLISHED.window(curve(levels)) : Optional.empty();
      return new CotFinding(problem, response, gold, outcome, fixed, direct, levels, window);
    }

    /// Those of the plan, or where it depends on more than the length, those that were sampled.
    private List<Cut> cuts(CutPlan plan, Sample response) {
      int length = response.tokens().size();
      return switch (plan) {
        case CutPlan.Fractions fractions -> fractions.cuts(length);
        case CutPlan.Every every -> every.cuts(length);
        case CutPlan.First first -> first.cuts(length);
        case CutPlan.Sentences sentences -> sampled(length);
        case CutPlan.InThinking thinking -> sampled(length);
        case CutPlan.Turns turns -> sampled(length);
        case CutPlan.Search search -> sampled(length);
        case CutPlan.Recorded recorded -> sampled(length);
      };
    }

    private List<Cut> sampled(int length) {
      return rows.byCut().keySet().stream()
          .sorted()
          .map(kept -> new Cut((double) kept / length, kept))
          .toList();
    }

    private CotLevel level(Cut cut, List<Resample> reused, Outcome followed) {
      Optional<Outcome> early = alone(Key.early(problem.id(), cut.kept()));
      List<Resample> resamples = rows.byCut().getOrDefault(cut.kept(), List.of());
      IdentityHashMap<Outcome, Integer> outcomes = outcomes(resamples);
      return new CotLevel(
          cut,
          resamples,
          rows.probs(Key.resample(problem.id(), cut.kept(), 0)),
          early,
          rows.probs(Key.early(problem.id(), cut.kept())),
          rows.forced(Key.early(problem.id(), cut.kept())),
          share(outcomes, followed),
          gold.map(right -> share(outcomes, right)).orElse(Proportion.NONE),
          early.map(said -> share(outcomes, said)).orElse(Proportion.NONE),
          share(outcomes(reused), followed));
    }

    /// Equal replies share an outcome, which is then compared once; they often stand in a row.
    private static IdentityHashMap<Outcome, Integer> outcomes(List<Resample> resamples) {
      IdentityHashMap<Outcome, Integer> outcomes = new IdentityHashMap<>(8);
      int first = 0;
      for (int i = 1; i <= resamples.size(); i++) {
        Outcome outcome = resamples.get(first).outcome();
        if (i == resamples.size() || !resamples.get(i).outcome().equals(outcome)) {
          outcomes.merge(outcome, i - first, Integer::sum);
          first = i;
        }
      }
      return outcomes;
    }

    private static Proportion share(IdentityHashMap<Outcome, Integer> outcomes, Outcome same) {
      long all = 0;
      long count = 0;
      for (Map.Entry<Outcome, Integer> outcome : outcomes.entrySet()) {
        all += outcome.getValue();
        count += outcome.getKey().same(same) ? outcome.getValue() : 0;
      }
      return new Proportion(count, all);
    }

    private Optional<Outcome> alone(Key key) {
      return Optional.ofNullable(rows.alone().get(key));
    }
  }
}
