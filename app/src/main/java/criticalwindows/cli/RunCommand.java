package criticalwindows.cli;

import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.experiment.ChainOfThought;
import criticalwindows.experiment.CotScripts;
import criticalwindows.experiment.CotSettings;
import criticalwindows.model.Model;
import criticalwindows.prompt.PromptSet;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw run`: an experiment from the beginning.
@Command(
    name = "run",
    description = "Runs an experiment: cot.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "EXPERIMENT")
final class RunCommand implements Runnable {
  private final Console console;

  private RunCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new RunCommand(console)).addSubcommand("cot", new Cot(console));
  }

  @Override
  public void run() {
    CommandLine.usage(this, console.out(), CommandLine.Help.Ansi.OFF);
  }

  /// `cw run cot`: noise and denoise on chains of thought.
  @Command(
      name = "cot",
      description = {
        "Noise and denoise on chains of thought. One response to each problem is cut at several"
            + " places; from each cut the rest is written anew many times; and each time the answer"
            + " is asked for. Where the share of equal answers jumps, the answer was decided."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  cw run cot --problems 5",
        "  cw run cot --problems 2 --cuts every:1 --samples 50     every token of two responses",
        "  cw run cot --dataset world:method --problems 20         the list: cw datasets",
        "  cw run cot --model llama-3.1-8b.gguf --dataset mine.jsonl --memory 12G --out runs/mine",
        "  cw run cot --model http://gpu1:8000,http://gpu2:8000 --tokenizer llama-3.1 --problems"
            + " 400",
        "  cw run cot --problems 400 --shard 2/8 --out shard-2     the second of eight machines",
        "  cw run cot --temperature .6 --top-p .9 --seed 7"
      })
  static final class Cot implements Callable<Integer> {
    private final Console console;

    @Mixin ModelOptions model = new ModelOptions();

    @Mixin CotOptions options = new CotOptions();

    @Option(
        names = "--shard",
        paramLabel = "I/N",
        description = "Only the I-th of N shares of the problems; cw merge joins the runs.")
    Optional<String> shard = Optional.empty();

    @Option(
        names = "--out",
        paramLabel = "FOLDER",
        description = "The run's folder; must not exist (default: a new one in runs/).")
    Optional<Path> out = Optional.empty();

    Cot(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
      options.check();
      shard.ifPresent(Shard::parse);
      Dataset dataset = options.draw();
      List<Problem> problems = dataset.problems();
      try (Model opened = model.open()) {
        PromptSet prompts = options.promptSet();
        CotSettings settings = options.settings(opened, prompts, problems);
        Manifest manifest = Manifests.of(console, this, dataset, opened, settings);
        Path folder = out.orElseGet(() -> RunFolders.fresh(dataset.name(), opened));
        CotScripts scripts = new CotScripts(opened, prompts, settings);
        Traffics.warn(console, opened);
        // What cannot run at all is said before there is a folder.
        ChainOfThought.width(scripts, problems);
        try (RunFolder run = RunFolder.create(folder, manifest, problems)) {
          return CotWork.go(console, run, scripts, Traffics.of(opened, model.server.price));
        }
      }
    }
  }
}
