package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.remote.Address;
import criticalwindows.remote.RemoteModel;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which model, and how much of the machine it may take.
final class ModelOptions {
  private static final Pattern BYTES = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGT]?)I?B?");

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE|URL",
      defaultValue = "base",
      description = {
        "A built-in model (base, aligned, small-base or small-aligned), any GGUF file, or servers"
            + " of one model, http://HOST:PORT, with commas between them (default:"
            + " ${DEFAULT-VALUE})."
      })
  String model = "base";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Threads that compute (default: the machine's cores; fewer where other programs compute"
            + " too, because threads that wait for each other spin)."
      })
  Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "The most memory to take, such as 4G (default: half of the machine's).")
  Optional<String> memory = Optional.empty();

  @Option(
      names = "--chat-template",
      paramLabel = "NAME",
      description =
          "One of llama.cpp's templates, such as llama3, in place of the file's or the server's.")
  Optional<String> chatTemplate = Optional.empty();

  @Option(
      names = "--attention",
      paramLabel = "WAY",
      defaultValue = "auto",
      description =
          "How the engine computes it, a matter of speed: auto, flash, plain or shared (default:"
              + " ${DEFAULT-VALUE}, the quickest here, tried once for each model).")
  LlamaOptions.Attention attention = LlamaOptions.Attention.AUTO;

  @Mixin ServerOptions server = new ServerOptions();

  /// The model, wherever it is: the one place where that is decided.
  Model open(Console console) throws InterruptedException {
    return Address.isUrl(model)
        ? RemoteModel.open(server.options(console, model, chatTemplate))
        : LlamaModel.open(ModelFiles.standard().find(model), options());
  }

  /// These options as the engine takes them.
  LlamaOptions options() {
    LlamaOptions options =
        LlamaOptions.defaults()
            .withAttention(attention)
            .withChoices(ModelFiles.standard().cache().resolveSibling("attention"));
    if (threads.isPresent()) {
      options = options.withThreads(threads.get());
    }
    if (memory.isPresent()) {
      options = options.withMemory(bytes(memory.get()));
    }
    return chatTemplate.isPresent() ? options.withChatTemplate(chatTemplate.get()) : options;
  }

  static long bytes(String size) {
    Matcher matcher = BYTES.matcher(size.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new UserError("--memory " + size, "give a size such as 800M or 12G");
    }
    int power = "KMGT".indexOf(matcher.group(2)) + 1;
    double unit = matcher.group(2).isEmpty() ? 1 : Math.pow(1024, power);
    return (long) (Double.parseDouble(matcher.group(1)) * unit);
  }
}
