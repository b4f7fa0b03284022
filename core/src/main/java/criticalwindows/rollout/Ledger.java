package criticalwindows.rollout;

import criticalwindows.dataset.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Every sample of a run. What [#append] has returned from is never lost, and never there twice.
/// One thread appends while another reads.
public interface Ledger extends AutoCloseable {
  /// The problems of the run, in its order.
  List<Problem> problems();

  /// The keys of all scripts whose samples are here, as a set of the caller's own.
  Set<Key> keys();

  /// The last wave that was appended, 0 before the first.
  int lastWave();

  /// Adds one wave: durable when this returns, all of it or nothing.
  ///
  /// @param samples all rows of each script in it
  /// @throws IllegalStateException if a key and turn is there already
  void append(List<Sample> samples);

  /// Notes that a script can never succeed. It has no samples, and a later run tries it again.
  ///
  /// @param reason for people, on one line
  default void failed(Key key, String reason) {
    throw new IllegalStateException(key + " failed: " + reason);
  }

  /// The samples of one problem, in the order of their keys.
  List<Sample> samples(String problem);

  /// The responses of these problems that were cut, by problem; none where it is not sampled.
  default Map<String, Sample> originals(List<Problem> of) {
    Map<String, Sample> originals = new HashMap<>();
    for (Problem problem : of) {
      samples(problem.id()).stream()
          .filter(Sample::cut)
          .forEach(original -> originals.put(problem.id(), original));
    }
    return originals;
  }

  /// Every problem with its samples in the order of their keys, problem by problem in the run's
  /// order.
  void forEach(BiConsumer<Problem, List<Sample>> action);

  /// Every problem with its replies, problem by problem in the run's order; much less to read than
  /// [#forEach].
  default void forEachReplies(BiConsumer<Problem, Replies> action) {
    forEach((problem, samples) -> action.accept(problem, Replies.of(samples)));
  }

  /// Frees what the ledger holds open; nothing that was appended depends on it.
  @Override
  void close();
}
