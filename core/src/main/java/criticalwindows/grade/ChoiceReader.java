package criticalwindows.grade;

import criticalwindows.dataset.Choice;
import criticalwindows.grade.Labels.Care;
import criticalwindows.grade.NamedChoices.Found;
import criticalwindows.grade.Statements.Statement;
import criticalwindows.math.Convention;
import criticalwindows.math.MathForms;
import criticalwindows.math.Policies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a choice: by its label, by what it says, or by the value of what it says.
final class ChoiceReader implements Reader {
  /// More places than this are no reasoning, and would only take time.
  private static final int MOST = 64;

  /// The most characters of a label with its brackets and emphasis.
  private static final int LABEL = 10;

  private static final List<Rule> WORDED = List.of(Rule.STATEMENT, Rule.CHOSEN);

  private static final Pattern BLANK =
      Pattern.compile("(?:[\\s\\p{Z}*_$`\"“”'’.!。)\\]}#]|\\\\[)\\]]|<[/|][^<>]{0,20}>)*+");

  private static final Pattern CORRECTION =
      Pattern.compile(
          "(?iu)(?<!\\p{L})(?:wait|actually|sorry|correction|mistake|on second thought|let me"
              + " (?:re|correct)|no[,.:]|i was wrong|that(?:['’]s| is) (?:wrong|incorrect|not"
              + " right))(?!\\p{L})");

  private static final Pattern DISCUSSED =
      Pattern.compile(
          "(?iu)(?:consider|look(?:ing)? at|start with|first|suppose|if|whether|let"
              + " us|let['’]s|compar\\p{L}+|what"
              + " about|check|between|than|not|n['’]t|never|neither|nor|unlike|except|eliminate[sd]?|rule[sd]?"
              + " out|exclude[sd]?|instead of|不是|排除)(?!\\p{IsLatin})[^.!?\\n"
              + "。]{0,40}$");

  private final List<Choice> choices;
  private final Policies policies;
  private final NamedChoices naming;

  ChoiceReader(List<Choice> choices, Policies policies) {
    this.choices = List.copyOf(choices);
    this.policies = policies;
    this.naming = new NamedChoices(choices);
  }

  @Override
  public String prepared(String text) {
    return choices.getFirst().text().isBlank() ? text : new Listing(choices, naming).removed(text);
  }

  @Override
  public List<Statement> statements(String text) {
    if (whole(text).isPresent()) {
      return List.of();
    }
    int reach = Math.max(Statements.REACH, naming.reach());
    List<Statement> found = new ArrayList<>(Statements.in(text, reach, WORDED));
    found.addAll(new Verdicts(naming).in(text));
    found.sort(Comparator.comparingInt(Statement::at));
    return unquoted(text, found.subList(Math.max(0, found.size() - MOST), found.size()));
  }

  /// Without those that stand within the text of a choice that an earlier one names.
  private List<Statement> unquoted(String text, List<Statement> all) {
    List<Statement> kept = new ArrayList<>();
    Found lead = naming.at(text, 0, Care.ALONE);
    int until = lead.readable() ? lead.end() : -1;
    for (Statement statement : all) {
      Found named = naming.at(statement.said(), 0, Care.STATED);
      boolean longer = named.readable() && statement.from() + named.end() > until;
      if (statement.at() >= until || longer || named.answer().equals(lead.answer())) {
        kept.add(statement);
        until = named.readable() ? statement.from() + named.end() : until;
      }
    }
    return kept;
  }

  @Override
  public Answer stated(Statement statement) {
    Answer named = stated(statement.said());
    if (named.equals(Unreadable.DENIED)) {
      return Statements.instead(statement.said()).map(this::stated).orElse(Unreadable.DENIED);
    }
    boolean chosen = statement.rule() == Rule.CHOSEN;
    if (named.equals(Unreadable.NO_CHOICE) || named.equals(Unreadable.NO_SUCH_CHOICE)) {
      return chosen ? Unreadable.NO_CHOICE : byValue(statement).orElse(named);
    }
    return named;
  }

  private Answer stated(String said) {
    return naming.at(said, 0, Care.STATED).answer();
  }

  /// The one choice whose text has the value that a statement states: "The answer is 0.5".
  private Optional<Answer> byValue(Statement statement) {
    ValueReader reader = new ValueReader(Convention.none(policies), () -> Unreadable.NO_NUMBER);
    if (!(reader.stated(statement) instanceof Answer.Value value)) {
      return Optional.empty();
    }
    List<Choice> equal =
        choices.stream()
            .filter(choice -> !choice.text().isBlank())
            .filter(choice -> MathForms.of(choice.text(), policies).equals(value.form()))
            .toList();
    return equal.size() == 1
        ? Optional.of(new Answer.Label(equal.getFirst().label()))
        : Optional.empty();
  }

  @Override
  public Optional<Reading> whole(String text) {
    Found found = naming.at(text, 0, Care.ALONE);
    return found.readable() && nothingBehind(text, found.end())
        ? Optional.of(Reading.by(Rule.WHOLE, found.answer(), text))
        : Optional.empty();
  }

  private static boolean nothingBehind(String text, int at) {
    return BLANK.matcher(text).region(at, text.length()).matches();
  }

  @Override
  public Optional<Reading> corrected(String text, Statement statement) {
    Matcher correction = CORRECTION.matcher(text).region(statement.from(), text.length());
    return correction.find() ? concluded(text, correction.end()) : Optional.empty();
  }

  @Override
  public Optional<Reading> unstated(String text, List<Statement> statements) {
    int from = 0;
    for (Statement statement : statements) {
      boolean silent = stated(statement).equals(Unreadable.NO_CHOICE);
      from = silent ? from : statement.from();
    }
    Optional<Reading> concluded = concluded(text, from);
    if (concluded.isPresent() || from > 0) {
      return concluded;
    }
    Optional<Reading> lead = lead(text);
    return lead.isPresent() ? lead : only(text);
  }

  /// The last choice that a text concludes with, from a place on.
  private Optional<Reading> concluded(String text, int from) {
    Optional<Reading> last = Optional.empty();
    int until = from;
    for (MatchResult cue : last(Rule.CONCLUSION, text, from)) {
      Found found = naming.at(text, cue.end(), Care.ALONE);
      if (cue.start() >= until && found.readable() && concludes(text, cue, found)) {
        String said = text.substring(cue.start(), found.end());
        last = Optional.of(Reading.by(Rule.CONCLUSION, found.answer(), said));
        until = found.end();
      }
    }
    return last;
  }

  /// Whether what a conclusion names is neither asked nor supposed, and is all that is left of the
  /// text where only a new sentence shows that it is one.
  private static boolean concludes(String text, MatchResult cue, Found found) {
    boolean sentence = ".!?。\n".indexOf(cue.group().charAt(0)) >= 0;
    return (!sentence || nothingBehind(text, found.end()))
        && !Statements.supposed(text, cue.start())
        && !asked(text, found);
  }

  private static boolean asked(String text, Found found) {
    return text.startsWith("?", found.end()) || text.startsWith("？", found.end());
  }

  private static List<MatchResult> last(Rule rule, String text, int from) {
    List<MatchResult> all =
        rule.pattern().matcher(text).region(from, text.length()).results().toList();
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }

  private Optional<Reading> lead(String text) {
    Found found = naming.at(text, 0, Care.ALONE);
    boolean named = found.readable() && !asked(text, found);
    if (!named || !leads(text, found) || discusses(text, found)) {
      return Optional.empty();
    }
    return Optional.of(Reading.by(Rule.LEAD, found.answer(), text.substring(0, found.end())));
  }

  /// Whether more than a label in brackets leads: "(A) says that …" only speaks of a choice.
  private static boolean leads(String text, Found found) {
    return found.end() > LABEL || Labels.clauseEnds(text, found.end());
  }

  /// Whether a text that begins with a choice goes through several of them, a line each.
  private boolean discusses(String text, Found first) {
    int newline = text.indexOf('\n');
    boolean alone = newline >= 0 && newline <= first.end() + 3 && newline < 12;
    int line = newline;
    for (int i = 0; !alone && line >= 0 && i < MOST; i++) {
      Found found = naming.at(text, line + 1, Care.ALONE);
      boolean other = found.readable() && !found.answer().equals(first.answer());
      if (other || found.answer().equals(Unreadable.DENIED)) {
        return true;
      }
      line = text.indexOf('\n', line + 1);
    }
    return false;
  }

  /// The one choice that a text names in brackets, unless it speaks of others, too, or doubts it.
  private Optional<Reading> only(String text) {
    Optional<Reading> only = Optional.empty();
    for (MatchResult mention : last(Rule.ONLY, text, 0)) {
      Found found = naming.at(text, mention.start(1), Care.STATED);
      if (found.answer().equals(Unreadable.NO_CHOICE)) {
        continue;
      }
      String before = text.substring(Math.max(0, mention.start() - 60), mention.start());
      boolean other = only.isPresent() && !only.get().answer().equals(found.answer());
      boolean doubted = asked(text, found) || DISCUSSED.matcher(before).find();
      if (!found.readable() || other || doubted) {
        return Optional.empty();
      }
      only = Optional.of(Reading.by(Rule.ONLY, found.answer(), mention.group()));
    }
    return only;
  }
}
