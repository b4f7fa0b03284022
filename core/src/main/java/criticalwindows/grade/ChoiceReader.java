package criticalwindows.grade;

import criticalwindows.dataset.Choice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a choice: by its label, or by its text.
record ChoiceReader(List<Choice> choices) implements Reader {
  private static final int WHOLE = 60;
  private static final String NAME = "(?:(?i:option|choice|answer|letter)\\s+)?[(\\[{]?\\s?";
  private static final Pattern LABEL =
      Pattern.compile(
          "^" + NAME + "([A-Za-z]|[1-9])\\s?(?:[)\\]}.,:;!。，：]|$|\\p{IsHan}|\\s(?![a-z]))");
  private static final Pattern LABEL_IN_A_SENTENCE = Pattern.compile("^" + NAME + "([A-Z])\\s");
  private static final Pattern ADVERB =
      Pattern.compile(
          "^(?i:(?:the|most likely|likely|for sure|definitely|clearly|probably|certainly|obviously"
              + "|surely|simply|therefore|thus|indeed|indicated by|given by)\\s+){1,3}");
  private static final Pattern RULED_OUT_BEFORE =
      Pattern.compile(
          "(?i)(?:\\bnot|n[’']t|\\bcannot|\\bnever|\\bneither|\\bnor|\\bnon|不是|\\beliminate[sd]?"
              + "|\\brule[sd]? out|\\bthan|\\binstead of|\\bexclude[sd]?)[^.!?\\n。]{0,30}$");
  private static final Pattern RULED_OUT_AFTER =
      Pattern.compile(
          "(?i)^[)*]{0,3}\\s*(?:is|are|was|can)\\s?(?:not|n[’']t|wrong|incorrect|false|out\\b"
              + "|eliminated|ruled out|impossible)");

  private static final Pattern COMMAND =
      Pattern.compile("\\\\(?:text|mathrm|mathbf|textbf|boxed)\\s?\\{([^{}]*)}");
  private static final Pattern BOXED = Pattern.compile("\\\\boxed\\s?\\{([^{}]*)}");
  private static final Pattern EMPHASIS = Pattern.compile("\\*\\*|__|[*$`\"“”]|\\\\[()\\[\\]!,]");
  private static final Pattern SIGNS = Pattern.compile("^[\\s:=]+");
  private static final Pattern POLITE = Pattern.compile("^(?i:the\\s+)?(?i:most likely\\s+)?");

  @Override
  public Answer stated(Statements.Statement statement) {
    return choice(ADVERB.matcher(plain(statement.said())).replaceFirst(""));
  }

  @Override
  public Optional<Reading> whole(String text) {
    Answer answer = choice(plain(text));
    return answer.readable() && text.length() <= WHOLE
        ? Optional.of(Reading.by(Rule.WHOLE, answer, text))
        : Optional.empty();
  }

  /// Without the marks of emphasis and mathematics that may stand around an answer.
  private static String plain(String said) {
    String told = BOXED.matcher(COMMAND.matcher(said).replaceAll("$1")).replaceAll("$1");
    String bare = EMPHASIS.matcher(told).replaceAll("");
    return POLITE.matcher(SIGNS.matcher(bare).replaceFirst("")).replaceFirst("").strip();
  }

  private Answer choice(String said) {
    Matcher label = LABEL.matcher(said);
    if (label.find()) {
      return named(label.group(1)).map(Answer.class::cast).orElse(Unreadable.NO_SUCH_CHOICE);
    }
    Optional<Answer> quoted = quoted(said);
    if (quoted.isPresent()) {
      return quoted.get();
    }
    Matcher loose = LABEL_IN_A_SENTENCE.matcher(said);
    Optional<Answer> named = loose.find() ? named(loose.group(1)) : Optional.empty();
    return named.orElse(Unreadable.NO_CHOICE);
  }

  private Optional<Answer> named(String label) {
    return choices.stream()
        .filter(choice -> choice.label().equalsIgnoreCase(label))
        .<Answer>map(choice -> new Answer.Label(choice.label()))
        .findFirst();
  }

  /// The one choice whose whole text the statement begins with; the longest, where one is the
  /// beginning of another.
  private Optional<Answer> quoted(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    Optional<Choice> best = Optional.empty();
    for (Choice choice : choices) {
      String text = text(choice);
      boolean longer = best.isEmpty() || text.length() > text(best.get()).length();
      if (!text.isEmpty() && lower.startsWith(text) && ends(lower, text.length()) && longer) {
        best = Optional.of(choice);
      }
    }
    return best.map(choice -> new Answer.Label(choice.label()));
  }

  private static String text(Choice choice) {
    return choice.text().strip().toLowerCase(Locale.ROOT);
  }

  private static boolean ends(String text, int at) {
    return at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
  }

  @Override
  public Optional<Reading> unstated(String text, List<Statements.Statement> statements) {
    Matcher conclusion = Rule.CONCLUSION.pattern().matcher(text);
    Optional<Reading> last = Optional.empty();
    while (conclusion.find()) {
      if (!ruledOut(text, conclusion.start(1), conclusion.end(1))) {
        last = reading(Rule.CONCLUSION, conclusion).or(keep(last));
      }
    }
    if (last.isPresent()) {
      return last;
    }
    Matcher lead = Rule.LEAD.pattern().matcher(text);
    Optional<Reading> first = lead.find() ? reading(Rule.LEAD, lead) : Optional.empty();
    return first.isPresent() ? first : only(text);
  }

  private static java.util.function.Supplier<Optional<Reading>> keep(Optional<Reading> reading) {
    return () -> reading;
  }

  private Optional<Reading> reading(Rule rule, Matcher found) {
    return named(found.group(1)).map(answer -> Reading.by(rule, answer, found.group()));
  }

  private Optional<Reading> only(String text) {
    Set<Answer> named = new LinkedHashSet<>();
    List<String> said = new ArrayList<>();
    Matcher mention = Rule.ONLY.pattern().matcher(text);
    while (named.size() < 2 && mention.find()) {
      Optional<Answer> choice = named(mention.group(1));
      if (choice.isPresent() && !ruledOut(text, mention.start(1), mention.end(1))) {
        named.add(choice.get());
        said.add(mention.group());
      }
    }
    return named.size() == 1
        ? Optional.of(Reading.by(Rule.ONLY, named.iterator().next(), said.getLast()))
        : Optional.empty();
  }

  private static boolean ruledOut(String text, int start, int end) {
    String before = text.substring(Math.max(0, start - 60), start);
    String after = text.substring(end, Math.min(text.length(), end + 40));
    return RULED_OUT_BEFORE.matcher(before).find() || RULED_OUT_AFTER.matcher(after).find();
  }
}
