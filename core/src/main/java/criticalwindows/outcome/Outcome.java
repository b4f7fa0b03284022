package criticalwindows.outcome;

/// What a response came to, as a class: an answer, the colour it names, whether it refuses.
public interface Outcome {
  /// Whether it is one at all. What cannot be read is an outcome too, with its reason, and the same
  /// as no other.
  boolean readable();

  /// Whether both are the same class: an equivalence on readable outcomes, and never true of
  /// others.
  boolean same(Outcome other);

  /// For people: `B`, `blue`, `unread: no answer stated`.
  String show();
}
