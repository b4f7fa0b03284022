package criticalwindows.lora;

import criticalwindows.gguf.Tensor;
import java.util.List;

/// The numbers of an adapter. Rows are in Hugging Face's order, whatever file they come from.
public record Adapter(LoraConfig config, List<Pair> pairs) {
  public Adapter {
    pairs = List.copyOf(pairs);
  }

  /// What is added to one matrix.
  ///
  /// @param layer counted from 0
  /// @param a of shape [rank, inputs]
  /// @param b of shape [outputs, rank]
  public record Pair(int layer, Projection projection, Tensor a, Tensor b) {}
}
