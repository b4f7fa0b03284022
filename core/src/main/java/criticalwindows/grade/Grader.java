package criticalwindows.grade;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Statements.Statement;
import criticalwindows.math.CanonicalForm;
import criticalwindows.math.Convention;
import criticalwindows.math.MathForms;
import criticalwindows.math.Policies;
import criticalwindows.model.FinishReason;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads answers and says what is right, by the policies on what counts as the same.
///
/// The last statement wins, and a negated one is none; what cannot be read says why, and is never
/// guessed. [Rule] lists how. Texts are hostile input: they are read from their last 20,000
/// characters in linear time, and compared within the bounds of [CanonicalForm].
public record Grader(Policies policies) implements Scorer {
  private static final String THOUGHT = "</think>";

  /// What MATH's own grading means to do.
  public static final Grader STANDARD = new Grader(Policies.STANDARD);

  private static final Answer UNKNOWN = new Answer.Unread("no right answer is known");
  private static final int READ = 20_000;
  private static final String CUT = "(cut) ";
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?i)\\bI(?:'m| am) (?:sorry|unable|not able)\\b|\\bI (?:can(?:no|')t|can not|won't|will"
              + " not) (?:help|assist|answer|provide|comply|do)\\b");

  /// The right answer of a problem; unread where it is not known.
  public Answer gold(Problem problem) {
    return problem.answer().map(gold -> gold(problem, gold)).orElse(UNKNOWN);
  }

  @Override
  public Optional<Outcome> right(Problem problem) {
    return problem.answer().map(gold -> gold(problem, gold));
  }

  @Override
  public Optional<Outcome> named(Problem problem, String name) {
    return Optional.of(gold(problem, name));
  }

  private Answer gold(Problem problem, String gold) {
    return switch (problem.form()) {
      case CHOICE -> new Answer.Label(gold);
      case NUMBER -> form(gold, convention(problem));
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
    return Statements.in(response, Statements.REACH, List.of(Rule.STATEMENT)).stream()
        .mapToInt(Statement::at)
        .max();
  }

  /// A text that is an answer and nothing else, whatever it says.
  public Answer form(String text) {
    return new Answer.Value(MathForms.of(text, policies), text.strip());
  }

  /// As [#form(String)], of an answer to a problem in mathematics.
  public Answer form(Problem problem, String text) {
    return form(text, convention(problem));
  }

  private static Answer form(String text, Convention convention) {
    return new Answer.Value(MathForms.of(text, convention), text.strip());
  }

  private Convention convention(Problem problem) {
    return problem
        .answer()
        .map(gold -> Convention.of(gold, policies))
        .orElseGet(() -> Convention.none(policies));
  }

  /// The answer in the reply, or in the response where no reply was asked for.
  @Override
  public Answer of(Problem problem, Said said) {
    return of(problem, said.finish(), said.last()).answer();
  }

  @Override
  public boolean repliesAlone() {
    return true;
  }

  /// What a response came to: the answer in its follow-up turn, unless the response itself never
  /// came to an end.
  ///
  /// @param finish of the response
  /// @param reply the text of the follow-up turn
  public Reading of(Problem problem, FinishReason finish, String reply) {
    return switch (finish) {
      case LENGTH -> Reading.none(new Answer.CutOff());
      case STOP -> read(problem, reply);
    };
  }

  /// The answer that a text comes to: what it states last; of a text that states nothing, what it
  /// is or what it concludes with. Replies and whole responses are read alike.
  public Reading read(Problem problem, String text) {
    return switch (problem.form()) {
      case CHOICE -> read(new ChoiceReader(problem.choices(), policies), text);
      case NUMBER -> read(new ValueReader(convention(problem), () -> gold(problem)), text);
    };
  }

  /// A value, where it is compared with another one: words are an answer only if that is in words.
  public Reading value(String text, Answer other) {
    Convention convention =
        other instanceof Answer.Value value
            ? Convention.between(value.written(), policies)
            : Convention.none(policies);
    return read(new ValueReader(convention, () -> other), text);
  }

  private static Reading read(Reader reader, String text) {
    String end = reader.prepared(CleanText.of(end(text)));
    List<Statement> statements = reader.statements(end);
    Optional<Reading> unread = Optional.empty();
    for (Statement statement : statements.reversed()) {
      Answer answer = reader.stated(statement);
      if (answer.readable()) {
        return reader
            .corrected(end, statement)
            .orElseGet(() -> Reading.by(statement.rule(), answer, statement.said()));
      }
      if (!answer.equals(Unreadable.DENIED)) {
        unread =
            unread.or(() -> Optional.of(Reading.by(statement.rule(), answer, statement.said())));
        if (!Unreadable.statesNothing(answer)) {
          break;
        }
      }
    }
    boolean open = unread.map(reading -> Unreadable.mayBeAnnounced(reading.answer())).orElse(true);
    Optional<Reading> found = statements.isEmpty() ? reader.whole(end) : Optional.empty();
    if (found.isEmpty() && open) {
      found = reader.unstated(end, statements).filter(reading -> !loose(reading) || !refuses(end));
    }
    return found.isPresent() ? found.get() : unread.orElseGet(() -> unread(end));
  }

  /// What is read of a text; what is cut off is marked, so that no word in the middle begins it.
  private static String end(String text) {
    return text.length() <= READ ? text : CUT + text.substring(text.length() - READ);
  }

  private static boolean loose(Reading reading) {
    return reading.rule().equals(Optional.of(Rule.LAST))
        || reading.rule().equals(Optional.of(Rule.ONLY));
  }

  private static boolean refuses(String text) {
    return REFUSAL.matcher(text).find();
  }

  private static Reading unread(String end) {
    if (end.isEmpty()) {
      return Reading.none(Unreadable.EMPTY);
    }
    return Reading.none(refuses(end) ? new Answer.Refused() : Unreadable.NOTHING_STATED);
  }
}
