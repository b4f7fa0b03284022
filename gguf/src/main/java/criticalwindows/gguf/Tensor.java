package criticalwindows.gguf;

import java.util.List;
import java.util.function.LongUnaryOperator;

/// A named array of numbers that is read row by row, so that none need fit the heap.
///
/// @param shape outermost dimension first; the last one is the length of a row
public record Tensor(String name, List<Long> shape, Rows rows) {
  public Tensor {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.stream().anyMatch(length -> length < 1)) {
      throw new IllegalArgumentException("tensor " + name + " has the shape " + shape);
    }
  }

  /// Gives the numbers of one row.
  @FunctionalInterface
  public interface Rows {
    /// @param row counted from 0 over all dimensions but the last
    /// @param into as long as a row
    void read(long row, float[] into);
  }

  /// The length of a row.
  public int columns() {
    return Math.toIntExact(shape.getLast());
  }

  /// The number of rows.
  public long rowCount() {
    return shape.subList(0, shape.size() - 1).stream().reduce(1L, Math::multiplyExact);
  }

  /// The number of numbers.
  public long size() {
    return Math.multiplyExact(rowCount(), columns());
  }

  /// All numbers, row after row.
  ///
  /// @throws ArithmeticException if they do not fit one array
  public float[] toArray() {
    float[] all = new float[Math.toIntExact(size())];
    float[] row = new float[columns()];
    for (int i = 0; i < rowCount(); i++) {
      rows.read(i, row);
      System.arraycopy(row, 0, all, i * row.length, row.length);
    }
    return all;
  }

  /// The same rows in another order.
  ///
  /// @param source where a row is taken from
  Tensor reordered(LongUnaryOperator source) {
    return new Tensor(name, shape, (row, into) -> rows.read(source.applyAsLong(row), into));
  }

  /// The same numbers under another name.
  public Tensor named(String other) {
    return new Tensor(other, shape, rows);
  }
}
