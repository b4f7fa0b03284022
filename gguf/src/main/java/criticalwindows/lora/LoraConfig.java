package criticalwindows.lora;

import java.util.EnumSet;
import java.util.Set;

/// The sizes of an adapter: each matrix `W` that it names becomes `W + (alpha / rank) · B · A`.
///
/// *Source:* Hu et al. 2021, arXiv 2106.09685, equation 3.
///
/// @param rank of `B · A`, at least 1
/// @param alpha above 0
/// @param targets the matrices that it changes, in every layer; at least one
public record LoraConfig(int rank, double alpha, Set<Projection> targets) {
  public LoraConfig {
    if (rank < 1 || !(alpha > 0) || Double.isInfinite(alpha) || targets.isEmpty()) {
      throw new IllegalArgumentException(
          "an adapter of rank " + rank + ", alpha " + alpha + " on " + targets);
    }
    targets = EnumSet.copyOf(targets);
  }

  /// What `B · A` is multiplied with.
  public double scale() {
    return alpha / rank;
  }
}
