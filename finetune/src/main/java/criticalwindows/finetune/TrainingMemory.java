package criticalwindows.finetune;

import criticalwindows.finetune.WhiteBoxes.Precision;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.gguf.DecoderConfig.Architecture;
import criticalwindows.gguf.DecoderShape;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What training a decoder takes of memory, in bytes, beside the heap of Java.
///
/// All is counted that LibTorch keeps for the way back: for each token and layer the norms, the
/// turned queries and keys, what attention gave, and four vectors of the feed-forward part. It is
/// an upper bound, a few per cent above what was measured.
///
/// @param lora the adapter that is trained; absent: all weights
public record TrainingMemory(DecoderConfig config, Optional<LoraConfig> lora, Precision precision) {
  /// The code of Java and LibTorch, and what they take to begin with.
  public static final long PROGRAM = 400L << 20;

  private static final int SINGLE = Float.BYTES;
  private static final int HALF = Short.BYTES;

  /// The most logits that stand in memory at once, and where a row of a vocabulary is longer, that.
  private static final long LOGITS = 1L << 23;

  /// Pieces that the allocator cannot use again.
  private static final double WASTE = 1.2;

  /// Code that is made for each shape of product in bfloat16, and its scratch.
  private static final long MADE_CODE = 64L << 20;

  /// What a call computes at once.
  ///
  /// @param tokens of all its passages
  /// @param longest tokens of the longest passage
  /// @param places after which tokens are asked for
  public record Load(long tokens, int longest, long places) {
    public Load {
      if (longest < 1 || tokens < longest || places < 0 || places > tokens) {
        throw new IllegalArgumentException(
            places + " places in " + tokens + " tokens, at most " + longest + " at once");
      }
    }
  }

  /// The program, all weights, and of those that are trained the gradient and two moments; in
  /// bfloat16 a copy of the weights too.
  public long fixed() {
    long weights = weights();
    long trained = lora.map(this::adapter).orElse(weights);
    long copies = precision == Precision.BFLOAT16 ? HALF * (weights + largest()) + MADE_CODE : 0;
    long held = SINGLE * (lora.isPresent() ? weights + 4 * trained : 4 * weights);
    // A step works on one matrix at a time, and so does the way back.
    return PROGRAM + (long) (WASTE * (held + copies + 2L * SINGLE * largest()));
  }

  /// What a call of [WhiteBox#accumulate] takes on top.
  public long step(Load load) {
    DecoderShape shape = config.shape();
    long layer = load.tokens() * tokenLayer() + attention(load);
    // The layer at work holds as much again, and its gradients.
    long layers = layer * (shape.layers() + 2);
    long ends = 6L * SINGLE * load.tokens() * shape.hidden();
    long chunk = Math.max(LOGITS, shape.vocabulary());
    long logits = 3L * SINGLE * Math.min(chunk, load.places() * shape.vocabulary());
    return (long) (WASTE * (layers + ends + logits));
  }

  /// The most of both.
  public long peak(Load load) {
    return fixed() + step(load);
  }

  /// Bytes that a token takes in each layer.
  private long tokenLayer() {
    DecoderShape shape = config.shape();
    long hidden = shape.hidden();
    long queries = shape.queries();
    long keys = shape.keyHeads() == shape.heads() ? shape.keys() : shape.keys() + queries;
    long norms = config.architecture() == Architecture.QWEN3 ? 2 * (queries + shape.keys()) : 0;
    long inner = lora.map(own -> targets(own) * (long) own.rank()).orElse(0L);
    return switch (precision) {
      case FLOAT32 ->
          SINGLE * (6 * hidden + 3 * queries + 2 * keys + norms + 4L * shape.feedForward() + inner);
      case BFLOAT16 ->
          SINGLE * (4 * hidden + norms)
              + HALF * (2 * hidden + 4 * queries + 4 * keys + 4L * shape.feedForward() + inner);
    };
  }

  private static int targets(LoraConfig config) {
    return config.targets().size();
  }

  /// The fused attention keeps one number for each token and head; in bfloat16 the shares of all
  /// tokens before it are kept.
  private long attention(Load load) {
    long heads = config.shape().heads();
    return switch (precision) {
      case FLOAT32 -> SINGLE * heads * load.tokens();
      case BFLOAT16 -> HALF * heads * load.tokens() * load.longest();
    };
  }

  private long weights() {
    return config.weights().stream().mapToLong(TrainingMemory::size).sum();
  }

  private long largest() {
    return config.weights().stream().mapToLong(TrainingMemory::size).max().orElse(0);
  }

  private static long size(DecoderConfig.Weight weight) {
    return weight.shape().stream().reduce(1L, Math::multiplyExact);
  }

  /// The numbers of an adapter.
  private long adapter(LoraConfig own) {
    Set<String> names = new HashSet<>();
    for (int layer = 0; layer < config.shape().layers(); layer++) {
      for (Projection projection : own.targets()) {
        names.add(projection.hfName(layer) + ".weight");
      }
    }
    return config.weights().stream()
        .filter(weight -> names.contains(weight.hfName()))
        .mapToLong(weight -> own.rank() * sides(weight.shape()))
        .sum();
  }

  private static long sides(List<Long> shape) {
    return shape.getFirst() + shape.getLast();
  }
}
