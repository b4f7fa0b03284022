package criticalwindows.cli;

import criticalwindows.dataset.Problem;
import criticalwindows.experiment.AdaptiveChainOfThought;
import criticalwindows.experiment.Budget;
import criticalwindows.experiment.ChainOfThought;
import criticalwindows.experiment.CotScripts;
import criticalwindows.experiment.Ledger;
import criticalwindows.experiment.Meter;
import criticalwindows.experiment.Need;
import criticalwindows.experiment.Progress;
import criticalwindows.noise.CutPlan;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The part that a new run, a resumed one and the demo share: work until done or until the budget
/// is spent, then report.
final class CotWork {
  private CotWork() {}

  /// What bounds a run, and what is said of its cost.
  ///
  /// @param traffic said beside the progress
  record Limits(Budget budget, Supplier<String> traffic) {}

  /// @return the exit code
  static int go(Console console, RunFolder run, CotScripts scripts, Limits limits)
      throws InterruptedException {
    Path folder = run.folder();
    String again = RunModel.again("cw resume", run);
    String advice = "stopped; what has ended is in " + folder + "\ngo on with: " + again;
    console.err().println("run: " + folder);
    Meter meter = new Meter(limits.budget, console.clock());
    Optional<Need> need;
    Interrupts guard = Interrupts.guard(console, advice);
    try (guard) {
      need = run(run, scripts, meter, new ProgressLine(console, limits.traffic));
    }
    CotReports reports = CotReports.of(run);
    Path page = reports.write();
    console.out().print(reports.table(Optional.empty()));
    console.out().println();
    console.out().println("run   " + folder);
    console.out().println("page  " + page);
    need.ifPresent(more -> BudgetOption.say(console, again, limits.budget, more));
    return 0;
  }

  private static Optional<Need> run(
      RunFolder run, CotScripts scripts, Meter meter, Progress progress)
      throws InterruptedException {
    Ledger share = share(run);
    return scripts.settings().cuts() instanceof CutPlan.Search
        ? AdaptiveChainOfThought.run(
            scripts, new AdaptiveChainOfThought.Recorded(share, run.decisions()), meter, progress)
        : ChainOfThought.run(scripts, share, meter, progress);
  }

  private static Ledger share(RunFolder run) {
    List<Problem> all = run.ledger().problems();
    List<Problem> own = Manifests.shard(run.manifest()).map(shard -> shard.of(all)).orElse(all);
    return new ShareLedger(run.ledger(), own, FailureLog.in(run));
  }
}
