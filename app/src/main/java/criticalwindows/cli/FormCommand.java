package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.form.FormProtocol;
import criticalwindows.form.FormScripts;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Model;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Runner;
import criticalwindows.run.Experiments;
import criticalwindows.run.RunFolders;
import criticalwindows.run.Shard;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw run form`: the staircase of a form, three ways.
@Command(
    name = "form",
    description = {
      "The staircase of a structured output. The model completes sentences with choices in"
          + " brackets, such as (Lighthouse/Barn). How likely it is to come to one combination of"
          + " choices is measured before and behind each choice, three ways that must agree: from"
          + " whole texts, by continuing from there, and from the scores of every combination."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A prompt of your own is a text file. All parentheses in it are choices."
          + " (Lighthouse|beacon/Barn)",
      "counts beacon as Lighthouse, and does not show it to the model.",
      "",
      "Examples:",
      "  cw run form",
      "  cw run form --choices Barn,Goat,Phoenix,Mermaid,Rune",
      "  cw run form --dataset world:forms --problems 3 --seed 7",
      "  cw run form --prompt mine.txt --model llama-3.1-8b.gguf --memory 12G --texts 400"
    })
final class FormCommand implements Callable<Integer> {
  private final Console console;

  @Mixin ModelOptions model = new ModelOptions();

  @Mixin FormOptions options = new FormOptions();

  @Mixin BudgetOption budget = new BudgetOption();

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only the I-th of N shares of the forms; cw merge joins the runs.")
  Optional<String> shard = Optional.empty();

  @Option(names = "--adaptive", hidden = true)
  boolean adaptive;

  @Option(names = "--dry-run", hidden = true)
  boolean dryRun;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The run's folder; must not exist (default: a new one in runs/).")
  Optional<Path> out = Optional.empty();

  FormCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    shard.ifPresent(Shard::parse);
    Budget limit = budget.read();
    FormOptions.Chosen chosen = options.choose();
    try (Model opened = model.open(console)) {
      int most = FormScripts.mostTokens(opened, chosen.prompts());
      FormSettings settings = options.settings(most, chosen.prompts());
      List<Problem> problems = chosen.problems();
      FormScripts scripts = new FormScripts(opened, settings);
      // What cannot run at all is said before there is a folder.
      Runner.width(new FormProtocol(scripts), problems);
      Manifest manifest = new NewRuns(console, model, opened).form(chosen, shard, settings);
      Path folder = out.orElseGet(() -> RunFolders.fresh("form", chosen.dataset(), opened));
      Traffics.warn(console, opened, settings.sampling());
      try (RunFolder run = RunFolder.create(folder, manifest, problems)) {
        return new Session(
                console,
                run,
                limit,
                Traffics.of(opened, model.server.price),
                Experiments.scorers(run))
            .go(opened);
      }
    }
  }

  /// What other experiments can be told, and a form cannot.
  private void requireSense() {
    if (adaptive) {
      throw new UserError(
          "--adaptive, and a form is cut before and behind each of its choices",
          "leave it out: there is nothing to search for");
    }
    if (dryRun) {
      throw new UserError(
          "--dry-run, and a form takes what its options say",
          "leave it out: for each form these are --texts, and --samples before and behind each"
              + " choice; --budget bounds it");
    }
  }
}
