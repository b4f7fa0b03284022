package criticalwindows.llamacpp;

/// Measures what a model's keys and values take. Architectures differ in too many ways for a
/// formula; the size of a sequence's saved state grows by exactly that with every token.
final class CacheProbe {
  private CacheProbe() {}

  /// Bytes of one token, all layers.
  static long keyValueBytes(Weights weights, LlamaOptions options) {
    try (StreamContext context = new StreamContext(weights, new Cells.Shape(1, 256), options)) {
      context.read(0, 0);
      context.decode();
      long one = context.stateSize(0);
      context.read(0, 0);
      context.decode();
      return context.stateSize(0) - one;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while the model was measured", e);
    }
  }
}
