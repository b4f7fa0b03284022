package criticalwindows.math;

/// A piece of a text.
///
/// @param spaced whether there was a space before it
record MathToken(Kind kind, String text, boolean spaced) {
  static final MathToken END = new MathToken(Kind.END, "", false);

  enum Kind {
    /// `3.14`, `0.1(6)`.
    NUMBER,
    /// A variable.
    LETTER,
    /// A name with a meaning: `frac`, `sin`, `begin:pmatrix`.
    COMMAND,
    /// An operator, bracket or separator.
    MARK,
    /// Words that are no mathematics: a unit, an adjective, a name.
    WORDS,
    END
  }

  boolean is(String mark) {
    return kind == Kind.MARK && text.equals(mark);
  }

  boolean command(String name) {
    return kind == Kind.COMMAND && text.equals(name);
  }
}
