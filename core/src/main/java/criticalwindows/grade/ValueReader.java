package criticalwindows.grade;

import criticalwindows.math.CanonicalForm;
import criticalwindows.math.Convention;
import criticalwindows.math.MathForms;
import criticalwindows.math.Stars;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a value: a number, an expression, an interval, a list, a matrix; words where words are
/// asked for.
///
/// @param convention how answers to the question are written
/// @param other the answer that it is compared with: only where that is in words, words can be an
///   answer, and only where that begins with "not", such words deny nothing
record ValueReader(Convention convention, Supplier<Answer> other) implements Reader {
  private static final int WHOLE = 300;
  private static final Pattern FORMULAS =
      Pattern.compile(
          "^(?:(?:\\$\\$(.+?)\\$\\$|\\$((?:\\\\[^\\n]|[^$\\\\\\n])+)\\$|\\\\\\((.+?)\\\\\\)"
              + "|\\\\\\[(.+?)\\\\])(?:\\s*(?:\\\\?%|(?i:percent|pct)\\b))?"
              + "(?:(?:\\s*,|\\s*,?\\s(?:and|or)\\b)\\s*(?=\\$|\\\\[(\\[]))?){1,20}",
          Pattern.DOTALL);
  private static final Pattern END =
      Pattern.compile(
          "[.!?;。](?:[\\s\"”*$)]|$)|\\n"
              + "|<\\||\\s(?:because|since|which|where|so|as|for|when|if)\\s"
              + "|,\\s+(?!and\\b|or\\b)(?=\\p{Ll}{2})|\\s\\((?=\\p{L}{3})|\\s(?:--?|–|—)\\s(?=\\p{L}{2})");
  private static final Pattern LEADING =
      Pattern.compile(
          "^(?i:(?:[\\s:：=*\"“”_]|approximately\\s|about\\s|exactly\\s|simply\\s|equal to\\s"
              + "|therefore\\s|thus\\s|just\\s|the\\snumber\\s|now\\s)+)");
  private static final Pattern LAST_VERB =
      Pattern.compile(
          "(?i)(?:\\b(?:is|are|be|equals|was|est|es|ist)\\b|[=是：])(?!.*\\b(?:is|are|be|equals)\\b)");
  private static final Pattern PRICES = Pattern.compile("\\$[^\\\\$]*\\p{L}{2,}\\s[^\\\\$]*\\$");
  private static final Pattern MARKS = Pattern.compile("[\"“”`]|_+$");
  private static final Pattern AROUND = Pattern.compile("^[*\\s]+|[*\\s]+$");
  private static final Pattern BEGINS = Pattern.compile("^[\\s*$:]*[0-9]");
  private static final Pattern TEXT = Pattern.compile("\\\\(?:text|mbox|mathrm)\\s?\\{([^{}]*)}");
  private static final Pattern CONCLUDED =
      Pattern.compile(
          "(?iu)(?<!\\p{L})(?:it|that|this|which|result|total|sum|value|number)(?:['’]s| is|"
              + " equals)(?!\\p{L})");
  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?。])(?:\\s|$)|\\n");
  private static final int TRIES = 12;

  @Override
  public List<Statements.Statement> statements(String text) {
    return Statements.in(text, Statements.REACH, List.of(Rule.STATEMENT));
  }

  @Override
  public Answer stated(Statements.Statement statement) {
    if (!statement.closed()) {
      return Unreadable.OPEN_BOX;
    }
    boolean given = statement.rule() != Rule.STATEMENT;
    return given
        ? given(statement.said())
        : Statements.positive(statement.said()).map(this::said).orElseGet(() -> denied(statement));
  }

  /// What a denial comes to: nothing, unless denying is the answer: "neither", "not possible".
  private Answer denied(Statements.Statement statement) {
    Answer said = said(statement.said());
    boolean digits = statement.said().chars().anyMatch(Character::isDigit);
    if (digits || !inWords() || !(said instanceof Answer.Value value)) {
      return Unreadable.DENIED;
    }
    boolean denies =
        other.get() instanceof Answer.Value gold && Statements.positive(words(gold)).isEmpty();
    return denies || !words(value).contains(" ") ? said : Unreadable.DENIED;
  }

  private boolean inWords() {
    return other.get() instanceof Answer.Value value
        && value.form().kind() == CanonicalForm.Kind.TEXT;
  }

  private static String words(Answer.Value value) {
    return TEXT.matcher(value.written()).replaceAll("$1").strip();
  }

  @Override
  public String prepared(String text) {
    return text;
  }

  @Override
  public Optional<Reading> corrected(String text, Statements.Statement statement) {
    return Optional.empty();
  }

  /// What stands in a box or tag is the answer, whatever it is.
  private Answer given(String said) {
    return said.isBlank() ? Unreadable.EMPTY : value(said);
  }

  private Answer value(String said) {
    return new Answer.Value(MathForms.of(said, convention), said.strip());
  }

  /// What follows "the answer is": a formula, or plain text up to the end of the statement.
  private Answer said(String rest) {
    String from = LEADING.matcher(Stars.unemphasised(rest)).replaceFirst("");
    Matcher formulas = FORMULAS.matcher(from);
    if (formulas.find()) {
      return understood(formulas.group());
    }
    Matcher end = END.matcher(from);
    String plain = end.find() ? from.substring(0, end.start()) : from;
    return understood(MARKS.matcher(plain).replaceAll(""));
  }

  private Answer understood(String said) {
    if (said.isBlank()) {
      return Unreadable.NO_NUMBER;
    }
    Answer.Value value = new Answer.Value(MathForms.of(said, convention), said.strip());
    boolean isWords = value.form().kind() == CanonicalForm.Kind.TEXT;
    if (isWords && (said.strip().split("\\s+").length > 12 || !inWords())) {
      boolean digits = said.chars().anyMatch(Character::isDigit);
      return digits ? Unreadable.NOT_PLAIN : Unreadable.NO_NUMBER;
    }
    return value;
  }

  @Override
  public Optional<Reading> whole(String text) {
    if (text.length() > WHOLE) {
      return Optional.empty();
    }
    Answer answer = understood(AROUND.matcher(text).replaceAll(""));
    return answer.readable() ? Optional.of(Reading.by(Rule.WHOLE, answer, text)) : Optional.empty();
  }

  @Override
  public Optional<Reading> unstated(String text, List<Statements.Statement> statements) {
    if (!statements.isEmpty() && statements.getLast().rule() == Rule.STATEMENT) {
      Statements.Statement last = statements.getLast();
      Answer stated = stated(last);
      boolean denied = stated.equals(Unreadable.DENIED);
      Optional<Reading> announced = denied ? Optional.empty() : announced(last.said());
      if (announced.isPresent()) {
        return announced;
      }
      if (denied || stated.equals(Unreadable.NOT_PLAIN)) {
        return behind(text.substring(last.from()));
      }
    }
    Optional<Reading> concluded = concluded(text);
    return concluded.isPresent() ? concluded : last(text);
  }

  /// What follows a sentence that states nothing: "… not 5. It is 7."
  private Optional<Reading> behind(String stated) {
    Optional<Reading> concluded = concluded(stated);
    String[] parts = SENTENCE.split(stated, 2);
    return concluded.isPresent() || parts.length < 2 ? concluded : last(parts[1]);
  }

  /// "It is 42, not 43.", unless a number follows in another sentence.
  private Optional<Reading> concluded(String text) {
    List<MatchResult> found = CONCLUDED.matcher(text).results().toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String said = text.substring(found.getLast().end());
    String[] parts = SENTENCE.split(said, 2);
    boolean last = parts.length < 2 || parts[1].chars().noneMatch(Character::isDigit);
    Answer answer = last ? said(parts[0]) : Unreadable.NO_NUMBER;
    return answer.readable()
        ? Optional.of(Reading.by(Rule.CONCLUSION, answer, parts[0]))
        : Optional.empty();
  }

  /// What an announced sentence comes to: what follows its last verb, or a value: the first one
  /// behind words, or the only one.
  private Optional<Reading> announced(String said) {
    String sentence = said.strip().split("(?<=[.!?。])(?:\\s|$)|\\n|<\\|", 2)[0];
    Matcher verb = LAST_VERB.matcher(sentence);
    if (verb.find()) {
      Answer answer = said(sentence.substring(verb.end()));
      if (answer.readable()) {
        return Optional.of(Reading.by(Rule.ANNOUNCED, answer, sentence));
      }
    }
    List<Answer> values =
        Rule.LAST
            .pattern()
            .matcher(sentence)
            .results()
            .limit(TRIES)
            .map(value -> understood(value.group()))
            .filter(Answer::readable)
            .toList();
    boolean behindWords = !BEGINS.matcher(sentence).find();
    return behindWords || values.stream().allMatch(value -> value.same(values.getFirst()))
        ? values.stream().findFirst().map(answer -> Reading.by(Rule.ANNOUNCED, answer, sentence))
        : Optional.empty();
  }

  /// The last formula, emphasis or number of the text, of the last few.
  private Optional<Reading> last(String text) {
    List<MatchResult> found = Rule.LAST.pattern().matcher(text).results().toList();
    List<MatchResult> few = found.subList(Math.max(0, found.size() - TRIES), found.size());
    for (MatchResult value : few.reversed()) {
      Optional<Reading> reading = last(text, value);
      if (reading.isPresent()) {
        return reading;
      }
    }
    return Optional.empty();
  }

  /// A value; between two prices, which look like a formula, the number.
  private Optional<Reading> last(String text, MatchResult value) {
    String said = value.group().replace("**", "");
    if (broken(text.substring(0, value.start()))) {
      return Optional.of(Reading.by(Rule.LAST, Unreadable.BROKEN, said));
    }
    Answer answer = understood(said);
    if (!answer.readable() && PRICES.matcher(said).matches()) {
      return last(said.substring(1).replace("$", ""));
    }
    return answer.readable() ? Optional.of(Reading.by(Rule.LAST, answer, said)) : Optional.empty();
  }

  /// Whether the line before opened a formula: formulas within a line end on it, and a broken one
  /// is not read in parts.
  private static boolean broken(String before) {
    String open = before.stripTrailing();
    boolean sameLine = before.indexOf('\n', open.length()) < 0;
    String line = open.substring(open.lastIndexOf('\n') + 1);
    boolean dollar = line.endsWith("$") && line.chars().filter(c -> c == '$').count() % 2 == 1;
    return !sameLine && (line.endsWith("\\(") || dollar);
  }
}
