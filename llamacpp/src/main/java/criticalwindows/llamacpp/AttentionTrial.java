package criticalwindows.llamacpp;

import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampler;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Finds the quickest way to compute attention: which it is depends on the processor, its library,
/// and the length of the heads, by up to a factor of two either way (decisions 3 and 10).
final class AttentionTrial {
  private static final int SEQUENCES = 32;
  private static final int PREFIX = 192;
  private static final int STEPS = 4;

  /// Models above this take too long to try, and attention is a small part of their work.
  private static final long MOST_BYTES = 512L << 20;

  /// A forward pass of our own must agree with llama.cpp's to this, in log-probability, or it is
  /// not used.
  private static final double MOST_APART = .05;

  private AttentionTrial() {}

  /// What came of a way.
  ///
  /// @param best the quickest step
  /// @param logProbs after the last one
  private record Tried(Attention way, Duration best, LogProbs logProbs) {}

  /// The same options, with the way decided.
  static LlamaOptions decide(Weights weights, LlamaOptions options) {
    if (options.attention() != Attention.AUTO) {
      return options;
    }
    if (weights.bytes() > MOST_BYTES || weights.number("llama_model_n_ctx_train") < 256) {
      return options.withAttention(Attention.FLASH);
    }
    Tried flash = attempt(weights, options.withAttention(Attention.FLASH));
    List<Tried> tried = new ArrayList<>(List.of(flash));
    tried.add(attempt(weights, options.withAttention(Attention.PLAIN)));
    if (weights.decoder().isPresent()) {
      Tried shared = attempt(weights, options.withAttention(Attention.SHARED));
      if (apart(shared.logProbs, flash.logProbs) <= MOST_APART) {
        tried.add(shared);
      }
    }
    Tried best = tried.stream().min((a, b) -> a.best.compareTo(b.best)).orElseThrow();
    if (best.way != Attention.SHARED) {
      weights.releaseDecoder();
    }
    return options.withAttention(best.way);
  }

  /// A few steps of many sequences, after one to warm up.
  private static Tried attempt(Weights weights, LlamaOptions options) {
    Context.Shape shape = new Context.Shape(SEQUENCES, 256);
    try (Context context = Context.open(weights, shape, options)) {
      int vocabulary = context.vocabulary();
      for (int i = 0; i < PREFIX; i++) {
        context.read(i % vocabulary, 0);
      }
      context.decode();
      for (int sequence = 1; sequence < SEQUENCES; sequence++) {
        context.fork(0, sequence, PREFIX);
      }
      step(context);
      Duration best = Duration.ofDays(1);
      for (int i = 0; i < STEPS; i++) {
        long began = System.nanoTime();
        step(context);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        best = took.compareTo(best) < 0 ? took : best;
      }
      float[] logits = new float[vocabulary];
      context.row(SEQUENCES - 1, logits);
      return new Tried(options.attention(), best, logProbs(logits));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while attention was tried", e);
    }
  }

  private static void step(Context context) throws InterruptedException {
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
      context.ask(sequence % context.vocabulary(), sequence);
    }
    context.decode();
  }

  /// Log-probabilities of all tokens.
  private static LogProbs logProbs(float[] logits) {
    Tokens all = Tokens.of(IntStream.range(0, logits.length).toArray());
    return new Sampler(logits.length)
        .draw(logits, Sampling.GREEDY, new SplittableRandom(0))
        .odds(logits, all);
  }

  /// The largest difference of a log-probability.
  private static double apart(LogProbs a, LogProbs b) {
    return IntStream.range(0, a.size())
        .mapToDouble(i -> Math.abs(a.at(i) - b.at(i)))
        .max()
        .orElseThrow();
  }
}
