package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.Pages;
import criticalwindows.show.Redaction;
import criticalwindows.show.RunViews;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw report`: a run's page.
@Command(
    name = "report",
    description = {
      "Writes a run's page again: one HTML file that needs nothing else. Also while it runs."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw report runs/demo --out demo.html"})
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the page goes (default: report.html in the run's folder).")
  Optional<Path> out = Optional.empty();

  @Option(
      names = "--problems",
      paramLabel = "N|all",
      description =
          "So many with all that was written, the steepest windows first; the others in a line"
              + " (default: 100).")
  Optional<String> problems = Optional.empty();

  @Mixin OutcomeOption outcome = new OutcomeOption();

  @Mixin CalibrationOption calibration = new CalibrationOption();

  @Mixin RedactOption redact = new RedactOption();

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = calibration.of(outcome.of(run))) {
      Path page = out.orElse(run.folder().resolve("report.html"));
      int told = ProblemCount.parse(problems).orElse(RunViews.MANY);
      Redaction how = Redaction.of(run, redact.asked());
      console
          .out()
          .println("page  " + Pages.write(page, RunViews.of(run, outcomes, how).page(told)));
    }
    return 0;
  }
}
