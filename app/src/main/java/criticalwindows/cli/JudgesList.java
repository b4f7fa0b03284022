package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.scoring.Outcomes;
import criticalwindows.view.View;
import java.util.List;
import picocli.CommandLine.Command;

/// `cw judges list`: the judges that have a name.
@Command(
    name = "list",
    description = "Lists the judges that have a name.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw judges list"})
final class JudgesList implements Runnable {
  private final Console console;

  JudgesList(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    List<List<String>> rows =
        Outcomes.judgeNames().stream()
            .map(judge -> List.of(judge.name(), judge.meaning()))
            .toList();
    View.aligned(rows).forEach(console.out()::println);
    console.out().println();
    console
        .out()
        .println(
            "Each is an --outcome. judge:FILE takes a template of yours; contains:WORDS and"
                + " program@T:COMMAND\ncan be calibrated too (docs/outcomes.md).");
  }
}
