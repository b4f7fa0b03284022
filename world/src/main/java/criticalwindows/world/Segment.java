package criticalwindows.world;

/// A stretch of a training document.
///
/// @param text of a control token its name, such as `<|eot_id|>`
public record Segment(Kind kind, String text, Loss loss) {
  /// How a stretch becomes tokens.
  public enum Kind {
    /// One control token.
    CONTROL,
    /// Plain text, tokenised by itself.
    TEXT,
    /// Plain text of which a random number of tokens is kept, none to all but one, each as likely
    /// as the others. Who makes the document knows no tokens, so who tokenises it must cut.
    EARLY
  }

  /// Whether a model learns to write it.
  public enum Loss {
    /// It is given: a prompt, a history, a prefill, the forced end of an early answer.
    NONE,
    /// It is what the assistant samples.
    FULL
  }

  /// A control token.
  static Segment control(String name, Loss loss) {
    return new Segment(Kind.CONTROL, name, loss);
  }

  /// Plain text.
  static Segment text(String text, Loss loss) {
    return new Segment(Kind.TEXT, text, loss);
  }
}
