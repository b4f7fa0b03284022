package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.Redaction;
import criticalwindows.show.RunViews;
import criticalwindows.show.SearchStories;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw show`: a run's findings in the terminal.
@Command(
    name = "show",
    description = "Prints what a run found so far; also while it runs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw show runs/demo",
      "  cw show runs/demo --why 9dde          how the search went on one problem"
    })
final class ShowCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(
      names = "--why",
      paramLabel = "PROBLEM",
      description = {
        "Of an adaptive run: how the search went on this problem, round by round. The beginning of"
            + " its id is enough."
      })
  Optional<String> why = Optional.empty();

  @Option(
      names = "--problems",
      paramLabel = "N|all",
      description =
          "How many of them in a line each (default: all up to 100, else the 40 steepest).")
  Optional<String> problems = Optional.empty();

  @Mixin OutcomeOption outcome = new OutcomeOption();

  @Mixin CalibrationOption calibration = new CalibrationOption();

  @Mixin RedactOption redact = new RedactOption();

  ShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = calibration.of(outcome.of(run))) {
      Redaction how = Redaction.of(run, redact.asked());
      console
          .out()
          .print(
              why.map(
                      problem ->
                          SearchStories.tell(run, outcomes.searched().scorer(), problem, how))
                  .orElseGet(
                      () -> RunViews.of(run, outcomes, how).table(ProblemCount.parse(problems))));
    }
    return 0;
  }
}
