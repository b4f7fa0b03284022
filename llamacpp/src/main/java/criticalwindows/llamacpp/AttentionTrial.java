package criticalwindows.llamacpp;

import criticalwindows.llamacpp.LlamaOptions.Attention;

/// Finds the quicker way to compute attention: which it is depends on the processor, its library,
/// and the length of the heads, by up to a factor of two either way (decision 3).
final class AttentionTrial {
  private static final int SEQUENCES = 32;
  private static final int PREFIX = 192;
  private static final int STEPS = 4;

  /// Models above this take too long to try, and attention is a small part of their work.
  private static final long MOST_BYTES = 512L << 20;

  private AttentionTrial() {}

  /// The same options, with the way decided.
  static LlamaOptions decide(Weights weights, LlamaOptions options) {
    if (options.attention() != Attention.AUTO) {
      return options;
    }
    LlamaOptions flash = options.withAttention(Attention.FLASH);
    LlamaOptions plain = options.withAttention(Attention.PLAIN);
    if (weights.bytes() > MOST_BYTES || weights.number("llama_model_n_ctx_train") < 256) {
      return flash;
    }
    return nanos(weights, plain) < nanos(weights, flash) ? plain : flash;
  }

  /// The quickest of a few steps of many sequences, after one to warm up.
  private static long nanos(Weights weights, LlamaOptions options) {
    try (Context context = new Context(weights, new Context.Shape(SEQUENCES, 256), options)) {
      for (int i = 0; i < PREFIX; i++) {
        context.read(0, 0);
      }
      context.decode();
      for (int sequence = 1; sequence < SEQUENCES; sequence++) {
        context.fork(0, sequence, PREFIX);
      }
      step(context);
      long best = Long.MAX_VALUE;
      for (int i = 0; i < STEPS; i++) {
        long began = System.nanoTime();
        step(context);
        best = Math.min(best, System.nanoTime() - began);
      }
      return best;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while attention was tried", e);
    }
  }

  private static void step(Context context) throws InterruptedException {
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
      context.ask(0, sequence);
    }
    context.decode();
  }
}
