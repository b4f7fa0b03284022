package criticalwindows.console;

import criticalwindows.llamacpp.LlamaOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is added to a model's weights.
public final class AdapterOption {
  @Option(
      names = "--adapter",
      paramLabel = "FILE",
      description = {
        "A LoRA adapter that is added to the model: a GGUF file, or a folder as PEFT saves it."
      })
  public Optional<Path> file = Optional.empty();

  /// These options with it.
  public LlamaOptions in(LlamaOptions options) {
    return file.map(options::withAdapter).orElse(options);
  }
}
