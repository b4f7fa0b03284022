package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.run.Experiments;
import criticalwindows.run.JudgedRun;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw judges score`: has every response of a run judged by a model.
@Command(
    name = "score",
    description = {
      "Has every response of a run judged by a model. What it says is kept in the run's folder, so"
          + " that cw show --outcome judge:TEMPLATE and the others need no model."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  cw judges score RUN --outcome judge:yes-no --judge-model judge.gguf",
      "  cw show RUN --outcome refusal --outcome judge:yes-no"
    })
final class JudgesScore implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(
      names = "--outcome",
      paramLabel = "judge:TEMPLATE",
      required = true,
      description = "The judge: judge:NAME, judge:FILE or judge@T:FILE.")
  List<String> outcomes = List.of();

  @Mixin JudgeModelOption judge = new JudgeModelOption();

  JudgesScore(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (judge.model.isEmpty()
        || !outcomes.stream().allMatch(one -> Outcomes.asksModel(List.of(one)))) {
      throw new UserError(
          "cw judges score takes outcomes that a model judges, and that model",
          "such as --outcome judge:yes-no --judge-model FILE");
    }
    try (RunFolder run = RunFolder.resume(folder);
        Outcomes named = Outcomes.parse(outcomes, judge.judges())) {
      Experiments.requireAnswers(run, "judges score");
      Experiments.requireTexts(run, named);
      named.keepIn(run.folder());
      long judged = JudgedRun.score(run, named);
      console.out().println("judged " + Numbers.count(judged) + " responses of " + run.folder());
    }
    return 0;
  }
}
