package criticalwindows.cli;

import criticalwindows.experiment.ChainOfThought;
import criticalwindows.experiment.CotScripts;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.Optional;

/// The part that a new run, a resumed one and the demo share: work until done, then report.
final class CotWork {
  private CotWork() {}

  /// @return the exit code
  static int go(Console console, RunFolder run, CotScripts scripts) throws InterruptedException {
    Path folder = run.folder();
    String advice = "stopped; what has ended is in " + folder + "\ngo on with: cw resume " + folder;
    console.err().println("run: " + folder);
    Interrupts guard = Interrupts.guard(console, advice);
    try (guard) {
      ChainOfThought.run(scripts, run.ledger(), console.clock(), new ProgressLine(console));
    }
    CotReports reports = CotReports.of(run);
    Path page = reports.write();
    console.out().print(reports.table(Optional.empty()));
    console.out().println();
    console.out().println("run   " + folder);
    console.out().println("page  " + page);
    return 0;
  }
}
