package criticalwindows.torch;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/// A parameter that is trained, and its moments.
///
/// @param sum where its gradient is summed, if not by LibTorch itself
/// @param mean of its gradients
/// @param square the mean of their squares
record Trained(String name, Tensor value, Optional<Tensor> sum, Tensor mean, Tensor square) {
  /// A parameter whose gradient LibTorch sums.
  static Trained plain(String name, Tensor value, Numbers numbers) {
    value.requires_grad_(true);
    return new Trained(name, value, Optional.empty(), zeros(value, numbers), zeros(value, numbers));
  }

  /// A table, of which few rows are read: a whole gradient for each reading would be a waste.
  static Trained table(String name, Tensor value, Numbers numbers) {
    return new Trained(
        name,
        value,
        Optional.of(zeros(value, numbers)),
        zeros(value, numbers),
        zeros(value, numbers));
  }

  private static Tensor zeros(Tensor like, Numbers numbers) {
    return Torch.zeros(numbers.parameters(), like.shape());
  }

  /// What was summed so far; empty if nothing was. Called inside a scope.
  Optional<Tensor> gradient() {
    return sum.or(() -> Optional.of(value.grad()).filter(Tensor::defined));
  }

  void forget() {
    sum.ifPresentOrElse(Tensor::zero_, () -> value.mutable_grad().reset());
  }

  /// Matrices decay, vectors do not.
  boolean decays() {
    return value.dim() > 1;
  }

  void free() {
    sum.ifPresent(Torch::free);
    Torch.free(mean);
    Torch.free(square);
  }
}
