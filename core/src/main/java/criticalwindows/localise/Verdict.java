package criticalwindows.localise;

/// What is said of a response and its window. There is one notion of having a window, and this is
/// it: wherever windows are counted, listed or drawn, they are those that are [#CLAIMED].
public enum Verdict {
  /// There is a window: the probability that there is none, or in a study the false discovery rate,
  /// is at most [#CLAIM].
  CLAIMED("claimed"),
  /// A window is as likely as none, or likelier. It is shown, but not counted.
  UNSURE("unsure"),
  /// There is none, and the curve is at .9 or more throughout: both together with a probability of
  /// [#SURE] or more.
  BEFORE("decided before the response"),
  /// None is likely.
  NONE("no window");

  /// The most that a claim may be wrong: a probability, or a false discovery rate.
  public static final double CLAIM = .05;

  /// A window is shown where the probability of none is at most this.
  public static final double SHOWN = .5;

  /// How sure it has to be that all was decided before.
  public static final double SURE = .9;

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /// In words.
  public String words() {
    return words;
  }

  /// Whether a window is shown: claimed or not.
  public boolean shown() {
    return this == CLAIMED || this == UNSURE;
  }

  /// The verdict.
  ///
  /// @param wrong the probability of no window, or the false discovery rate in a study
  /// @param none the probability of no window
  /// @param beforehand the probability that there is none and that the curve is high throughout
  public static Verdict of(double wrong, double none, double beforehand) {
    if (wrong <= CLAIM) {
      return CLAIMED;
    }
    if (none <= SHOWN) {
      return UNSURE;
    }
    return beforehand >= SURE ? BEFORE : NONE;
  }
}
