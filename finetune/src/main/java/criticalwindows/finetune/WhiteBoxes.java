package criticalwindows.finetune;

import criticalwindows.lora.LoraConfig;
import java.nio.file.Path;
import java.util.Optional;

/// Opens models to be trained.
@FunctionalInterface
public interface WhiteBoxes {
  /// @param model a GGUF file or a folder with safetensors
  /// @throws criticalwindows.error.UserError if its architecture or the type of its weights cannot
  ///   be trained
  WhiteBox open(Path model, Options options);

  /// @param lora the adapter that is trained; absent: all weights
  /// @param precision of the products of matrices; the parameters themselves are float32
  /// @param threads at least 1
  /// @param seed of the adapter's first numbers
  record Options(Optional<LoraConfig> lora, Precision precision, int threads, long seed) {
    public Options {
      if (threads < 1) {
        throw new IllegalArgumentException(threads + " threads");
      }
    }
  }

  /// The type of numbers in which matrices are multiplied.
  enum Precision {
    FLOAT32,
    BFLOAT16
  }
}
