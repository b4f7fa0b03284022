package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Runner;
import criticalwindows.run.RunFolders;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `cw run`: an experiment from the beginning.
@Command(
    name = "run",
    description =
        "Runs an experiment: cot, trace, prefill, attack, repeat, ratio or form; or edits a"
            + " response of a run: edit.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "EXPERIMENT")
final class RunCommand implements Runnable {
  private final Console console;

  private RunCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new RunCommand(console))
        .addSubcommand("cot", new Cot(console))
        .addSubcommand("trace", new TraceCommand(console))
        .addSubcommand("prefill", new PrefillCommand(console))
        .addSubcommand("attack", new AttackCommand(console))
        .addSubcommand("repeat", new RepeatCommand(console))
        .addSubcommand("ratio", new RatioCommand(console))
        .addSubcommand("form", new FormCommand(console))
        .addSubcommand("edit", new EditCommand(console));
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
        "  cw run cot --problems 2 --cuts sentences                after every sentence",
        "  cw run cot --model qwen3-8b.gguf --cuts thinking         within its thinking",
        "  cw run cot --dataset world:method --problems 20         the list: cw datasets",
        "  cw run cot --dataset aqua:AQuA/test.json                a benchmark's own file",
        "  cw run cot --model llama-3.1-8b.gguf --dataset mine.jsonl --memory 12G --out runs/mine",
        "  cw run cot --temperature 0.6 --top-p 0.9 --seed 7",
        "  cw run cot --problems 400 --adaptive --budget 20k-rollouts   chooses its own cuts",
        "  cw run cot --problems 3 --adaptive --width 0.001         to single tokens",
        "  cw run cot --problems 400 --budget 2h                   stops in time, to be resumed",
        "  cw run cot --problems 400 --dry-run --price-per-million 0.2",
        "  cw run cot --model http://gpu1:8000,http://gpu2:8000 --tokenizer llama-3.1 --problems"
            + " 400",
        "  cw run cot --problems 400 --shard 2/8 --out shard-2     the second of eight machines"
      })
  static final class Cot implements Callable<Integer> {
    private final Console console;

    @Mixin CotOptions options = new CotOptions();

    @Mixin CutRunOptions shared = new CutRunOptions();

    Cot(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
      options.check();
      shared.check();
      Dataset drawn = options.draw(console);
      try (Outcomes outcomes = shared.outcome.begun();
          Model opened = shared.model.open(console)) {
        PromptSet prompts = options.promptSet();
        Dataset dataset = options.fitting(opened, prompts, drawn);
        List<Problem> problems = dataset.problems();
        CotSettings settings = options.settings(opened, prompts, problems);
        if (shared.dryRun.wanted) {
          CotScripts tried = new CotScripts(opened, prompts, DryRun.tried(settings));
          return shared.dryRun.say(console, tried, settings, problems);
        }
        CotScripts scripts = new CotScripts(opened, prompts, settings);
        Manifest manifest =
            new NewRuns(console, shared.model, opened)
                .chainOfThought(
                    new NewRuns.Asked(options.cutting.sampling, shared.shard, outcomes),
                    options,
                    dataset,
                    settings);
        Path folder = shared.out.orElseGet(() -> RunFolders.fresh("cot", dataset.name(), opened));
        Traffics.warn(console, opened, settings.sampling());
        // What cannot run at all is said before there is a folder.
        Runner.width(new FixedCuts(scripts), problems);
        Hubs.say(console, dataset.notes());
        try (RunFolder run = RunFolder.create(folder, manifest, problems)) {
          return new Session(
                  console,
                  run,
                  shared.budget.read(),
                  Traffics.of(opened, shared.model.server.price),
                  outcomes)
              .go(opened);
        }
      }
    }
  }
}
