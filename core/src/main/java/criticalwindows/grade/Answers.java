package criticalwindows.grade;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads answers: by choice and by plain number.
///
/// The last statement wins ("The answer is …", `\boxed{…}`); a negated one is none ("The answer is
/// not (A) but (C)" is C). What cannot be read says why, and is never guessed. Texts are hostile
/// input: every pattern runs in time linear in the text.
public final class Answers {
  /// Statements end here; texts longer than this are read from their end.
  private static final int READ = 20_000;

  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?i)\\banswer(?: to (?:this|the) (?:question|problem|task))?\\W{0,4}(?:\\b(?:is|must"
              + " be|should be)\\b|[:=])|\\\\boxed\\s?(?=\\{)");
  private static final Pattern NEGATION =
      Pattern.compile("(?i)^[\\s*_:]*(?:not\\b|n't\\b|never\\b|neither\\b)");
  private static final Pattern BUT = Pattern.compile("(?i)\\b(?:but|rather|instead it is)\\b");
  private static final Pattern LABEL =
      Pattern.compile(
          "^(?:(?i:option|choice|answer|letter)\\s+)?[(\\[{]?\\s?([A-Za-z]|[1-9])\\s?(?:[)\\]}.,:;!]|$|\\s(?![a-z]))");
  private static final Pattern NUMBER =
      Pattern.compile(
          "^([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\\.[0-9]+)?)(.*)$", Pattern.DOTALL);
  private static final Pattern AFTER_NUMBER =
      Pattern.compile(
          "^\\s*(?:$|[.!;)\\]}](?:\\s|$).*|,\\s.*|\\s*\\n.*|\\s+[a-z][a-z ]{0,30}[.!]?\\s*$)",
          Pattern.DOTALL);
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?i)\\bI(?:'m| am) (?:sorry|unable|not able)\\b|\\bI (?:can(?:no|')t|can not|won't|will"
              + " not) (?:help|assist|answer|provide|comply|do)\\b");

  private Answers() {}

  /// The right answer of a problem.
  public static Answer gold(Problem problem) {
    return switch (problem.form()) {
      case CHOICE -> new Answer.Label(problem.answer());
      case NUMBER -> new Answer.Numeric(new BigDecimal(problem.answer()));
    };
  }

  /// What a response came to: the answer in its follow-up turn, unless the response itself never
  /// came to an end.
  ///
  /// @param finish of the response
  /// @param answer the text of the follow-up turn
  public static Answer of(Problem problem, FinishReason finish, String answer) {
    return switch (finish) {
      case LENGTH -> new Answer.CutOff();
      case STOP -> read(problem, answer);
    };
  }

  /// The answer a text states last, or the whole of a text that is nothing but an answer.
  public static Answer read(Problem problem, String text) {
    String end = text.substring(Math.max(0, text.length() - READ)).strip();
    List<String> statements = statements(end);
    if (!statements.isEmpty()) {
      return value(problem, statements.getLast());
    }
    if (end.isEmpty()) {
      return new Answer.Unread("empty");
    }
    Answer whole = value(problem, end);
    if (whole.readable() && end.length() <= 60) {
      return whole;
    }
    return REFUSAL.matcher(end).find()
        ? new Answer.Refused()
        : new Answer.Unread("no answer stated");
  }

  /// What follows each statement's verb, in order, negated statements left out.
  private static List<String> statements(String text) {
    List<String> found = new ArrayList<>();
    Matcher statement = STATEMENT.matcher(text);
    while (statement.find()) {
      String rest = text.substring(statement.end(), Math.min(text.length(), statement.end() + 200));
      String said = statement.group().startsWith("\\boxed") ? braced(rest) : rest;
      positive(said).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<String> positive(String said) {
    if (!NEGATION.matcher(said).find()) {
      return Optional.of(said);
    }
    String sentence = said.split("[.!?](?:\\s|$)|\\n", 2)[0];
    Matcher but = BUT.matcher(sentence);
    return but.find() ? Optional.of(sentence.substring(but.end())) : Optional.empty();
  }

  /// The inside of the braces a text begins with.
  private static String braced(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i == 0 ? text : text.substring(1, i);
      }
    }
    return text;
  }

  private static Answer value(Problem problem, String said) {
    String plain = plain(said);
    return switch (problem.form()) {
      case CHOICE -> choice(problem.choices(), plain);
      case NUMBER -> number(plain);
    };
  }

  /// Without the marks of emphasis and mathematics that may stand around an answer.
  private static String plain(String said) {
    return said.replaceAll("\\\\(?:text|mathrm|mathbf|textbf)\\s?\\{([^{}]*)}", "$1")
        .replaceAll("\\\\boxed\\s?\\{([^{}]*)}", "$1")
        .replaceAll("\\*\\*|__|[*$`\"“”]|\\\\[()\\[\\]!,]", "")
        .replace('−', '-')
        .replace("{,}", ",")
        .replaceFirst("^[\\s:=]+", "")
        .replaceFirst("^(?i:the\\s+)?(?i:most likely\\s+)?", "")
        .strip();
  }

  private static Answer choice(List<Choice> choices, String said) {
    Matcher label = LABEL.matcher(said);
    if (label.find()) {
      String named = label.group(1).toUpperCase(Locale.ROOT);
      for (Choice choice : choices) {
        if (choice.label().equalsIgnoreCase(named)) {
          return new Answer.Label(choice.label());
        }
      }
      return new Answer.Unread("names no choice of this problem");
    }
    return quoted(choices, said);
  }

  /// The one choice whose whole text the statement begins with; the longest, where one is the
  /// beginning of another.
  private static Answer quoted(List<Choice> choices, String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    Choice best = null;
    for (Choice choice : choices) {
      String text = choice.text().strip().toLowerCase(Locale.ROOT);
      boolean begins = !text.isEmpty() && lower.startsWith(text) && ends(lower, text.length());
      if (begins && (best == null || text.length() > best.text().strip().length())) {
        best = choice;
      }
    }
    return best == null ? new Answer.Unread("states no choice") : new Answer.Label(best.label());
  }

  private static boolean ends(String text, int at) {
    return at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
  }

  private static Answer number(String said) {
    Matcher number = NUMBER.matcher(said);
    if (!number.matches() || number.group(1).isEmpty() || !number.group(1).matches(".*[0-9].*")) {
      return new Answer.Unread("states no number");
    }
    if (!AFTER_NUMBER.matcher(number.group(2)).matches() || number.group(1).length() > 60) {
      return new Answer.Unread("not a plain number");
    }
    return new Answer.Numeric(
        new BigDecimal(number.group(1).replace(",", "").replaceFirst("^\\+", "")));
  }
}
