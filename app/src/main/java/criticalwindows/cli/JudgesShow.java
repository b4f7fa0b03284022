package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.judge.Refusal;
import criticalwindows.judge.RefusalJudge;
import criticalwindows.judge.RefusalRule;
import criticalwindows.outcome.Outcome;
import criticalwindows.scoring.Outcomes;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw judges show`: what a judge goes by.
@Command(
    name = "show",
    description = "Shows the rules of refusal, or the template of a judge by a model.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw judges show refusal",
      "  cw judges show refusal --text 'No, I will not do that.'     which rule reads it",
      "  cw judges show judge:yes-no"
    })
final class JudgesShow implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "JUDGE", description = "refusal, judge:NAME or judge:FILE.")
  String judge = "";

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Of refusal: a response, and how it is read.")
  Optional<String> text = Optional.empty();

  JudgesShow(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!judge.strip().equals(Outcomes.REFUSAL)) {
      Outcomes.template(judge)
          .lines()
          .forEach(line -> console.out().println(TerminalText.line(line)));
    } else if (text.isPresent()) {
      console.out().println(told(RefusalJudge.STANDARD.read(text.get())));
    } else {
      View.aligned(
              Arrays.stream(RefusalRule.values())
                  .map(rule -> List.of(rule.shown(), rule.meaning()))
                  .toList())
          .forEach(console.out()::println);
    }
    return 0;
  }

  private static String told(Outcome outcome) {
    return outcome instanceof Refusal refusal
        ? refusal.show()
            + ": "
            + refusal.rule().shown()
            + refusal.said().map(said -> " — " + TerminalText.line(said, 80)).orElse("")
        : outcome.show();
  }
}
