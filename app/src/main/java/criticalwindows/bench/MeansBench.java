package criticalwindows.bench;

import criticalwindows.bench.MeanCoverage.Law;
import criticalwindows.bench.MeanCoverage.Samples;
import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.view.Numbers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cw bench means`: how often intervals of means over problems hold.
@Command(
    name = "means",
    description = {
      "Prints, for laws by which problems may differ, how often the 95 %% interval of a mean over"
          + " problems holds the law's mean, and how wide it is."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw bench means --studies 20000"})
final class MeansBench implements Callable<Integer> {
  private static final List<Integer> PROBLEMS = List.of(5, 10, 20, 50);

  private final Console console;

  @Option(
      names = "--studies",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Of each kind (default: ${DEFAULT-VALUE}).")
  int studies = 4000;

  MeansBench(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (studies < 1) {
      throw new UserError("--studies " + studies, "give at least 1");
    }
    List<MeanCoverage> rows = MeanCoverage.of(PROBLEMS, studies, 1);
    console.out().println("| problems differ by | samples of each | 5 | 10 | 20 | 50 |");
    console.out().println("|---|---|---|---|---|---|");
    for (Law law : Law.values()) {
      for (Samples samples : Samples.values()) {
        StringBuilder line = new StringBuilder("| " + law.words() + " | " + samples.words() + " |");
        rows.stream()
            .filter(row -> row.law() == law && row.samples() == samples)
            .forEach(row -> line.append(cell(row)));
        console.out().println(line);
      }
    }
    return 0;
  }

  /// Share held, and mean width.
  private static String cell(MeanCoverage row) {
    return " " + Numbers.fine(row.held()) + ", " + Numbers.share(row.width()) + " |";
  }
}
