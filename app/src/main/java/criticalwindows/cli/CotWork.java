package criticalwindows.cli;

import criticalwindows.experiment.AdaptiveChainOfThought;
import criticalwindows.experiment.ChainOfThought;
import criticalwindows.experiment.CotScripts;
import criticalwindows.noise.CutPlan;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;

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
      run(console, run, scripts);
    }
    Path page = CotReports.write(run);
    console.out().print(CotReports.table(run));
    console.out().println();
    console.out().println("run   " + folder);
    console.out().println("page  " + page);
    return 0;
  }

  private static void run(Console console, RunFolder run, CotScripts scripts)
      throws InterruptedException {
    ProgressLine progress = new ProgressLine(console);
    if (scripts.settings().cuts() instanceof CutPlan.Search) {
      AdaptiveChainOfThought.run(
          scripts,
          new AdaptiveChainOfThought.Recorded(run.ledger(), run.decisions()),
          console.clock(),
          progress);
    } else {
      ChainOfThought.run(scripts, run.ledger(), console.clock(), progress);
    }
  }
}
