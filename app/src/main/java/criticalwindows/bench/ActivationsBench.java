package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw bench activations`: what it costs to read them.
@Command(
    name = "activations",
    description = {
      "Measures the time in which activations are read and written to files, against the time in"
          + " which the engine reads the same texts with the same threads, by turns. Leave the"
          + " machine alone meanwhile."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw bench activations --models base,S --rounds 5"})
final class ActivationsBench implements Callable<Integer> {
  private final Console console;
  private final BenchTable table = new BenchTable();

  @Option(
      names = "--models",
      split = ",",
      defaultValue = "base,S",
      description = "Of base and S, 15.7 million random weights (default: ${DEFAULT-VALUE}).")
  List<String> models = new ArrayList<>();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Repetitions of each pair (default: ${DEFAULT-VALUE}).")
  int rounds = 5;

  @Mixin EngineOptions engine = new EngineOptions();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers there too.")
  Optional<Path> json = Optional.empty();

  ActivationsBench(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (rounds < 1) {
      throw new UserError("--rounds " + rounds, "give at least 1");
    }
    for (String model : models) {
      new ExtractionBench(engine.options(), rounds).of(model).forEach(this::say);
    }
    json.ifPresent(table::write);
    return 0;
  }

  private void say(ExtractionBench.Measured measured) {
    BenchTable.Row row = measured.row();
    table.add(row, measured.note());
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%-5s %-48s %-24s %-8s %s",
                row.model(),
                row.what(),
                BenchTable.spread(row.values()),
                row.bar(),
                measured.note()));
  }
}
