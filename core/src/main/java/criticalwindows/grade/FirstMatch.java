package criticalwindows.grade;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A second reading, independent of the first, to be compared with: the first match of a simple
/// pattern, as published studies read answers. It knows no negation, no decimals and no last word;
/// where it differs from [Grader], one of the two is wrong.
public final class FirstMatch {
  private static final Pattern CHOICE =
      Pattern.compile("(?i)(?:option|choice|answer(?: is)?)[\\s:(*]{0,5}([a-z1-9])");
  private static final Pattern FIRST_LETTER = Pattern.compile("(?<![A-Za-z])([A-Z])(?![A-Za-z'])");
  private static final Pattern BOX =
      Pattern.compile("\\\\boxed\\s?\\{([^{}]*(?:\\{[^{}]*}[^{}]*){0,20})}");
  private static final Pattern STATED =
      Pattern.compile("(?i)answer(?: is|:)?\\s{0,3}\\$([^$]+)\\$");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  private static final Answer NO_MATCH = new Answer.Unread("no match");

  private FirstMatch() {}

  /// The first thing that looks like an answer.
  public static Answer read(Problem problem, Grader grader, String text) {
    return switch (problem.form()) {
      case CHOICE -> choice(problem, text);
      case NUMBER -> value(text).map(said -> grader.form(problem, said)).orElse(NO_MATCH);
    };
  }

  private static Answer choice(Problem problem, String text) {
    Optional<String> label = first(CHOICE, text).or(() -> first(FIRST_LETTER, text));
    for (Choice choice : problem.choices()) {
      if (label.isPresent() && choice.label().equalsIgnoreCase(label.get())) {
        return new Answer.Label(choice.label());
      }
    }
    return NO_MATCH;
  }

  /// As [#read], of a value.
  public static Answer value(Grader grader, String text) {
    return value(text).map(grader::form).orElse(NO_MATCH);
  }

  private static Optional<String> value(String text) {
    return first(BOX, text).or(() -> first(STATED, text)).or(() -> first(NUMBER, text));
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    return match.find()
        ? Optional.of(match.groupCount() == 0 ? match.group() : match.group(1))
        : Optional.empty();
  }
}
