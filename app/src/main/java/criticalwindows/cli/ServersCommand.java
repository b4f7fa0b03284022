package criticalwindows.cli;

import criticalwindows.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `cw servers`: models behind HTTP.
@Command(
    name = "servers",
    description = "Checks what a server can do, or serves a model over HTTP: check or serve.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  cw servers check http://gpu1:8000     what it can do, and what can be run there",
      "  cw servers serve                      the built-in model at port 8000"
    })
final class ServersCommand implements Runnable {
  private final Console console;

  private ServersCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new ServersCommand(console))
        .addSubcommand("check", new ServersCheck(console))
        .addSubcommand("serve", new ServersServe(console));
  }

  @Override
  public void run() {
    CommandLine.usage(this, console.out(), CommandLine.Help.Ansi.OFF);
  }
}
