package criticalwindows.reference;

import criticalwindows.study.TrainingStudy.Size;

/// How much [ReferenceStudy] computes.
///
/// @param heldOut texts of each topic that are measured on
/// @param measured of these, at how many continuations are sampled
/// @param cuts of each of them
/// @param rollouts at each cut
/// @param drawn texts in a round of drawing
/// @param rounds at least
/// @param tokens that each reference learns from in an epoch
record ReferenceScale(
    int heldOut,
    int measured,
    int cuts,
    int rollouts,
    int drawn,
    int rounds,
    int tokens,
    int epochs,
    int batch,
    double rate,
    int rank) {
  /// Of the texts that are measured on.
  static final long HELD_OUT_SEED = 4040;

  private static final ReferenceScale SMALL =
      new ReferenceScale(12, 3, 4, 4, 24, 1, 800, 1, 8, 2e-3, 4);
  private static final ReferenceScale PUBLISHED =
      new ReferenceScale(120, 40, 8, 16, 200, 3, 20_000, 2, 8, 1e-3, 16);

  static ReferenceScale of(Size size) {
    return size == Size.SMALL ? SMALL : PUBLISHED;
  }
}
