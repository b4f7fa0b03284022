package criticalwindows.benchmark;

import criticalwindows.dataset.Problem;

/// How the records of a benchmark are laid out, in every form they are published in.
interface Layout {
  /// The problem that a record puts.
  ///
  /// @throws Unreadable if it is not laid out so, or does not hold together; nothing is guessed
  Problem read(Row row) throws NotAProblem;
}
