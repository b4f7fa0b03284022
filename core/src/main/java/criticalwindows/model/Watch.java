package criticalwindows.model;

/// A place in what a [Step.Sample] writes at which the odds of some ids are wanted, such as those
/// of each choice's label behind "The answer is (".
///
/// @param after what stands between the beginning of the writing and that place, exactly
/// @param ids whose odds as the next token are wanted, all different; none: nothing is watched
/// @param reading how the place is come to
public record Watch(Tokens after, Tokens ids, Reading reading) {
  /// Nothing is watched.
  public static final Watch NOTHING = new Watch(Tokens.none(), Tokens.none());

  /// How the place is come to.
  public enum Reading {
    /// Only if the model writes what stands before it: [Odds#written].
    WRITTEN,
    /// Beside that, what stands before it is fed as if the model had written it:
    /// [Odds#forced], a forced or prefilled answer. What is written stays as it is.
    FORCED
  }

  public Watch {
    if (ids.stream().distinct().count() < ids.size()) {
      throw new IllegalArgumentException("an id is watched twice: " + ids);
    }
  }

  /// The odds are wanted where the model comes to the place by itself.
  public Watch(Tokens after, Tokens ids) {
    this(after, ids, Reading.WRITTEN);
  }

  /// The same place, and its odds whether the model comes to it or not.
  public Watch forced() {
    return new Watch(after, ids, Reading.FORCED);
  }

  /// Whether [Odds#forced] is wanted.
  public boolean forces() {
    return reading == Reading.FORCED && !ids.isEmpty();
  }
}
