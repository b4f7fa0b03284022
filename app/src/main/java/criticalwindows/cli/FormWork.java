package criticalwindows.cli;

import criticalwindows.form.FormScripts;
import criticalwindows.form.StructuredForm;
import criticalwindows.report.Plain;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.function.Supplier;

/// The part that a new form run and a resumed one share: work until done, then report.
final class FormWork {
  private FormWork() {}

  /// @param traffic said beside the progress
  /// @return the exit code
  static int go(Console console, RunFolder run, FormScripts scripts, Supplier<String> traffic)
      throws InterruptedException {
    Path folder = run.folder();
    String advice =
        "stopped; what has ended is in "
            + folder
            + "\ngo on with: "
            + RunModel.again("cw resume", run);
    console.err().println("run: " + folder);
    FailureLog failures = FailureLog.in(run);
    ShareLedger ledger = new ShareLedger(run.ledger(), run.ledger().problems(), failures);
    Interrupts guard = Interrupts.guard(console, advice);
    try (guard) {
      StructuredForm.run(scripts, ledger, console.clock(), new ProgressLine(console, traffic));
    }
    FailureLog.in(run).line().ifPresent(line -> console.err().println(Plain.line("note: " + line)));
    Path page = FormReports.write(run, folder.resolve("report.html"));
    console.out().print(FormReports.table(run));
    console.out().println();
    console.out().println("run   " + folder);
    console.out().println("page  " + page);
    return ledger.exit(console, "then go on with: cw resume " + folder);
  }
}
