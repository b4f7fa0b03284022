package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.probing.ProbeFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `cw probes show`: a probe and how good it is.
@Command(
    name = "show",
    description = "Shows what a probe forecasts, what it was fitted on, and how good it is.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw probes show probes/study"})
final class ProbesShow implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "The probe's folder.")
  Path folder = Path.of("");

  ProbesShow(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ProbeTables.lines(ProbeFile.read(folder)).forEach(console.out()::println);
    return 0;
  }
}
