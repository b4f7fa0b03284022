package criticalwindows.report;

/// Characters of continuations that a page still has room for, so that it can be opened whatever
/// the run's size. Continuations that find no room are counted on the page like the others, and not
/// told.
///
/// @param characters left; below 0 where there was too little
record Room(long characters) {
  /// Of a whole page.
  private static final long ALL = 8_000_000;

  /// Each problem's, where so many are shown.
  static Room share(int problems) {
    return new Room(ALL).among(problems);
  }

  /// Each one's, where so many share this.
  Room among(int count) {
    return new Room(characters / Math.max(1, count));
  }

  /// What is left after a text.
  Room without(int length) {
    return new Room(characters - length);
  }

  /// Whether all texts so far had room.
  boolean enough() {
    return characters >= 0;
  }
}
