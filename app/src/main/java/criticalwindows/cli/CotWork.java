package criticalwindows.cli;

import criticalwindows.cot.ChainOfThought;
import criticalwindows.cot.CotScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Need;
import criticalwindows.rollout.Progress;
import criticalwindows.search.AdaptiveChainOfThought;
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
    ShareLedger share = share(run);
    Optional<Need> need;
    Interrupts guard = Interrupts.guard(console, advice);
    try (guard) {
      need = run(run, share, new Work(scripts, meter, new ProgressLine(console, limits.traffic)));
    }
    CotReports reports = CotReports.of(run);
    Path page = reports.write();
    console.out().print(reports.table(Optional.empty()));
    console.out().println();
    console.out().println("run   " + folder);
    console.out().println("page  " + page);
    need.ifPresent(more -> BudgetOption.say(console, again, limits.budget, more));
    return share.exit(console, "then go on with: " + again);
  }

  /// What is done, within which bounds, and who hears of it.
  private record Work(CotScripts scripts, Meter meter, Progress progress) {}

  private static Optional<Need> run(RunFolder run, Ledger share, Work work)
      throws InterruptedException {
    return work.scripts.settings().cuts() instanceof CutPlan.Search
        ? AdaptiveChainOfThought.run(
            work.scripts,
            new AdaptiveChainOfThought.Recorded(share, run.decisions()),
            work.meter,
            work.progress)
        : ChainOfThought.run(work.scripts, share, work.meter, work.progress);
  }

  private static ShareLedger share(RunFolder run) {
    List<Problem> all = run.ledger().problems();
    List<Problem> own = Manifests.shard(run.manifest()).map(shard -> shard.of(all)).orElse(all);
    return new ShareLedger(run.ledger(), own, FailureLog.in(run));
  }
}
