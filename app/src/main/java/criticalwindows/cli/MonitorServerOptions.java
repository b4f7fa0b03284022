package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.remote.Address;
import criticalwindows.remote.ApiKey;
import criticalwindows.remote.RemoteOptions;
import criticalwindows.remote.RemoteOptions.Load;
import criticalwindows.view.TerminalText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The server whose replies are watched as it writes them.
final class MonitorServerOptions {
  /// As many as a stream has open.
  private static final int MOST = 1000;

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "What a server is asked: a file in any layout of cw run trace; responses in it are"
              + " ignored.")
  Optional<Path> prompts = Optional.empty();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "4",
      description = "Responses that the server writes at once (default: ${DEFAULT-VALUE}).")
  int inFlight = 4;

  @Option(
      names = "--served-model",
      paramLabel = "NAME",
      description = "The model's name at the server (default: the only one it has).")
  Optional<String> servedModel = Optional.empty();

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "A file with the server's key (default: the environment's CW_API_KEY).")
  Optional<Path> apiKeyFile = Optional.empty();

  /// A server, and what it is asked.
  record Asked(RemoteOptions options, Path prompts) {}

  /// The server that the texts come from, if they come from one.
  ///
  /// @param texts as they were named
  Optional<Asked> asked(Console console, String texts) {
    if (!Address.isUrl(texts)) {
      if (prompts.isPresent() || servedModel.isPresent() || apiKeyFile.isPresent()) {
        throw new UserError(
            "--prompts, --served-model and --api-key-file go with a server, and "
                + texts
                + " is none",
            "cw monitor http://HOST:PORT --prompts FILE --threshold FILE; or leave them out");
      }
      return Optional.empty();
    }
    Path file =
        prompts.orElseThrow(
            () ->
                new UserError(
                    "what " + texts + " is to be asked is not said",
                    "name a file with --prompts FILE; docs/texts.md says what is taken"));
    List<Address> servers = Address.parse(texts);
    if (servers.size() > 1) {
      throw new UserError(texts + " names " + servers.size() + " servers", "name one of them");
    }
    if (inFlight < 1 || inFlight > MOST) {
      throw new UserError("--in-flight " + inFlight, "give a number from 1 to " + MOST);
    }
    Load usual = Load.STANDARD;
    RemoteOptions options =
        new RemoteOptions(
            servers,
            servedModel,
            Optional.empty(),
            Optional.empty(),
            ApiKey.find(System.getenv(), apiKeyFile),
            new Load(inFlight, usual.timeout(), usual.retryFor(), usual.pause()));
    for (Address open : options.exposed()) {
      String note = "the key goes to " + open + " unencrypted; https://… would hide it";
      console.err().println("note: " + TerminalText.line(note));
    }
    return Optional.of(new Asked(options, file));
  }
}
