package criticalwindows.world;

/// The choices that lead a program to a prefix, one for each call of its source in order, so that
/// another source can follow them.
final class Path {
  /// Everything is left to chance.
  static final Path FREE = new Path(0);

  private final int given;
  private final int[] choices;

  /// @param given characters of the prefix; wordings after it are left to chance
  /// @param choices the indices taken, not to be changed any more
  Path(int given, int... choices) {
    this.given = given;
    this.choices = choices;
  }

  /// The choice of a call, or -1 where it is left to chance.
  ///
  /// @param call counted from 0
  int decision(int call) {
    return call < choices.length ? choices[call] : -1;
  }

  /// The wording of a call, or -1 where it is left to chance.
  ///
  /// @param written characters before it
  int wording(int call, int written) {
    return written < given ? decision(call) : -1;
  }

  /// The same choices with no wording left to chance.
  Path whole() {
    return new Path(Integer.MAX_VALUE, choices);
  }
}
