package criticalwindows.cli;

import criticalwindows.dataset.Problem;
import criticalwindows.experiment.ChainOfThought;
import criticalwindows.experiment.CotScripts;
import criticalwindows.experiment.Ledger;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// The part that a new run, a resumed one and the demo share: work until done, then report.
final class CotWork {
  private CotWork() {}

  /// @param traffic said beside the progress
  /// @return the exit code
  static int go(Console console, RunFolder run, CotScripts scripts, Supplier<String> traffic)
      throws InterruptedException {
    Path folder = run.folder();
    String advice = "stopped; what has ended is in " + folder + "\ngo on with: cw resume " + folder;
    console.err().println("run: " + folder);
    Interrupts guard = Interrupts.guard(console, advice);
    try (guard) {
      ChainOfThought.run(scripts, share(run), console.clock(), new ProgressLine(console, traffic));
    }
    Path page = CotReports.write(run);
    console.out().print(CotReports.table(run));
    console.out().println();
    console.out().println("run   " + folder);
    console.out().println("page  " + page);
    return 0;
  }

  private static Ledger share(RunFolder run) {
    List<Problem> all = run.ledger().problems();
    List<Problem> own = Manifests.shard(run.manifest()).map(shard -> shard.of(all)).orElse(all);
    return new ShareLedger(run.ledger(), own, FailureLog.in(run));
  }
}
