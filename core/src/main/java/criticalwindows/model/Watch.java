package criticalwindows.model;

/// A place in what a [Step.Sample] writes at which the odds of some ids are wanted, such as those
/// of each choice's label behind "The answer is (".
///
/// @param after what must have been written so far, exactly
/// @param ids whose odds as the next token are wanted, all different; none: nothing is watched
public record Watch(Tokens after, Tokens ids) {
  /// Nothing is watched.
  public static final Watch NOTHING = new Watch(Tokens.none(), Tokens.none());

  public Watch {
    if (ids.stream().distinct().count() < ids.size()) {
      throw new IllegalArgumentException("an id is watched twice: " + ids);
    }
  }
}
