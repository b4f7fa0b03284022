package criticalwindows.cli;

import criticalwindows.experiment.AdaptiveChainOfThought;
import criticalwindows.experiment.Budget;
import criticalwindows.experiment.ChainOfThought;
import criticalwindows.experiment.CotScripts;
import criticalwindows.experiment.Meter;
import criticalwindows.experiment.Need;
import criticalwindows.noise.CutPlan;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.Optional;

/// The part that a new run, a resumed one and the demo share: work until done or until the budget
/// is spent, then report.
final class CotWork {
  private CotWork() {}

  /// @return the exit code
  static int go(Console console, RunFolder run, CotScripts scripts, Budget budget)
      throws InterruptedException {
    Path folder = run.folder();
    String advice = "stopped; what has ended is in " + folder + "\ngo on with: cw resume " + folder;
    console.err().println("run: " + folder);
    Meter meter = new Meter(budget, console.clock());
    Optional<Need> need;
    Interrupts guard = Interrupts.guard(console, advice);
    try (guard) {
      need = run(console, run, scripts, meter);
    }
    CotReports reports = CotReports.of(run);
    Path page = reports.write();
    console.out().print(reports.table(Optional.empty()));
    console.out().println();
    console.out().println("run   " + folder);
    console.out().println("page  " + page);
    need.ifPresent(more -> BudgetOption.say(console, folder, budget, more));
    return 0;
  }

  private static Optional<Need> run(Console console, RunFolder run, CotScripts scripts, Meter meter)
      throws InterruptedException {
    ProgressLine progress = new ProgressLine(console);
    if (scripts.settings().cuts() instanceof CutPlan.Search) {
      return AdaptiveChainOfThought.run(
          scripts,
          new AdaptiveChainOfThought.Recorded(run.ledger(), run.decisions()),
          meter,
          progress);
    }
    return ChainOfThought.run(scripts, run.ledger(), meter, progress);
  }
}
