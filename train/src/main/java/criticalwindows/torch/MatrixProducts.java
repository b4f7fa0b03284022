package criticalwindows.torch;

import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.gguf.DecoderShape;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The products of rows with a decoder's matrices in a step that trains all weights, three for each
/// matrix: forward, and backward to the rows and to the matrix. Attention's own products are left
/// out. Each layer has matrices of its own, as a model has.
final class MatrixProducts implements WhiteBoxes.Products {
  private final PointerScope scope = new PointerScope();
  private final List<Product> products = new ArrayList<>();

  /// @param rows of shape [tokens, inputs]
  /// @param matrix of shape [outputs, inputs]
  /// @param back of shape [tokens, outputs]
  private record Product(Tensor rows, Tensor matrix, Tensor back) {}

  MatrixProducts(DecoderConfig config, int tokens, ScalarType type) {
    DecoderShape shape = config.shape();
    try (scope) {
      scope.extend();
      for (int layer = 0; layer < shape.layers(); layer++) {
        add(tokens, shape.hidden(), shape.queries(), type);
        add(tokens, shape.hidden(), shape.keys(), type);
        add(tokens, shape.hidden(), shape.keys(), type);
        add(tokens, shape.queries(), shape.hidden(), type);
        add(tokens, shape.hidden(), shape.feedForward(), type);
        add(tokens, shape.hidden(), shape.feedForward(), type);
        add(tokens, shape.feedForward(), shape.hidden(), type);
      }
      add(tokens, shape.hidden(), shape.vocabulary(), type);
    }
  }

  private void add(long tokens, long inputs, long outputs, ScalarType type) {
    products.add(
        new Product(
            random(type, tokens, inputs),
            random(type, outputs, inputs),
            random(type, tokens, outputs)));
  }

  private static Tensor random(ScalarType type, long... shape) {
    return torch.randn(shape, new TensorOptions(ScalarType.Float)).to(type);
  }

  @Override
  public void run() {
    Torch.withoutGradients(
        () -> {
          for (Product product : products) {
            try (PointerScope _ = new PointerScope()) {
              torch.linear(product.rows, product.matrix);
              product.back.matmul(product.matrix);
              product.back.t().matmul(product.rows);
            }
          }
          return true;
        });
  }

  @Override
  public void close() {
    scope.deallocate();
    products.clear();
  }
}
