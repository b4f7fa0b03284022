package criticalwindows.experiment;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.localise.JumpRule;
import criticalwindows.localise.Window;
import criticalwindows.model.FinishReason;
import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.noise.Written;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What the samples of one problem say, by the rules of today: answers are read anew each time.
///
/// @param original the response that was cut
/// @param gold the right answer
/// @param answer of the original
/// @param direct the answer without reasoning; absent while it is not sampled
/// @param levels one for each cut of the plan, in order; equal cuts of a short response share their
///   samples
/// @param window by the published rule on the consistency curve; absent where there is none, or no
///   readable original
public record CotFinding(
    Problem problem,
    Sample original,
    Answer gold,
    Answer answer,
    Optional<Answer> direct,
    List<Level> levels,
    Optional<Window> window) {

  public CotFinding {
    levels = List.copyOf(levels);
  }

  /// One cut.
  ///
  /// @param resamples the continuations, in order of their index
  /// @param stump the answer at the bare cut; absent while it is not sampled
  /// @param consistent resample = original
  /// @param right resample = gold
  /// @param foreseen resample = stump
  public record Level(
      Cut cut,
      List<Resample> resamples,
      Optional<Answer> stump,
      Proportion consistent,
      Proportion right,
      Proportion foreseen) {
    public Level {
      resamples = List.copyOf(resamples);
    }
  }

  /// One continuation and what it came to.
  public record Resample(Sample response, Sample reply, Answer answer) {}

  /// The finding of one problem.
  ///
  /// @param samples all rows of the problem that there are
  /// @return absent while the original is not sampled
  public static Optional<CotFinding> of(Problem problem, List<Sample> samples, CutPlan plan) {
    return of(problem, samples, plan, Grader.STANDARD);
  }

  /// As [#of(Problem, List, CutPlan)], by other policies on what counts as the same answer.
  public static Optional<CotFinding> of(
      Problem problem, List<Sample> samples, CutPlan plan, Grader grader) {
    Map<Key, Map<Sample.Turn, Sample>> rows = new HashMap<>();
    for (Sample sample : samples) {
      rows.computeIfAbsent(sample.key(), key -> new HashMap<>()).put(sample.turn(), sample);
    }
    return Optional.ofNullable(rows.get(Key.original(problem.id())))
        .map(original -> new Reader(problem, grader, rows, original).finding(plan));
  }

  /// Whether the original has an answer to be consistent with.
  public boolean readable() {
    return answer.readable();
  }

  /// Whether the original is right.
  public boolean right() {
    return answer.same(gold);
  }

  /// The response's length in tokens.
  public int length() {
    return original.tokens().size();
  }

  /// Continuations that were sampled, each counted once.
  public long rollouts() {
    return consistency().points().stream().mapToLong(point -> point.proportion().trials()).sum();
  }

  /// The curve of P(resample = original) by tokens kept. Cuts without samples are left out.
  public Curve consistency() {
    return curve(levels);
  }

  private static Curve curve(List<Level> levels) {
    List<Curve.Point> points = new ArrayList<>();
    for (Level level : levels) {
      boolean again = !points.isEmpty() && points.getLast().position() == level.cut().kept();
      if (!again && level.consistent().known()) {
        points.add(new Curve.Point(level.cut().kept(), level.consistent()));
      }
    }
    return new Curve(points);
  }

  /// Reads the answers of one problem's rows.
  private record Reader(
      Problem problem,
      Grader grader,
      Map<Key, Map<Sample.Turn, Sample>> rows,
      Map<Sample.Turn, Sample> original) {

    CotFinding finding(CutPlan plan) {
      Sample response = turn(original, Sample.Turn.RESPONSE);
      Answer gold = grader.gold(problem);
      Answer answer = answer(response.finish(), turn(original, Sample.Turn.ANSWER));
      Optional<Answer> direct = alone(Key.direct(problem.id()));
      Map<Integer, List<Resample>> byCut = resamples();
      List<Level> levels = new ArrayList<>();
      for (Cut cut : cuts(plan, response, byCut.keySet())) {
        levels.add(level(cut, byCut.getOrDefault(cut.kept(), List.of()), answer, gold));
      }
      Optional<Window> window =
          answer.readable() ? JumpRule.PUBLISHED.window(curve(levels)) : Optional.empty();
      return new CotFinding(problem, response, gold, answer, direct, levels, window);
    }

    /// Those of the plan, or those at which a search has sampled.
    private static List<Cut> cuts(CutPlan plan, Sample response, Set<Integer> sampled) {
      int length = response.tokens().size();
      return plan instanceof CutPlan.Search
          ? sampled.stream().sorted().map(kept -> new Cut((double) kept / length, kept)).toList()
          : plan.cuts(length, () -> new Written(response.text(), response.ends()));
    }

    private Map<Integer, List<Resample>> resamples() {
      Map<Integer, List<Resample>> byCut = new HashMap<>();
      rows.forEach(
          (key, turns) -> {
            if (key.role() == Key.Role.RESAMPLE) {
              byCut.computeIfAbsent(key.kept(), kept -> new ArrayList<>()).add(resample(turns));
            }
          });
      byCut
          .values()
          .forEach(list -> list.sort(Comparator.comparing(resample -> resample.response().key())));
      return byCut;
    }

    private Resample resample(Map<Sample.Turn, Sample> turns) {
      Sample response = turn(turns, Sample.Turn.RESPONSE);
      Sample reply = turn(turns, Sample.Turn.ANSWER);
      return new Resample(response, reply, answer(response.finish(), reply));
    }

    private Level level(Cut cut, List<Resample> resamples, Answer original, Answer gold) {
      Optional<Answer> stump = alone(Key.stump(problem.id(), cut.kept()));
      return new Level(
          cut,
          resamples,
          stump,
          share(resamples, original),
          share(resamples, gold),
          stump.map(answer -> share(resamples, answer)).orElse(Proportion.NONE));
    }

    private static Proportion share(List<Resample> resamples, Answer same) {
      long count = resamples.stream().filter(resample -> resample.answer().same(same)).count();
      return new Proportion(count, resamples.size());
    }

    private Optional<Answer> alone(Key key) {
      return Optional.ofNullable(rows.get(key))
          .map(turns -> turn(turns, Sample.Turn.ANSWER))
          .map(reply -> answer(FinishReason.STOP, reply));
    }

    private Answer answer(FinishReason finish, Sample reply) {
      return grader.of(problem, finish, reply.text()).answer();
    }

    private static Sample turn(Map<Sample.Turn, Sample> turns, Sample.Turn turn) {
      return Objects.requireNonNull(turns.get(turn), () -> "a script's " + turn + " is missing");
    }
  }
}
