package criticalwindows.rollout;

import java.util.List;

/// What a [Protocol] asks of one item, as samples come in. One thread at a time uses it.
public interface Course {
  /// Works out what comes next, as far as that takes long and needs no model: called side by side
  /// for many items, before [#next].
  default void prepare() {}

  /// What is asked beyond all that was asked before. Empty while it waits for samples, and at its
  /// end: with nothing asked for and nothing missing, the item is done.
  List<Task> next();

  /// What came of a script that was asked for, now or in an earlier session. A script that failed
  /// is not heard of: what waits for it rests until another session.
  ///
  /// @param rows of the script, in the order of their turns
  void ended(Key key, List<Sample> rows);

  /// Whether all that it will ever ask is asked, whatever comes of it.
  default boolean settled() {
    return false;
  }

  /// What one of its tasks is worth, by the limits of a budget: the greatest goes first.
  default double worth(Task task, Budget budget) {
    return 0;
  }
}
