package criticalwindows.model;

import java.util.Optional;

/// A place in what a [Step.Sample] writes at which the probabilities of some ids are wanted, such
/// as those of each choice's label behind "The answer is (".
///
/// @param after what stands between the beginning of the writing and that place, exactly
/// @param ids whose probabilities as the next token are wanted, all different; none: nothing is
///   watched
/// @param naming how what the ids stand for is named in other words, where the writing does not
///   come to that place; with it [WatchedLogProbs#forced] is wanted too
public record Watch(Tokens after, Tokens ids, Optional<Naming> naming) {
  /// Nothing is watched.
  public static final Watch NOTHING = new Watch(Tokens.none(), Tokens.none());

  public Watch {
    if (ids.stream().distinct().count() < ids.size()) {
      throw new IllegalArgumentException("an id is watched twice: " + ids);
    }
  }

  /// The probabilities are wanted where the model comes to the place by itself.
  public Watch(Tokens after, Tokens ids) {
    this(after, ids, Optional.empty());
  }

  /// The same place, and the probabilities whether the model comes to it or not.
  public Watch everywhere(Naming other) {
    return new Watch(after, ids, Optional.of(other));
  }

  /// Whether the probabilities are wanted though the model does not come to the place.
  public boolean everywhere() {
    return naming.isPresent() && !ids.isEmpty();
  }

  /// Finds how likely the ids are at the place itself.
  public Alternatives here() {
    return new Alternatives(after, ids.stream().mapToObj(id -> Tokens.of(id)).toList());
  }
}
