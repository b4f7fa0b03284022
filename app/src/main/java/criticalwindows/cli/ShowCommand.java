package criticalwindows.cli;

import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw show`: a run's findings in the terminal.
@Command(
    name = "show",
    description = "Prints what a run found so far; also while it runs.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw show runs/demo"})
final class ShowCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(
      names = "--problems",
      paramLabel = "N|all",
      description =
          "How many of them in a line each (default: all up to 100, else the 40 steepest).")
  Optional<String> problems = Optional.empty();

  ShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (RunFolder run = RunFolder.open(folder)) {
      console.out().print(CotReports.of(run).table(ProblemCount.parse(problems)));
    }
    return 0;
  }
}
