package criticalwindows.study;

import criticalwindows.error.UserError;
import java.util.List;

/// A question about training, put to a model whose truth is known: several arms, the same in each
/// of several repetitions, and a page that says what came of it.
///
/// A repetition has training data and adapters of its own. The items that are measured are the same
/// in all of them, so every comparison is paired by item.
public interface TrainingStudy {
  /// The study of a name.
  ///
  /// @param known the studies that there are
  /// @throws UserError if there is none
  static TrainingStudy named(String name, List<TrainingStudy> known) {
    return known.stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.unknown("study", name, known.stream().map(TrainingStudy::name).toList()));
  }

  /// As users name it.
  String name();

  /// The question, in one line.
  String about();

  /// What is computed at a size.
  Design design(Size size);

  /// Begins a repetition: does what its arms share, such as sampling the data that all of them
  /// learn from. Used by one thread, and closed when done.
  ///
  /// @throws InterruptedException if the thread is interrupted
  Repetition repeat(Lab lab, Size size, long seed) throws InterruptedException;

  /// What was found.
  ///
  /// @param results of all arms in all repetitions
  Report report(Size size, Results results);

  /// How much is computed.
  enum Size {
    /// About a minute: shows that it works, and no more.
    SMALL,
    /// What the page in `docs/studies` was made with: at most two hours on two cores.
    PUBLISHED
  }

  /// One repetition.
  interface Repetition extends AutoCloseable {
    /// Trains and measures one arm. It depends on the seed and the arm alone, not on which arms
    /// were measured before.
    ///
    /// @throws InterruptedException if the thread is interrupted
    Measured arm(String arm) throws InterruptedException;

    @Override
    default void close() {}
  }
}
