package criticalwindows.torch;

import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.finetune.WhiteBoxes.Precision;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;

/// Opens models for tests, with one thread.
final class Models {
  static final WhiteBoxes.Options ALL =
      new WhiteBoxes.Options(Optional.empty(), Precision.FLOAT32, 1, 5);

  private Models() {}

  /// An adapter on every projection.
  static WhiteBoxes.Options lora(int rank) {
    LoraConfig config = new LoraConfig(rank, 2.0 * rank, EnumSet.allOf(Projection.class));
    return new WhiteBoxes.Options(Optional.of(config), Precision.FLOAT32, 1, 5);
  }

  static TorchWhiteBox open(Path model, WhiteBoxes.Options options) {
    return TorchWhiteBox.open(model, options, Numbers.of(options.precision()));
  }

  static float[] filled(int length, float value) {
    float[] all = new float[length];
    Arrays.fill(all, value);
    return all;
  }
}
