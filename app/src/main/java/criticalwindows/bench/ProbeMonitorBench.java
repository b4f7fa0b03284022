package criticalwindows.bench;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.SequencePool;
import criticalwindows.llamacpp.EngineBench;
import criticalwindows.llamacpp.LlamaActivations;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Tokens;
import criticalwindows.monitor.Followed;
import criticalwindows.monitor.Gatherings;
import criticalwindows.monitor.MixedScore;
import criticalwindows.monitor.Monitor;
import criticalwindows.monitor.ProbeScore;
import criticalwindows.monitor.Questions;
import criticalwindows.probe.Probe;
import criticalwindows.stats.MedianEstimate;
import criticalwindows.view.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/// What a probe costs while a response is written: a monitor that reads it token by token, held
/// against plain decoding of as many tokens of one sequence by the same engine, one thread each, by
/// turns. Plain decoding computes the whole model and draws; the monitor computes up to the probe's
/// layer, reads a vector, and applies a linear probe.
final class ProbeMonitorBench {
  private static final int PROMPT = 64;
  private static final int TOKENS = 192;

  /// Rounds that are thrown away.
  private static final int WARM = 2;

  private ProbeMonitorBench() {}

  /// What was measured.
  ///
  /// @param hook that the probe reads
  /// @param plain microseconds a token of plain decoding, over the rounds
  /// @param watched the same of the monitor
  /// @param ratios of the two in the same round, each
  record Measured(
      HookPoint hook, MedianEstimate plain, MedianEstimate watched, List<Double> ratios) {
    /// The median of the ratios.
    MedianEstimate ratio() {
      return estimate(ratios.stream().mapToDouble(each -> each).toArray());
    }

    /// For people.
    String line() {
      return hook.word()
          + ": "
          + Numbers.of(watched.value(), 1)
          + " µs a token against "
          + Numbers.of(plain.value(), 1)
          + " plain, ratio "
          + Numbers.of(ratio().value(), 3)
          + " "
          + Numbers.interval(ratio().interval())
          + ", n = "
          + ratio().count();
    }
  }

  /// Measures.
  ///
  /// @param rounds at least one, after a few that are thrown away
  static Measured measure(Path gguf, LlamaOptions options, HookPoint hook, int rounds)
      throws InterruptedException {
    LlamaOptions one = options.withThreads(1).withAttention(LlamaOptions.Attention.FLASH);
    double[] plain = new double[rounds];
    double[] watched = new double[rounds];
    double[] ratio = new double[rounds];
    LlamaActivations.Room room = new LlamaActivations.Room(List.of(hook), 1, PROMPT + TOKENS);
    try (LlamaModel model = LlamaModel.open(gguf, one);
        LlamaActivations reader = LlamaActivations.open(gguf, one, room)) {
      Tokens text = text(model.vocabulary().size());
      for (int round = -WARM; round < rounds; round++) {
        double decoding = plain(model, text.prefix(PROMPT));
        double reading = watched(reader, text);
        if (round >= 0) {
          plain[round] = decoding;
          watched[round] = reading;
          ratio[round] = reading / decoding;
        }
      }
    }
    return new Measured(
        hook, estimate(plain), estimate(watched), DoubleStream.of(ratio).boxed().toList());
  }

  private static MedianEstimate estimate(double[] values) {
    return MedianEstimate.of(values).orElseThrow();
  }

  private static Tokens text(int vocabulary) {
    SplittableRandom random = new SplittableRandom(1);
    return Tokens.of(random.ints(PROMPT + TOKENS, 0, vocabulary).toArray());
  }

  private static double plain(LlamaModel model, Tokens start) throws InterruptedException {
    EngineBench.Timing timing = EngineBench.naive(model, List.of(start), TOKENS);
    return timing.rest().toNanos() / 1e3 / (TOKENS - 1);
  }

  /// Microseconds a token, after the first one, which comes with the prompt.
  private static double watched(LlamaActivations reader, Tokens text) throws InterruptedException {
    reader.trim(0, 0);
    ProbeScore score =
        new ProbeScore(
            new SequencePool(reader),
            List.of(new Linear(reader.hooks(), weights(reader.width()))),
            "yes",
            Gatherings.named(Gatherings.STANDARD));
    Monitor monitor = new Monitor(MixedScore.of(score), NOTHING, Map.of());
    Followed followed = monitor.begin("one", text.prefix(PROMPT));
    next(monitor, followed, text, 0);
    long began = System.nanoTime();
    for (int token = 1; token < TOKENS; token++) {
      next(monitor, followed, text, token);
    }
    return (System.nanoTime() - began) / 1e3 / (TOKENS - 1);
  }

  /// What early answers would ask; there are none.
  private static final Questions NOTHING =
      new Questions(1, Tokens.none(), Tokens.of(0), Tokens.of(0));

  private static void next(Monitor monitor, Followed followed, Tokens text, int token)
      throws InterruptedException {
    Tokens one = text.slice(PROMPT + token, PROMPT + token + 1);
    monitor.read(List.of(new Monitor.Piece(followed, one, Monitor.More.COMES)));
    if (!Double.isFinite(followed.score(token))) {
      throw new IllegalStateException("a score that is no number");
    }
  }

  private static List<Double> weights(int width) {
    return new SplittableRandom(2).doubles(width, -1, 1).boxed().toList();
  }

  /// A linear probe.
  private record Linear(List<HookPoint> hooks, List<Double> weights) implements Probe {
    @Override
    public String kind() {
      return "linear";
    }

    @Override
    public List<String> classes() {
      return List.of("yes", "no");
    }

    @Override
    public Reads reads() {
      return Reads.LAST_TOKEN;
    }

    @Override
    public Reading begin() {
      double[] each = weights.stream().mapToDouble(Double::doubleValue).toArray();
      return new Reading() {
        @Override
        public double[] next(float[] vectors) {
          double sum = 0;
          for (int i = 0; i < each.length; i++) {
            sum += each[i] * vectors[i];
          }
          return new double[] {sum, 0};
        }

        @Override
        public void trim(int kept) {}
      };
    }
  }
}
