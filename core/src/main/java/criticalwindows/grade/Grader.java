package criticalwindows.grade;

import criticalwindows.dataset.Problem;
import criticalwindows.math.Form;
import criticalwindows.math.Policies;
import criticalwindows.model.FinishReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads answers and says what is right, by the policies on what counts as the same.
///
/// The last statement wins, and a negated one is none; what cannot be read says why, and is never
/// guessed. [Rule] lists how. Texts are hostile input: they are read from their last 20,000
/// characters in linear time, and compared within the bounds of [Form].
public record Grader(Policies policies) {
  private static final String THOUGHT = "</think>";

  /// What MATH's own grading means to do.
  public static final Grader STANDARD = new Grader(Policies.STANDARD);

  private static final int READ = 20_000;
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?i)\\bI(?:'m| am) (?:sorry|unable|not able)\\b|\\bI (?:can(?:no|')t|can not|won't|will"
              + " not) (?:help|assist|answer|provide|comply|do)\\b");

  /// The right answer of a problem.
  public Answer gold(Problem problem) {
    return switch (problem.form()) {
      case CHOICE -> new Answer.Label(problem.answer());
      case NUMBER -> form(problem.answer());
    };
  }

  /// Where the reasoning of a response is over: behind its last `</think>`, or else where it states
  /// its answer for the last time; absent where it does neither.
  ///
  /// @return in characters of the text
  public static OptionalInt reasoned(String response) {
    int thought = response.lastIndexOf(THOUGHT);
    if (thought >= 0) {
      return OptionalInt.of(thought + THOUGHT.length());
    }
    return Statements.in(response).stream().mapToInt(Statements.Statement::at).max();
  }

  /// A text that is an answer and nothing else, whatever it says.
  public Answer form(String text) {
    return new Answer.Value(Form.of(text, policies), text.strip());
  }

  /// What a response came to: the answer in its follow-up turn, unless the response itself never
  /// came to an end.
  ///
  /// @param finish of the response
  /// @param reply the text of the follow-up turn
  public Reading of(Problem problem, FinishReason finish, String reply) {
    return switch (finish) {
      case LENGTH -> Reading.none(new Answer.CutOff());
      case STOP -> read(problem, reply, Source.REPLY);
    };
  }

  /// The answer a text states last, or the whole of a text that is nothing but an answer; of a
  /// whole response that states none, what it comes to.
  public Reading read(Problem problem, String text, Source source) {
    return switch (problem.form()) {
      case CHOICE -> read(new ChoiceReader(problem.choices()), text, source);
      case NUMBER -> read(new ValueReader(policies, () -> inWords(gold(problem))), text, source);
    };
  }

  /// A value, where it is compared with another one: words are an answer only if that is in words.
  public Reading value(String text, Source source, Answer other) {
    return read(new ValueReader(policies, () -> inWords(other)), text, source);
  }

  private static boolean inWords(Answer answer) {
    return answer instanceof Answer.Value value && value.form().kind() == Form.Kind.TEXT;
  }

  private static Reading read(Reader reader, String text, Source source) {
    String end = text.substring(Math.max(0, text.length() - READ)).strip();
    List<Statements.Statement> statements = Statements.in(end);
    Optional<Reading> unread = Optional.empty();
    for (Statements.Statement statement : statements.reversed()) {
      Reading reading = Reading.by(statement.rule(), reader.stated(statement), statement.said());
      if (reading.answer().readable()) {
        return reading;
      }
      unread = unread.isPresent() ? unread : Optional.of(reading);
      if (!Unreadable.statesNothing(reading.answer())) {
        break;
      }
    }
    Optional<Reading> found = statements.isEmpty() ? reader.whole(end) : Optional.empty();
    boolean open = unread.map(reading -> Unreadable.mayBeAnnounced(reading.answer())).orElse(true);
    if (found.isEmpty() && source == Source.RESPONSE && open) {
      found = reader.unstated(end, statements);
    }
    return found.isPresent() ? found.get() : unread.orElseGet(() -> unread(end));
  }

  private static Reading unread(String end) {
    if (end.isEmpty()) {
      return Reading.none(Unreadable.EMPTY);
    }
    return Reading.none(
        REFUSAL.matcher(end).find() ? new Answer.Refused() : Unreadable.NOTHING_STATED);
  }
}
