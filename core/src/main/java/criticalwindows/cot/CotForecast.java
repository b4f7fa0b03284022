package criticalwindows.cot;

import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Spending;
import criticalwindows.stats.Ratio;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run that cuts responses will take, from a short trial of it: a few of its problems, cut
/// at three places. The tokens of a continuation at any other place are interpolated.
///
/// @param problems of the run
/// @param rollouts a problem, over the problems tried
/// @param tokens sampled a problem, likewise
/// @param trial what it took
public record CotForecast(int problems, Ratio rollouts, Ratio tokens, Spending trial) {
  private static final CutPlan CUTS = CutPlan.parse("0.1,0.5,0.9");
  private static final int TRIED = 4;
  private static final int SAMPLES = 4;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /// Tries the first problems: the first one to its end, up to three more for twenty seconds.
  ///
  /// @throws InterruptedException if the thread was interrupted
  public static CotForecast of(CutScripts scripts, List<Problem> problems, InstantSource clock)
      throws InterruptedException {
    CotSettings settings = scripts.settings();
    CutScripts trial = scripts.with(trial(settings));
    List<Problem> tried = problems.subList(0, Math.min(TRIED, problems.size()));
    Meter meter = Meter.unlimited(clock);
    MemoryLedger first = new MemoryLedger(tried.subList(0, 1));
    Runner.run(new FixedCuts(trial), first, meter, state -> {});
    MemoryLedger more = new MemoryLedger(tried.subList(1, tried.size()));
    Meter rest = new Meter(new Budget.Time(LONGEST), clock);
    Runner.run(new FixedCuts(trial), more, rest, state -> {});
    List<Tried> all = new ArrayList<>();
    first.forEach((problem, rows) -> Tried.of(problem, rows, trial).ifPresent(all::add));
    more.forEach((problem, rows) -> Tried.of(problem, rows, trial).ifPresent(all::add));
    Spending spent =
        new Spending(
            meter.spending().rollouts() + rest.spending().rollouts(),
            meter.spending().tokens() + rest.spending().tokens(),
            meter.spending().elapsed());
    return new CotForecast(
        problems.size(),
        Ratio.mean(all.stream().map(one -> one.rollouts(settings)).toList()),
        Ratio.mean(all.stream().map(one -> one.tokens(settings)).toList()),
        spent);
  }

  private static CotSettings trial(CotSettings settings) {
    return new CotSettings(
            CUTS, SAMPLES, settings.sampling(), settings.maxTokens(), settings.seed())
        .thinking(settings.markers())
        .thinkingAtMost(settings.think());
  }

  /// Different cuts of a response, on average.
  public double cuts(CutScripts scripts) {
    return (rollouts.estimate() - scripts.alone())
        / (scripts.atEach() + scripts.settings().samples());
  }

  /// Sampled tokens a second in the trial.
  public double tokensPerSecond() {
    return trial.tokens() / Math.max(1e-3, trial.elapsed().toMillis() / 1e3);
  }

  /// A problem that was tried.
  ///
  /// @param scripts of the trial
  /// @param once tokens that were sampled for the original and the direct answer
  /// @param early mean tokens of an early answer
  /// @param continuations mean tokens of a continuation at each cut of the trial, by tokens kept
  private record Tried(
      CutScripts scripts,
      Problem problem,
      Sample response,
      double once,
      double early,
      List<At> continuations) {
    private record At(double kept, double tokens) {}

    /// Absent where the trial ended before the problem did.
    static Optional<Tried> of(Problem problem, List<Sample> rows, CutScripts scripts) {
      Optional<Sample> original = rows.stream().filter(Sample::cut).findFirst();
      if (original.isEmpty()) {
        return Optional.empty();
      }
      Sample response = original.get();
      List<At> at = new ArrayList<>();
      for (Cut cut : CUTS.cuts(response.tokens().size())) {
        if (at.isEmpty() || at.getLast().kept() < cut.kept()) {
          List<Sample> here = rows.stream().filter(row -> isAt(row, cut.kept())).toList();
          if (here.stream().map(Sample::key).distinct().count() < SAMPLES) {
            return Optional.empty();
          }
          at.add(new At(cut.kept(), sum(here) / SAMPLES));
        }
      }
      double earlyAnswers = sum(rows.stream().filter(row -> row.key().is(Arm.EARLY)).toList());
      boolean given = problem.given().flatMap(GivenText::response).isPresent();
      List<Sample> alone = rows.stream().filter(row -> isOnce(row.key().arm())).toList();
      double once = given ? 0 : sum(alone);
      return Optional.of(
          new Tried(
              scripts,
              problem,
              response,
              once,
              earlyAnswers / Math.max(1, at.size()),
              List.copyOf(at)));
    }

    private static boolean isAt(Sample row, int kept) {
      return row.key().is(Arm.RESAMPLE) && row.key().kept() == kept;
    }

    private static boolean isOnce(Arm arm) {
      return arm.equals(Arm.ORIGINAL) || arm.equals(Arm.DIRECT);
    }

    private static double sum(List<Sample> rows) {
      return rows.stream().mapToLong(row -> row.logProbs().size()).sum();
    }

    private List<Integer> cuts(CotSettings settings) {
      return scripts.with(settings).cuts(scripts.rollout(problem, response.tokens())).stream()
          .map(Cut::kept)
          .distinct()
          .toList();
    }

    double rollouts(CotSettings settings) {
      return scripts.alone()
          + (double) cuts(settings).size() * (scripts.atEach() + settings.samples());
    }

    double tokens(CotSettings settings) {
      double all = once;
      for (int kept : cuts(settings)) {
        all += early + settings.samples() * continuation(kept);
      }
      return all;
    }

    /// On the line through the two nearest cuts of the trial.
    private double continuation(int kept) {
      int i = 1;
      while (i < continuations.size() - 1 && continuations.get(i).kept() < kept) {
        i++;
      }
      At to = continuations.get(Math.min(i, continuations.size() - 1));
      At from = continuations.get(Math.max(0, Math.min(i, continuations.size() - 1) - 1));
      double slope =
          to.kept() > from.kept() ? (to.tokens() - from.tokens()) / (to.kept() - from.kept()) : 0;
      return Math.max(1, from.tokens() + slope * (kept - from.kept()));
    }
  }
}
