package criticalwindows.world;

/// Writes one text to a source and says what the text means. All chance is the source's: told the
/// same choices, a program writes the same text.
@FunctionalInterface
public interface Program {
  /// Writes the text from its beginning to its end.
  ///
  /// @return the answer that the finished text gives
  String run(ProgramSource source);
}
