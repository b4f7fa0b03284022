package criticalwindows.finetune;

import criticalwindows.error.UserError;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.lora.LoraConfig;
import java.nio.file.Path;
import java.util.Optional;

/// Opens models to be trained.
public interface WhiteBoxes {
  /// Those that a command needs.
  ///
  /// @param command that asks, as users start it, such as `train`
  /// @throws UserError if they are absent: this program was started without the library for them
  static WhiteBoxes required(Optional<WhiteBoxes> boxes, String command) {
    return boxes.orElseThrow(
        () ->
            new UserError(
                "this program was started without LibTorch, which trains",
                "start it as ./cw " + command));
  }

  /// @param model a GGUF file or a folder with safetensors
  /// @throws criticalwindows.error.UserError if its architecture or the type of its weights cannot
  ///   be trained
  WhiteBox open(Path model, Options options);

  /// The matrix products of a step alone, on random numbers: what no training of such a model can
  /// be quicker than.
  ///
  /// @param tokens of the step, each one a target
  Products products(DecoderConfig config, int tokens, Options options);

  /// Matrix products of one step, forward and backward.
  interface Products extends AutoCloseable {
    /// Does all of them once.
    void run();

    @Override
    void close();
  }

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
