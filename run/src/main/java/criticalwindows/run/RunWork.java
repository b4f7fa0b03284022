package criticalwindows.run;

import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CutScripts;
import criticalwindows.cot.FixedCuts;
import criticalwindows.defence.Defence;
import criticalwindows.defence.DefendedCuts;
import criticalwindows.error.UserError;
import criticalwindows.form.FormProtocol;
import criticalwindows.form.FormScripts;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Model;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Protocol;
import criticalwindows.rollout.Remaining;
import criticalwindows.rollout.Runner;
import criticalwindows.search.SearchedCuts;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.TraceSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The work of a run, whatever its experiment. What the ledger does not hold yet is sampled, so
/// that a new run and a resumed one are the same to it.
///
/// @param run open for writing
/// @param model that the run began with; see [SameModel]
/// @param progress hears how far the work is, on the thread that does it
/// @param scorer says what responses came to, where a search goes by that
public record RunWork(RunFolder run, Model model, Limits limits, Progress progress, Scorer scorer) {
  /// By the first outcome that the run names.
  public RunWork(RunFolder run, Model model, Limits limits, Progress progress) {
    this(run, model, limits, progress, Experiments.scorers(run).searched().scorer());
  }

  /// What bounds a session of work.
  ///
  /// @param clock decides when a budget of time is spent, and when a long wave is committed in part
  public record Limits(Budget budget, InstantSource clock) {}

  /// What a session has come to.
  ///
  /// @param remaining what is missing, where the budget ended the session
  /// @param failure in one line, where rollouts failed and none ended
  public record Ended(Optional<Remaining> remaining, Optional<String> failure) {}

  /// Works until everything is sampled or the budget is spent. What has ended when the thread is
  /// interrupted is kept.
  public Ended go() throws InterruptedException {
    return go(run, protocol(), limits, progress);
  }

  /// The same of any protocol, such as that of one model of several.
  static Ended go(RunFolder run, Protocol protocol, Limits limits, Progress progress)
      throws InterruptedException {
    ShareLedger share = ShareLedger.of(run);
    Meter meter = new Meter(limits.budget, limits.clock);
    Optional<Remaining> remaining = Runner.run(protocol, share, meter, progress);
    return new Ended(remaining, share.failure());
  }

  /// What the run asks for.
  private Protocol protocol() {
    return switch (run.manifest().experiment()) {
      case CotSettings.EXPERIMENT,
          TraceSettings.EXPERIMENT,
          Experiments.PREFILL,
          Experiments.REPEAT,
          Experiments.ATTACK ->
          cuts(RunScripts.of(run, model));
      case FormSettings.EXPERIMENT ->
          new FormProtocol(new FormScripts(model, run.settings(FormSettings::of)));
      default -> throw unknown();
    };
  }

  private Protocol cuts(CutScripts scripts) {
    List<Defence> defences = Experiments.defences(run);
    if (!defences.isEmpty()) {
      return new DefendedCuts(scripts, defences, scorer);
    }
    return scripts.settings().cuts() instanceof CutPlan.Search
        ? new SearchedCuts(scripts, scorer, run.decisions())
        : new FixedCuts(scripts);
  }

  private UserError unknown() {
    return new UserError(
        run.folder() + " is of the experiment " + run.manifest().experiment() + ", unknown here",
        "use the version of the program that wrote the run, or a newer one");
  }
}
