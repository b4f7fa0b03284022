package criticalwindows.gguf;

/// A tensor and how its numbers are to be stored.
public record Stored(Tensor tensor, ElementType type) {
  public Stored {
    if (tensor.columns() % type.block() != 0) {
      throw new IllegalArgumentException(
          "rows of " + tensor.columns() + " are no whole blocks of " + type);
    }
  }

  /// The bytes that it takes in a file.
  long bytes() {
    return type.bytes(tensor.size());
  }
}
