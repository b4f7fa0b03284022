package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.llamacpp.LlamaTokenizer;
import criticalwindows.model.Model.Recommended;
import criticalwindows.model.Vocabulary;
import criticalwindows.remote.Address;
import criticalwindows.remote.ApiKey;
import criticalwindows.remote.LocalTokenizer;
import criticalwindows.remote.RemoteOptions;
import criticalwindows.remote.RemoteOptions.Load;
import criticalwindows.remote.TokenizerFolder;
import criticalwindows.view.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
      paramLabel = "FOLDER|FILE",
      description = {
        "A folder with the model's tokenizer.json and generation_config.json, or its GGUF file, for"
            + " servers that do not say their vocabulary."
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
      names = "--retry-for",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long no server at all may answer (default: ${DEFAULT-VALUE}).")
  double retryFor = 600;

  @Option(
      names = "--price-per-million",
      paramLabel = "PRICE",
      description = "Of a million tokens; shown as the run goes on, and by --dry-run.")
  Optional<Double> price = Optional.empty();

  /// Whether whoever runs this named the servers; if not, they get no key.
  boolean trusted = true;

  /// Says, before anything is sent, where the key would go unencrypted over a network.
  ///
  /// @param urls with commas between them
  RemoteOptions options(Console console, String urls, Optional<String> chatTemplate) {
    ApiKey key = key();
    RemoteOptions options =
        new RemoteOptions(
            Address.parse(urls),
            servedModel,
            tokenizer.map(ServerOptions::source),
            chatTemplate,
            trusted ? key : ApiKey.none(),
            new Load(
                inFlight,
                seconds("--timeout", timeout),
                seconds("--retry-for", retryFor),
                Load.STANDARD.pause()));
    for (Address server : options.exposed()) {
      say(console, "the key goes to " + server + " unencrypted; https://… would hide it");
    }
    if (key.isPresent() && !trusted) {
      say(console, "no key is sent to " + urls + ": it goes only to servers that --model names");
    }
    return options;
  }

  private ApiKey key() {
    return ApiKey.find(System.getenv(), apiKeyFile);
  }

  private static void say(Console console, String note) {
    console.err().println("note: " + TerminalText.line(note));
  }

  /// A GGUF file is known by how it begins, whatever its name.
  private static LocalTokenizer.Source source(Path path) {
    if (!Files.isRegularFile(path)) {
      return () -> TokenizerFolder.read(path);
    }
    try (InputStream in = Files.newInputStream(path)) {
      boolean gguf = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("GGUF");
      return gguf
          ? () -> new OfModelFile(LlamaTokenizer.open(path))
          : () -> TokenizerFolder.read(path);
    } catch (IOException e) {
      throw new UserError(
          "--tokenizer " + path + " cannot be read", "name a folder or a GGUF file", e);
    }
  }

  /// The tokenizer of a GGUF file, by llama.cpp.
  private record OfModelFile(LlamaTokenizer tokenizer) implements LocalTokenizer {
    @Override
    public Vocabulary vocabulary() {
      return tokenizer.vocabulary();
    }

    @Override
    public Optional<Recommended> recommended() {
      return tokenizer.recommended();
    }

    @Override
    public void close() {
      tokenizer.close();
    }
  }

  private static Duration seconds(String option, double seconds) {
    if (!(seconds > 0 && seconds < 1e7)) {
      throw new UserError(option + " " + seconds, "give a number of seconds above 0");
    }
    return Duration.ofMillis(Math.round(Math.ceil(1000 * seconds)));
  }
}
