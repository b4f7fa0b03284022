package criticalwindows.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Short forms of what is asked of LibTorch.
final class Torch {
  private Torch() {}

  /// Loads the library.
  ///
  /// @param threads that it may compute with
  static void load(int threads) {
    // Memory is freed by scopes and counted by our plan. JavaCPP would refuse more than twice the
    // heap, which is small here.
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    torch.set_num_threads(threads);
    // It has threads of its own, all that there are, which LibTorch does not tell.
    openblas_nolapack.blas_set_num_threads(threads);
  }

  /// Does something, frees all that it made, and returns its result, which belongs to the scope
  /// that is open around the call.
  static Tensor kept(Supplier<Tensor> work) {
    PointerScope outer = PointerScope.getInnerScope();
    try (PointerScope _ = new PointerScope()) {
      Tensor result = work.get();
      outer.attach(result);
      return result;
    }
  }

  /// The same, where no gradient is asked for later.
  static <T> T withoutGradients(Supplier<T> work) {
    boolean before = GradMode.is_enabled();
    GradMode.set_enabled(false);
    try {
      return work.get();
    } finally {
      GradMode.set_enabled(before);
    }
  }

  /// A tensor that lives until [#free].
  static Tensor zeros(ScalarType type, long... shape) {
    try (PointerScope _ = new PointerScope()) {
      Tensor made = torch.zeros(shape, new TensorOptions(type));
      made.retainReference();
      return made;
    }
  }

  static void free(Tensor tensor) {
    tensor.releaseReference();
  }

  static Scalar scalar(double value) {
    return new Scalar(value);
  }

  static Tensor numbers(double[] values, ScalarType type) {
    return Tensor.create(values).to(type);
  }

  static double[] numbers(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.numel())];
    tensor.to(ScalarType.Double).contiguous().data_ptr_double().get(values);
    return values;
  }
}
