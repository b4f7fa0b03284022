package criticalwindows.scoring;

/// A scorer that asks somebody, and whose verdicts a run's folder keeps.
interface Kept extends AutoCloseable {
  /// From now on what is said is kept there, and what is there is not asked again.
  ///
  /// @throws criticalwindows.error.UserError if what is kept there is somebody else's
  void keep(VerdictFile file);

  /// Writes what is to be kept, and ends what was started.
  @Override
  void close();
}
