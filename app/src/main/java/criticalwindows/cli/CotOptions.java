package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.Fitting;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.hub.Datasets;
import criticalwindows.model.Model;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a chain-of-thought run can be told.
final class CotOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME|FILE",
      defaultValue = Datasets.STANDARD,
      description = {
        "Problems: one of cw datasets, from the hub or from a file or folder as in mmlu:FILE; or a"
            + " file of problems in JSON (default: ${DEFAULT-VALUE}). Those of the world are made"
            + " by the seed, or by their own: world:method:7."
      })
  String dataset = Datasets.STANDARD;

  @Option(
      names = "--problems",
      paramLabel = "N|all",
      defaultValue = "10",
      description = "How many of them, by the seed (default: ${DEFAULT-VALUE}).")
  String problems = "10";

  @Mixin CutOptions cutting = new CutOptions();

  @Option(
      names = "--think",
      paramLabel = "N",
      description = {
        "The model thinks, for at most N tokens: then its thought is closed, and it answers"
            + " (default: as it likes)."
      })
  Optional<Integer> think = Optional.empty();

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "Prompts of your own, in the built-in file's sections (default: the built-in ones).")
  Optional<Path> prompts = Optional.empty();

  /// What is wrong with these options can be said before anything is loaded.
  void check() {
    cutting.check();
    if (cutting.plan() instanceof CutPlan.Turns) {
      throw new UserError(
          "--cuts turns is for conversations that exist already",
          "give them to cw run trace, or cut otherwise");
    }
    number();
    think
        .filter(most -> most < 1)
        .ifPresent(
            most -> {
              throw new UserError("--think " + most, "give at least 1 token");
            });
  }

  /// The problems drawn.
  Dataset draw(Console console) {
    return Datasets.draw(dataset, number(), cutting.sampling.seed, () -> Hubs.of(console));
  }

  /// Those that fit the model.
  Dataset fitting(Model model, PromptSet promptSet, Dataset drawn) {
    int response = cutting.sampling.maxTokens.orElseGet(() -> Fitting.leastResponse(model));
    return Fitting.of(model, promptSet, drawn, response);
  }

  /// As many as asked for.
  int number() {
    if (problems.equals("all")) {
      return Datasets.ALL;
    }
    try {
      int number = Integer.parseInt(problems);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UserError("--problems " + problems, "give a number of at least 1, or all", e);
    }
    throw new UserError("--problems " + problems, "give a number of at least 1, or all");
  }

  PromptSet promptSet() {
    return prompts.map(CotOptions::read).orElseGet(PromptSet::standard);
  }

  private static PromptSet read(Path file) {
    try {
      return PromptSet.parse(OptionWords.text("--prompts", file));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--prompts " + file + ": " + e.getMessage(),
          "begin from the built-in file,"
              + " core/src/main/resources/criticalwindows/prompt/standard.txt",
          e);
    }
  }

  CotSettings settings(Model model, PromptSet promptSet, List<Problem> chosen) {
    CotSettings settings =
        cutting.settings(model, CotScripts.responseTokens(model, promptSet, chosen));
    think.ifPresent(most -> requireThinking(model, settings, most));
    return settings.thinkingAtMost(think);
  }

  private static void requireThinking(Model model, CotSettings settings, int most) {
    if (settings.markers().isEmpty()) {
      throw new UserError(
          "--think " + most + ": " + model.name() + " has no tokens <think> and </think>",
          "name those between which it thinks with --think-markers OPEN,CLOSE, or leave --think"
              + " out");
    }
    if (most > settings.maxTokens() - 2) {
      throw new UserError(
          "--think " + most + " leaves no answer in " + settings.maxTokens() + " tokens",
          "give fewer, or more --max-tokens");
    }
  }
}
