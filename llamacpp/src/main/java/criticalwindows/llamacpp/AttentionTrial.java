package criticalwindows.llamacpp;

import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampler;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Finds the way to compute attention that takes the least processor time: which it is depends on
/// the processor, its library, and the length of the heads, by up to a factor of two either way
/// (decisions 3, 10 and 17). One thread computes and its own time is measured, so other programs on
/// the machine have no say.
final class AttentionTrial {
  private static final int SEQUENCES = 32;
  private static final int PREFIX = 192;
  private static final int CELLS = 256;

  /// Steps of each way, after one to warm up: at least so many, and then until they took long.
  private static final int FEWEST = 4;

  private static final int MOST = CELLS - PREFIX - 1;
  private static final Duration LONG = Duration.ofMillis(250);

  /// Models above this take too long to try, and attention is a small part of their work.
  private static final long MOST_BYTES = 256L << 20;

  /// A forward pass of our own must agree with llama.cpp's to this, in log-probability, or it is
  /// not used.
  private static final double MOST_APART = .05;

  /// It is taken where it is within this of the quickest: it gains most on texts that are longer
  /// than the trial's.
  private static final double AS_QUICK = 1.1;

  private AttentionTrial() {}

  /// What came of a way.
  ///
  /// @param best processor time of the quickest step
  /// @param logProbs after the first one
  private record Tried(Attention way, Duration best, LogProbs logProbs) {}

  /// What came of a trial.
  ///
  /// @param times of the quickest step
  record Outcome(Attention way, Map<Attention, Duration> times) {}

  /// Whether a model can be tried, and it is worth while.
  static boolean fits(Weights weights) {
    return weights.bytes() <= MOST_BYTES && weights.number("llama_model_n_ctx_train") >= CELLS;
  }

  /// Tries all ways that there are for a model.
  static Outcome of(Weights weights, LlamaOptions options) {
    LlamaOptions alone = options.withThreads(1);
    Tried flash = attempt(weights, alone.withAttention(Attention.FLASH));
    List<Tried> tried = new ArrayList<>(List.of(flash));
    tried.add(attempt(weights, alone.withAttention(Attention.PLAIN)));
    if (weights.decoder().isPresent()) {
      Tried shared = attempt(weights, alone.withAttention(Attention.SHARED));
      if (apart(shared.logProbs, flash.logProbs) <= MOST_APART) {
        tried.add(shared);
      }
    }
    Map<Attention, Duration> times = new EnumMap<>(Attention.class);
    tried.forEach(each -> times.put(each.way, each.best));
    return new Outcome(best(times), times);
  }

  /// The way to take.
  static Attention best(Map<Attention, Duration> times) {
    Attention quickest =
        times.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    double least = times.getOrDefault(quickest, LONG).toNanos();
    double shared = times.getOrDefault(Attention.SHARED, Duration.ofDays(1)).toNanos();
    return shared <= AS_QUICK * least ? Attention.SHARED : quickest;
  }

  /// Steps of many sequences.
  private static Tried attempt(Weights weights, LlamaOptions options) {
    Cells.Shape shape = new Cells.Shape(SEQUENCES, CELLS);
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
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
      float[] logits = new float[vocabulary];
      long best = Long.MAX_VALUE;
      long all = 0;
      for (int i = 0; i < FEWEST || (i < MOST - 1 && all < LONG.toNanos()); i++) {
        long began = clock.getCurrentThreadCpuTime();
        step(context);
        long took = clock.getCurrentThreadCpuTime() - began;
        best = Math.min(best, took);
        all += took;
        if (i == 0) {
          context.row(SEQUENCES - 1, logits);
        }
      }
      return new Tried(options.attention(), Duration.ofNanos(best), logProbs(logits));
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
        .probs(logits, all);
  }

  /// The largest difference of a log-probability.
  private static double apart(LogProbs a, LogProbs b) {
    return IntStream.range(0, a.size())
        .mapToDouble(i -> Math.abs(a.at(i) - b.at(i)))
        .max()
        .orElseThrow();
  }
}
