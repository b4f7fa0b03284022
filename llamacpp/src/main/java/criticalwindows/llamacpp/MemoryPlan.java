package criticalwindows.llamacpp;

import criticalwindows.error.UserError;
import java.util.Locale;

/// How many sequences fit a memory budget.
///
/// Beside the keys and values of every sequence, which are the bulk, the budget holds the weights,
/// what one micro-batch needs on its way through a layer, three rows of logits for each sequence
/// (the graph's, the output buffer's, ours), and the Java machine. In bytes:
///
/// ```text
/// context = sequences × (cells × kvBytes + 3 × vocabulary × 4)
///   + 512 × 4 × (24 × embedding + 2 × cells) + cells × scoreBytes + 64 × vocabulary × 12
/// workers × context + weights + 256 MiB  ≤  budget
/// ```
///
/// All of it is taken when the context is made, before the first script runs, so that the peak does
/// not depend on how many scripts there are.
///
/// @param budget bytes of the whole process
/// @param weightBytes of the model, as often as it is held, and whatever else is taken once
/// @param kvBytes keys and values of one token, all layers
/// @param scoreBytes attention scores of a micro-batch for one cell; none with flash attention
/// @param embedding width of the residual stream
/// @param vocabulary number of tokens
record MemoryPlan(
    long budget, long weightBytes, long kvBytes, long scoreBytes, int embedding, int vocabulary) {
  private static final long JAVA_BYTES = 256L << 20;
  private static final long FLOAT_BYTES = 4;
  private static final long ROWS = 3;

  /// The fewest sequences of a worker: with less side by side, waiting for each other costs less
  /// than reading the weights once more.
  private static final int LEAST_OF_LANE = 32;

  /// Contexts side by side.
  ///
  /// @param workers how many, at least one
  /// @param shape of each
  record Layout(int workers, Cells.Shape shape) {
    int sequences() {
      return workers * shape.sequences();
    }
  }

  /// How to run scripts that come to hold at most `tokens` tokens: in as many workers as there are
  /// enough sequences for.
  ///
  /// @param workers the most, at least 1
  Layout layout(int tokens, int workers) {
    for (int count = workers; count > 1; count--) {
      long fit = fit(tokens, count);
      if (fit >= LEAST_OF_LANE) {
        int most = Math.max(2 * LEAST_OF_LANE, Context.MOST_SEQUENCES / count);
        Cells.Shape shape = new Cells.Shape((int) Math.min(fit, most), Cells.Shape.cells(tokens));
        return new Layout(count, shape);
      }
    }
    return new Layout(1, shape(tokens));
  }

  private long fit(int tokens, int workers) {
    int cells = Cells.Shape.cells(tokens);
    return ((budget - onceBytes()) / workers - contextBytes(cells)) / sequenceBytes(cells);
  }

  /// One context for scripts that come to hold at most `tokens` tokens.
  Cells.Shape shape(int tokens) {
    int cells = Cells.Shape.cells(tokens);
    long sequences = fit(tokens, 1);
    if (sequences < 1) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s of memory are too little for one text of %d tokens, which takes %s",
              megabytes(budget),
              tokens,
              megabytes(bytes(new Layout(1, new Cells.Shape(1, cells))))),
          "allow more memory, ask for shorter texts, or use a smaller model");
    }
    return new Cells.Shape((int) Math.min(sequences, Context.MOST_SEQUENCES), cells);
  }

  /// What a layout takes of the budget.
  long bytes(Layout layout) {
    int cells = layout.shape.cells();
    return onceBytes()
        + layout.workers * (contextBytes(cells) + layout.shape.sequences() * sequenceBytes(cells));
  }

  private long sequenceBytes(int cells) {
    return cells * kvBytes + ROWS * vocabulary * FLOAT_BYTES;
  }

  private long contextBytes(int cells) {
    long layer = Limits.MICRO_BATCH * FLOAT_BYTES * (24L * embedding + 2L * cells);
    return layer + cells * scoreBytes + 64 * ROWS * vocabulary * FLOAT_BYTES;
  }

  private long onceBytes() {
    return weightBytes + JAVA_BYTES;
  }

  private static String megabytes(long bytes) {
    return Math.ceilDiv(bytes, 1_000_000) + " MB";
  }
}
