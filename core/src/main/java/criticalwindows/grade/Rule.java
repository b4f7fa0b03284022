package criticalwindows.grade;

import java.util.regex.Pattern;

/// The rules of reading, all of them, strongest first.
///
/// The first four are statements: of all that a text makes, the last one that states an answer and
/// is not a negation wins, whichever rule found it; of a reply to the question for the answer, they
/// are all that is read. The others read whole responses that state nothing, each only where no
/// rule above it reads anything. All patterns run in time linear in the text.
public enum Rule {
  /// `<answer>42</answer>`.
  TAG("<answer>", Reach.STATEMENT),

  /// `\boxed{42}`; boxes joined by "and" or a comma are one list.
  BOX("\\\\f?boxed\\s?(?=\\{)", Reach.STATEMENT),

  /// "The answer is 42", "Answer: B", "#### 42".
  STATEMENT(
      "(?i)(?=[ar答#])(?:(?:answer(?<=\\banswer)(?<!(?:check|verify)(?: our| the| this| my)?"
          + " answer)(?: to (?:this|the)"
          + " (?:question|problem|task))?|\\br[ée]ponse|\\brespuesta|\\bAntwort|答案)\\W{0,4}(?:\\b(?:is|are|must"
          + " be|should be|est|es|ist)\\b|是|[:：=])|#### )",
      Reach.STATEMENT),

  /// The text is nothing but an answer.
  WHOLE("^", Reach.STATEMENT),

  /// "Final answer: the largest number is 42": the end of a sentence that was announced.
  ANNOUNCED("", Reach.RESPONSE),

  /// "… so I think it's B": a choice that is what something is.
  CONCLUSION(
      "(?i:\\bit[’']s|\\bis|(?<!n[’']t )(?<!not )\\bbe|\\bchoose|\\bpick|\\bselect|\\bwith)\\s+"
          + "(?i:clearly |definitely |probably |surely |option |choice |letter |answer ){0,2}"
          + "[(*]{0,3}([A-Z1-9])[)*]{0,3}(?![\\p{L}’'0-9])",
      Reach.RESPONSE),

  /// "D. It can't be A or B": the choice that the text begins with.
  LEAD("^[\\s(*]{0,4}([A-Z1-9])[)*]{0,3}(?:[.,:;!。，：)]|\\p{IsHan})", Reach.RESPONSE),

  /// The only choice that is named and not ruled out.
  ONLY("(?<![\\p{L}\\p{N}'])\\(?([A-Z1-9])\\)?(?![\\p{L}\\p{N}'])", Reach.RESPONSE),

  /// The last formula or emphasised value, or the last number after it.
  LAST(
      "\\$\\$[^$]{1,2000}?\\$\\$|\\\\\\[.{1,2000}?\\\\]|\\\\\\([^\\n"
          + "]{1,2000}?\\\\\\)|\\$(?:\\\\[^\\n"
          + "]|[^$\\\\\\n"
          + "]){1,2000}?\\$|\\*\\*[^*\\n"
          + "]{1,80}\\*\\*|(?<![\\p{IsLatin}0-9_.])(?:(?<![\\p{L}0-9)]"
          + " {0,3})[-−+])?\\$?(?:\\\\[dt]?frac\\{[^{}]{1,40}}\\{[^{}]{1,40}}|[0-9][0-9,]*(?:\\.[0-9]+)?|\\.[0-9]+)(?:/[0-9]+)?(?:"
          + " ?\\\\?%)?",
      Reach.RESPONSE);

  /// What a rule reads.
  enum Reach {
    /// Replies and whole responses.
    STATEMENT,
    /// Whole responses only.
    RESPONSE
  }

  private final Pattern pattern;
  private final Reach reach;

  Rule(String pattern, Reach reach) {
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    this.reach = reach;
  }

  Pattern pattern() {
    return pattern;
  }

  /// Whether this reads responses that state nothing, too.
  public boolean readsResponsesOnly() {
    return reach == Reach.RESPONSE;
  }
}
