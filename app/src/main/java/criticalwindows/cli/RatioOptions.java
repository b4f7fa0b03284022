package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.model.Model;
import criticalwindows.ratio.Role;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The two models of a likelihood ratio, and how much of the machine one of them may take: they are
/// open one after the other.
final class RatioOptions {
  @Option(
      names = "--aligned",
      paramLabel = "NAME|FILE|URL",
      required = true,
      description = {
        "The model that was taught to refuse: a built-in one, a GGUF file, or a server that gives"
            + " log-probabilities of prompts. Texts are tokenised as it does."
      })
  String aligned = "";

  @Option(
      names = "--unaligned",
      paramLabel = "NAME|FILE|URL",
      required = true,
      description =
          "The one beside it that was not, of the same vocabulary: its base model, for instance.")
  String unaligned = "";

  @Option(
      names = "--adapter",
      paramLabel = "FILE",
      description = {
        "A LoRA adapter that is added to the aligned model: a GGUF file, or a folder as PEFT saves"
            + " it. The two models can be one file, with an adapter and without."
      })
  Optional<Path> adapter = Optional.empty();

  @Option(
      names = "--unaligned-adapter",
      paramLabel = "FILE",
      description = "The same for the unaligned model.")
  Optional<Path> unalignedAdapter = Optional.empty();

  @Option(
      names = "--unaligned-served-model",
      paramLabel = "NAME",
      description = "The unaligned model's name at its server (default: as --served-model).")
  Optional<String> unalignedServed = Optional.empty();

  @Option(
      names = "--chat-template",
      paramLabel = "NAME",
      description =
          "One of llama.cpp's templates, such as llama3, in place of the aligned model's own.")
  Optional<String> chatTemplate = Optional.empty();

  @Mixin EngineOptions engine = new EngineOptions();

  @Mixin ServerOptions server = new ServerOptions();

  /// Where a model is, as it was named.
  String path(Role role) {
    return switch (role) {
      case ALIGNED -> aligned;
      case UNALIGNED -> unaligned;
    };
  }

  /// Opens a model; whoever asks closes it.
  Model open(Console console, Role role) throws InterruptedException {
    ModelOptions options = new ModelOptions();
    options.model = path(role);
    options.adapter.file = role == Role.ALIGNED ? adapter : unalignedAdapter;
    options.engine = engine;
    options.server = server;
    options.chatTemplate = chatTemplate;
    Optional<String> served = server.servedModel;
    try {
      if (role == Role.UNALIGNED) {
        server.servedModel = unalignedServed.or(() -> served);
      }
      return options.open(console);
    } finally {
      server.servedModel = served;
    }
  }
}
