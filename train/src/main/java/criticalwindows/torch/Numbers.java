package criticalwindows.torch;

import criticalwindows.finetune.WhiteBoxes.Precision;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// With which numbers a model computes.
enum Numbers {
  FLOAT32(ScalarType.Float, ScalarType.Float),
  /// Parameters, sums and norms in float32.
  BFLOAT16(ScalarType.Float, ScalarType.BFloat16),
  /// To check gradients with.
  FLOAT64(ScalarType.Double, ScalarType.Double);

  private final ScalarType parameters;
  private final ScalarType products;

  Numbers(ScalarType parameters, ScalarType products) {
    this.parameters = parameters;
    this.products = products;
  }

  static Numbers of(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> FLOAT32;
      case BFLOAT16 -> BFLOAT16;
    };
  }

  /// The type of parameters, of what is added up, and of log-probabilities.
  ScalarType parameters() {
    return parameters;
  }

  /// The type in which matrices are multiplied.
  ScalarType products() {
    return products;
  }
}
