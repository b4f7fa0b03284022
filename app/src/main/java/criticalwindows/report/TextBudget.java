package criticalwindows.report;

/// Characters of continuations that a page can still hold, so that it can be opened whatever the
/// run's size. Continuations that do not fit are counted on the page like the others, and not told.
///
/// @param characters left; below 0 where there was too little
record TextBudget(long characters) {
  /// Of a whole page.
  private static final long ALL = 8_000_000;

  /// Each problem's, where so many are shown.
  static TextBudget share(int problems) {
    return new TextBudget(ALL).among(problems);
  }

  /// Each one's, where so many share this.
  TextBudget among(int count) {
    return new TextBudget(characters / Math.max(1, count));
  }

  /// What is left after a text.
  TextBudget without(int length) {
    return new TextBudget(characters - length);
  }

  /// Whether all texts so far fitted.
  boolean enough() {
    return characters >= 0;
  }
}
