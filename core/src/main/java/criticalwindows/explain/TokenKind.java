package criticalwindows.explain;

/// What a token is, or is part of. A token can be of several kinds, or of none.
public enum TokenKind {
  /// A token with a digit in it.
  NUMBER("number"),
  /// Signs of arithmetic and comparison, and commands of LaTeX.
  OPERATOR("operator or relation"),
  /// In a word with a capital that does not begin its sentence and is no choice's label.
  NAME("name"),
  /// In a choice's label.
  OPTION("option letter"),
  /// In a word that draws a conclusion.
  CONCLUSION("so, thus, therefore"),
  /// In a word that turns back or against what was said.
  TURN("wait, but, however"),
  /// In a word that gives a reason or a condition.
  REASON("because, since, if"),
  /// In a word that says how many, or denies.
  QUANTIFIER("all, some, no, not"),
  /// Neither letters nor digits nor white space alone, and no operator.
  PUNCTUATION("punctuation"),
  /// The first token of a sentence.
  SENTENCE_START("begins a sentence"),
  /// In a sentence that has an operator or a relation between numbers.
  IN_CALCULATION("in a step that calculates"),
  /// In a sentence that begins with a word of [#CONCLUSION].
  IN_CONCLUSION("in a step that concludes"),
  /// In a sentence that begins with a word of [#TURN].
  IN_TURN("in a step that turns back"),
  /// In a sentence that speaks of the answer, an option or a choice.
  IN_ANSWER("in a step that names the answer");

  private final String words;

  TokenKind(String words) {
    this.words = words;
  }

  /// For people, in a few words.
  public String show() {
    return words;
  }
}
