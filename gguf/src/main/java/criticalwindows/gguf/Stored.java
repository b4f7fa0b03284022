package criticalwindows.gguf;

/// A tensor and how its numbers are to be stored.
public record Stored(Tensor tensor, ElementType type) {
  /// The bytes that it takes in a file.
  long bytes() {
    return Math.multiplyExact(tensor.size(), type.bytes());
  }
}
