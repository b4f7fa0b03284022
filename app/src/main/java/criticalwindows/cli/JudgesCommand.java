package criticalwindows.cli;

import criticalwindows.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `cw judges`: what says whether a response is a success, and how often it errs.
@Command(
    name = "judges",
    description = "Lists the judges of responses, measures their errors, or has a run judged.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[show|calibrate|score]",
    footer = {
      "",
      "Examples:",
      "  cw judges                                        all that have a name",
      "  cw judges show refusal --text 'No, I will not do that.'",
      "  cw judges calibrate --labels labelled.csv --out refusal.json",
      "  cw judges score RUN --outcome judge:yes-no --judge-model judge.gguf"
    })
final class JudgesCommand implements Runnable {
  private final Console console;

  private JudgesCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new JudgesCommand(console))
        .addSubcommand("list", new JudgesList(console))
        .addSubcommand("show", new JudgesShow(console))
        .addSubcommand("calibrate", new JudgesCalibrate(console))
        .addSubcommand("score", new JudgesScore(console));
  }

  @Override
  public void run() {
    new JudgesList(console).run();
  }
}
