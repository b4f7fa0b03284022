package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.Exit;
import criticalwindows.remote.Findings;
import criticalwindows.remote.ServerProbe;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw servers check`: what a server can do.
@Command(
    name = "check",
    description = {
      "Tries out what a server can do, by about twenty short calls, and says what can be run there."
          + " What it calls itself decides nothing. The same is tried at the start of every run."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code: 0 if rollouts can be run there, exactly or approximately; 2 if not.",
      "",
      "Examples:",
      "  cw servers check http://127.0.0.1:8000",
      "  cw servers check http://gpu1:8000 --served-model llama --tokenizer llama-3.1-8b-instruct"
    })
final class ServersCheck implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "URL", description = "The server, http://HOST:PORT.")
  String url = "";

  @Option(names = "--chat-template", paramLabel = "NAME", description = "As for run.")
  Optional<String> chatTemplate = Optional.empty();

  @Mixin ServerOptions server = new ServerOptions();

  ServersCheck(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Findings findings = ServerProbe.of(server.options(console, url, chatTemplate));
    console.out().print(findings.table());
    boolean refused = !findings.verdict(Findings.Use.ROLLOUTS).refused().isEmpty();
    return refused ? Exit.USER_ERROR : 0;
  }
}
