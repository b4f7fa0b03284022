package criticalwindows.cli;

import criticalwindows.mistake.Mistake;
import criticalwindows.remote.Address;
import criticalwindows.remote.ApiKey;
import criticalwindows.remote.RemoteOptions;
import criticalwindows.remote.RemoteOptions.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How servers are asked, where the model is behind some.
final class ServerOptions {
  @Option(
      names = "--served-model",
      paramLabel = "NAME",
      description = "The model's name at the server (default: the only one it has).")
  Optional<String> servedModel = Optional.empty();

  @Option(
      names = "--tokenizer",
      paramLabel = "FOLDER",
      description = {
        "The model's tokenizer.json and generation_config.json, for servers that do not say their"
            + " vocabulary."
      })
  Optional<Path> tokenizer = Optional.empty();

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "A file with the servers' key (default: the environment's CW_API_KEY).")
  Optional<Path> apiKeyFile = Optional.empty();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "256",
      description = "The most calls at once to one server (default: ${DEFAULT-VALUE}).")
  int inFlight = 256;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long one answer may take (default: ${DEFAULT-VALUE}).")
  double timeout = 600;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long no server at all may answer (default: ${DEFAULT-VALUE}).")
  double patience = 600;

  @Option(
      names = "--price-per-million",
      paramLabel = "PRICE",
      description = "Of a million tokens; shown as the run goes on, and by --dry-run.")
  Optional<Double> price = Optional.empty();

  /// @param urls with commas between them
  RemoteOptions options(String urls, Optional<String> chatTemplate) {
    return new RemoteOptions(
        Address.parse(urls),
        servedModel,
        tokenizer,
        chatTemplate,
        ApiKey.find(System.getenv(), apiKeyFile),
        new Load(
            inFlight,
            seconds("--timeout", timeout),
            seconds("--patience", patience),
            Load.STANDARD.pause()));
  }

  private static Duration seconds(String option, double seconds) {
    if (!(seconds > 0 && seconds < 1e7)) {
      throw new Mistake(option + " " + seconds, "give a number of seconds above 0");
    }
    return Duration.ofMillis(Math.round(Math.ceil(1000 * seconds)));
  }
}
