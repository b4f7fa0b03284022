package criticalwindows.torch;

import criticalwindows.gguf.Tensor.Rows;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The numbers of a contiguous tensor, row by row.
final class RowAccess {
  private RowAccess() {}

  static void fill(Tensor tensor, Rows rows) {
    float[] row = new float[Math.toIntExact(tensor.size(tensor.dim() - 1))];
    long count = tensor.numel() / row.length;
    for (long i = 0; i < count; i++) {
      rows.read(i, row);
      write(tensor, i, row);
    }
  }

  private static void write(Tensor tensor, long at, float[] row) {
    try (PointerScope _ = new PointerScope()) {
      if (isDouble(tensor)) {
        DoublePointer numbers = tensor.data_ptr_double();
        for (int i = 0; i < row.length; i++) {
          numbers.put(at * row.length + i, row[i]);
        }
      } else {
        tensor.data_ptr_float().position(at * row.length).put(row);
      }
    }
  }

  static void read(Tensor tensor, long at, float[] into) {
    try (PointerScope _ = new PointerScope()) {
      if (isDouble(tensor)) {
        DoublePointer numbers = tensor.data_ptr_double();
        for (int i = 0; i < into.length; i++) {
          into[i] = (float) numbers.get(at * into.length + i);
        }
      } else {
        FloatPointer numbers = tensor.data_ptr_float();
        numbers.position(at * into.length).get(into);
      }
    }
  }

  /// A tensor that reads there.
  static criticalwindows.gguf.Tensor view(String name, Tensor tensor) {
    return new criticalwindows.gguf.Tensor(
        name, shape(tensor), (row, into) -> read(tensor, row, into));
  }

  static List<Long> shape(Tensor tensor) {
    return Arrays.stream(tensor.shape()).boxed().toList();
  }

  private static boolean isDouble(Tensor tensor) {
    return tensor.scalar_type().intern() == ScalarType.Double;
  }
}
