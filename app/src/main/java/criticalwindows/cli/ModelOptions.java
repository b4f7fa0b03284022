package criticalwindows.cli;

import criticalwindows.console.AdapterOption;
import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.console.SteerOption;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.remote.Address;
import criticalwindows.remote.RemoteModel;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which model, and how much of the machine it may take.
final class ModelOptions {
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

  @Mixin AdapterOption adapter = new AdapterOption();

  @Mixin SteerOption steer = new SteerOption();

  @Mixin EngineOptions engine = new EngineOptions();

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
    AnyModel.requireFile(model, options());
    return Address.isUrl(model)
        ? RemoteModel.open(server.options(console, model, chatTemplate))
        : LlamaModel.open(ModelFiles.standard().find(model), options());
  }

  /// These options as the engine takes them.
  private LlamaOptions options() {
    LlamaOptions options = steer.in(adapter.in(engine.options())).withAttention(attention);
    return chatTemplate.map(options::withChatTemplate).orElse(options);
  }
}
