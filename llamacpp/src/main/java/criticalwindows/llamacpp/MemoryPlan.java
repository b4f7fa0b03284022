package criticalwindows.llamacpp;

import criticalwindows.mistake.Mistake;
import java.util.Locale;

/// How many sequences fit a memory budget.
///
/// Beside the keys and values of every sequence, which are the bulk, the budget holds the weights,
/// what one micro-batch needs on its way through a layer, three rows of logits for each sequence
/// (the graph's, the output buffer's, ours), and the Java machine. In bytes:
///
/// ```text
/// sequences × (cells × kvBytes + 3 × vocabulary × 4)
///   + weights + 512 × 4 × (24 × embedding + 2 × cells) + cells × scoreBytes + 64 × vocabulary × 12 + 256 MiB  ≤  budget
/// ```
///
/// All of it is taken when the context is made, before the first script runs, so that the peak does
/// not depend on how many scripts there are.
///
/// @param budget bytes of the whole process
/// @param weightBytes of the model
/// @param kvBytes keys and values of one token, all layers
/// @param scoreBytes attention scores of a micro-batch for one cell; none with flash attention
/// @param embedding width of the residual stream
/// @param vocabulary number of tokens
record MemoryPlan(
    long budget, long weightBytes, long kvBytes, long scoreBytes, int embedding, int vocabulary) {
  private static final long JAVA_BYTES = 256L << 20;
  private static final long FLOAT_BYTES = 4;
  private static final long ROWS = 3;

  /// The shape to run scripts in that come to hold at most `tokens` tokens.
  Context.Shape shape(int tokens) {
    int cells = Context.Shape.cells(tokens);
    long sequences = (budget - fixedBytes(cells)) / sequenceBytes(cells);
    if (sequences < 1) {
      throw new Mistake(
          String.format(
              Locale.ROOT,
              "%s of memory are too little for one text of %d tokens, which takes %s",
              megabytes(budget),
              tokens,
              megabytes(fixedBytes(cells) + sequenceBytes(cells))),
          "allow more memory, ask for shorter texts, or use a smaller model");
    }
    return new Context.Shape((int) Math.min(sequences, Context.MOST_SEQUENCES), cells);
  }

  /// What `shape` takes of the budget.
  long bytes(Context.Shape shape) {
    return fixedBytes(shape.cells()) + shape.sequences() * sequenceBytes(shape.cells());
  }

  private long sequenceBytes(int cells) {
    return cells * kvBytes + ROWS * vocabulary * FLOAT_BYTES;
  }

  private long fixedBytes(int cells) {
    long layer = Context.MICRO_BATCH * FLOAT_BYTES * (24L * embedding + 2L * cells);
    return weightBytes
        + layer
        + cells * scoreBytes
        + 64 * ROWS * vocabulary * FLOAT_BYTES
        + JAVA_BYTES;
  }

  private static String megabytes(long bytes) {
    return Math.ceilDiv(bytes, 1_000_000) + " MB";
  }
}
