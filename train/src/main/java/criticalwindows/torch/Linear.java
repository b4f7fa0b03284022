package criticalwindows.torch;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A matrix that rows are multiplied with, and what is added to it.
///
/// @param weight of shape [outputs, inputs]
record Linear(Tensor weight, Optional<Tensor> bias, Optional<LowRank> adapter) {
  /// What an adapter adds: `scale · b · a`.
  ///
  /// @param a of shape [rank, inputs]
  /// @param b of shape [outputs, rank]
  record LowRank(Tensor a, Tensor b, double scale) {}

  /// @param rows of shape [rows, inputs], of the type of products
  /// @return of shape [rows, outputs], of that type
  Tensor apply(Tensor rows, Use use) {
    ScalarType type = rows.scalar_type().intern();
    Tensor matrix = weight.to(type);
    Tensor product =
        bias.map(own -> torch.linear(rows, matrix, new TensorOptional(own.to(type))))
            .orElseGet(() -> torch.linear(rows, matrix));
    return switch (use) {
      case REFERENCE -> product;
      case TRAINED -> adapter.map(own -> added(product, rows, own)).orElse(product);
    };
  }

  private static Tensor added(Tensor product, Tensor rows, LowRank adapter) {
    ScalarType type = rows.scalar_type().intern();
    Tensor inner = torch.linear(rows, adapter.a.to(type));
    Tensor outer = adapter.b.to(type).t();
    return product.addmm(inner, outer, Torch.scalar(1), Torch.scalar(adapter.scale));
  }

  /// Which model is asked.
  enum Use {
    /// The model as it was opened.
    REFERENCE,
    /// With its adapter.
    TRAINED
  }
}
