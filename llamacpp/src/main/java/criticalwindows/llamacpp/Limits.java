package criticalwindows.llamacpp;

/// What a batch can hold.
///
/// @param tokens most of them
/// @param pairs most pairs of a token and a cell it reads
record Limits(int tokens, int pairs) {
  private static final int SCORES = 2 << 20;

  /// Tokens that a batch can always hold, however long their texts.
  private static final int LEAST = 4;

  /// What the scores of a batch take at their way through the softmax, for each cell of a sequence.
  static long scoreBytes(Decoder.Sizes sizes) {
    int each = Math.max(SCORES / Context.Shape.cells(1), LEAST * sizes.heads());
    return 4L * Float.BYTES * each;
  }

  static Limits of(Decoder.Sizes sizes, Context.Shape shape) {
    int pairs = Math.max(SCORES / sizes.heads(), LEAST * 2 * shape.cells());
    return new Limits(Math.min(Context.MICRO_BATCH, shape.batch()), pairs);
  }
}
