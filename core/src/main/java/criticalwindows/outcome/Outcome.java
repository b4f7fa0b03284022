package criticalwindows.outcome;

/// What a response came to, as a class: an answer, the colour it names, whether it refuses.
public interface Outcome {
  /// Whether it is one at all. What cannot be read is an outcome too, with its reason, and the same
  /// as no other.
  boolean readable();

  /// Equal for outcomes of the same class, and for no others.
  default Object comparedBy() {
    return this;
  }

  /// Whether both are readable and of the same class: an equivalence on readable outcomes.
  default boolean same(Outcome other) {
    return readable() && other.readable() && comparedBy().equals(other.comparedBy());
  }

  /// For people: `B`, `blue`, `unread: no answer stated`.
  String show();
}
