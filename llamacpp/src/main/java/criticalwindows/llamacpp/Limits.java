package criticalwindows.llamacpp;

/// What a batch can hold.
///
/// @param tokens most of them
/// @param pairs most pairs of a token and a cell it reads
record Limits(int tokens, int pairs) {
  /// Tokens computed together inside one batch.
  static final int MICRO_BATCH = 512;

  private static final int SCORES = 2 << 20;

  /// About as many tokens a batch can always hold, however long their texts: at least one.
  private static final int LEAST = 8;

  /// What scores take on their way through the softmax: as often as this.
  private static final long COPIES = 4;

  /// What the scores of a batch take, beside [#scoreBytes].
  static long bytes() {
    return COPIES * SCORES * Float.BYTES;
  }

  /// What they take besides, for each cell of a sequence.
  static long scoreBytes(Decoder.Sizes sizes) {
    return COPIES * LEAST * sizes.heads() * Float.BYTES;
  }

  static Limits of(Decoder.Sizes sizes, Cells.Shape shape) {
    int pairs = Math.max(SCORES / sizes.heads(), LEAST * shape.cells());
    return new Limits(Math.min(MICRO_BATCH, shape.batch()), pairs);
  }
}
