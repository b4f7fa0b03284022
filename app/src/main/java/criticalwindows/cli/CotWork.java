package criticalwindows.cli;

import criticalwindows.experiment.Budget;
import criticalwindows.experiment.ChainOfThought;
import criticalwindows.experiment.CotScripts;
import criticalwindows.experiment.Meter;
import criticalwindows.experiment.Need;
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
      need = ChainOfThought.run(scripts, run.ledger(), meter, new ProgressLine(console));
    }
    Path page = CotReports.write(run);
    console.out().print(CotReports.table(run));
    console.out().println();
    console.out().println("run   " + folder);
    console.out().println("page  " + page);
    need.ifPresent(more -> BudgetOption.say(console, folder, budget, more));
    return 0;
  }
}
