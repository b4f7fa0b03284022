package criticalwindows.rollout;

/// Hears how far an experiment is, on the thread that runs it.
@FunctionalInterface
public interface Progress {
  /// Called as scripts end.
  void at(State state);

  /// How far an experiment is.
  ///
  /// @param problemsDone of which every sample is in
  /// @param problems in all
  /// @param scriptsDone in this run of the program and before
  /// @param scripts in all; an estimate as long as originals are missing, whose lengths decide how
  ///   many cuts differ
  /// @param sampledTokens in this run of the program
  record State(
      int problemsDone, int problems, long scriptsDone, long scripts, long sampledTokens) {}
}
