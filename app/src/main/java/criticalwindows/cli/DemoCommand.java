package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw demo`: the whole method once, on what is built in.
@Command(
    name = "demo",
    description = {
      "Runs the chain-of-thought experiment on the built-in model and the world it was made for,"
          + " prints what it found and writes its page. Needs no network and no GPU; takes a minute"
          + " or two."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--problems",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many responses are cut (default: ${DEFAULT-VALUE}).")
  int problems = 8;

  @Mixin EngineOptions engine = new EngineOptions();

  @Option(names = "--out", paramLabel = "FOLDER", description = "As for run.")
  Optional<Path> out = Optional.empty();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    console
        .err()
        .println(
            "A response is cut at seven places; from each cut the rest is written anew 16 times,"
                + " and the answer asked for.\n"
                + "Where the share of equal answers jumps, the answer was decided: a critical"
                + " window.\n"
                + "Every decision in the text this model was taught has known probabilities, so the"
                + " exact curve stands beside the measured one.");
    RunCommand.Cot run = new RunCommand.Cot(console);
    new CommandLine(run)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs("--problems", String.valueOf(problems), "--samples", "16");
    run.shared.model.engine = engine;
    run.shared.out = out;
    return run.call();
  }
}
