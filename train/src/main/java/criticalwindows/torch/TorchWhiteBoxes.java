package criticalwindows.torch;

import criticalwindows.finetune.WhiteBox;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.gguf.DecoderConfig;
import java.nio.file.Path;

/// Opens models in LibTorch: Llama, Qwen 2 and Qwen 3, from GGUF files with weights in F32, F16,
/// BF16 or Q8_0, or from folders with safetensors.
public final class TorchWhiteBoxes implements WhiteBoxes {
  @Override
  public WhiteBox open(Path model, Options options) {
    return TorchWhiteBox.open(model, options, Numbers.of(options.precision()));
  }

  @Override
  public Products products(DecoderConfig config, int tokens, Options options) {
    Torch.load(options.threads());
    return new MatrixProducts(config, tokens, Numbers.of(options.precision()).products());
  }
}
