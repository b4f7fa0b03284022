package criticalwindows.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.colour.NamesAColour;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.defence.Defence;
import criticalwindows.defence.DefendedCuts;
import criticalwindows.form.FormPrompt;
import criticalwindows.form.FormProtocol;
import criticalwindows.form.FormScripts;
import criticalwindows.form.FormSettings;
import criticalwindows.grade.Grader;
import criticalwindows.intervene.DrawnAnswer;
import criticalwindows.intervene.Edit;
import criticalwindows.intervene.EditProtocol;
import criticalwindows.intervene.Edits;
import criticalwindows.intervene.InterventionPlace;
import criticalwindows.intervene.InterventionProtocol;
import criticalwindows.intervene.Interventions;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.noise.ThinkMarkers;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.prompt.PromptSet;
import criticalwindows.search.Decisions;
import criticalwindows.search.SearchedCuts;
import criticalwindows.trace.Before;
import criticalwindows.trace.Source;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import criticalwindows.trace.TraceScripts;
import criticalwindows.trace.TraceSettings;
import criticalwindows.trace.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every protocol keeps to: whatever the order in which scripts end, and wherever a run is
/// stopped, it comes to the same samples. A new protocol is a line in [#protocols].
public class ProtocolContractTest {
  /// The tests keep no state.
  public ProtocolContractTest() {}

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final Progress QUIET = state -> {};
  private static final PromptSet PROMPTS = PromptSet.standard();
  private static final ToyModel MODEL = ToyModel.orderedDecisions();

  /// A protocol with what is kept of its run besides samples.
  ///
  /// @param fresh a new run: from a model to the protocol of a session
  public record Kind(String name, List<Problem> items, Fresh fresh) {
    @Override
    public String toString() {
      return name;
    }
  }

  public interface Fresh {
    Function<Model, Protocol> run();
  }

  static Stream<Kind> protocols() {
    return Stream.of(
        cuts(),
        search(),
        thinking(),
        traces(),
        form(),
        interventions(),
        edits(),
        defences(),
        NamesAColour.kind());
  }

  private static List<Problem> problems(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"))
        .toList();
  }

  private static CotSettings settings(CutPlan plan) {
    return new CotSettings(plan, 3, Sampling.PLAIN, 40, 11);
  }

  private static Kind cuts() {
    CotSettings settings = settings(CutPlan.parse(".1,.5,.9"));
    return new Kind(
        "cuts",
        problems(5),
        () -> model -> new FixedCuts(new CotScripts(model, PROMPTS, settings)));
  }

  private static Kind search() {
    CotSettings settings = settings(new CutPlan.Search(.2, .8, 40));
    return new Kind(
        "search",
        problems(2),
        () -> {
          Decisions decisions = Decisions.inMemory();
          return model ->
              new SearchedCuts(
                  new CotScripts(model, PROMPTS, settings), Grader.STANDARD, decisions);
        });
  }

  /// Within what the model thinks: here after its prompt, which opens the thought with a character
  /// that only this model takes for a marker.
  private static Kind thinking() {
    CotSettings settings =
        settings(CutPlan.parse("every:4"))
            .thinking(Optional.of(new ThinkMarkers(":", "1")))
            .thinkingAtMost(Optional.of(6));
    return new Kind(
        "thinking",
        problems(3),
        () -> model -> new FixedCuts(new CotScripts(model, PROMPTS, settings)));
  }

  /// Given texts of which the model writes some, one that it writes itself, and two that are scored
  /// after the same start.
  private static Kind traces() {
    Before before = new Before.Turns(List.of(Message.user("Which leaf?")));
    List<Source> sources =
        List.of(
            new Sources.Text("aa1aa1aa1aa1aa1"),
            new Sources.Text("aa0aa1aa0aa1aa1"),
            new Sources.Sampled(),
            new Sources.Text("ab1aa0"));
    List<Trace> traces =
        sources.stream()
            .map(
                source ->
                    new Trace(
                        "here",
                        Optional.empty(),
                        before,
                        source,
                        FinishReason.STOP,
                        Optional.empty()))
            .toList();
    TraceSettings settings = new TraceSettings(settings(CutPlan.parse("0,.4,.9")), List.of());
    return new Kind(
        "traces",
        Tracing.of(MODEL, traces, "mine").items(),
        () -> model -> new FixedCuts(new TraceScripts(model, settings)));
  }

  /// The target is a text that the model writes, with its first decision left open.
  private static Kind form() {
    FormPrompt prompt = FormPrompt.parse("A (x/y) B (u/v) C");
    Problem form = FormScripts.problem("mine", prompt);
    FormSettings settings = new FormSettings(9, 2, Sampling.PLAIN, 30, List.of("y", "v"), 3);
    return new Kind(
        "form", List.of(form), () -> model -> new FormProtocol(new FormScripts(model, settings)));
  }

  private static Kind interventions() {
    List<Problem> problems = problems(4);
    CotSettings settings = Interventions.settings(settings(CutPlan.parse(".5")));
    List<InterventionPlace> places = new ArrayList<>();
    for (Problem problem : problems.subList(1, 4)) {
      DrawnAnswer original = new DrawnAnswer(Grader.STANDARD.form("27"), 30);
      places.add(
          new InterventionPlace(
              problem,
              MODEL.vocabulary().encode("aa1aa1aa1aa1aa1"),
              original,
              Grader.STANDARD.right(problem),
              4,
              10));
    }
    Interventions wanted =
        new Interventions(places, 3, "aa1", new MemoryLedger(problems), Grader.STANDARD);
    return new Kind(
        "interventions",
        problems,
        () -> model -> new InterventionProtocol(wanted, new CotScripts(model, PROMPTS, settings)));
  }

  /// One item is left alone, one has other words, two have a token drawn anew.
  private static Kind edits() {
    List<Problem> problems = problems(4);
    CotSettings settings = Edits.settings(settings(CutPlan.parse(".5")));
    List<Edit> edits = new ArrayList<>();
    for (int i = 1; i < 4; i++) {
      Edit.Change change = i == 1 ? new Edit.Change.Replaced("0aa") : new Edit.Change.Redrawn();
      Problem problem = problems.get(i);
      edits.add(new Edit(problem, response(problem, "aa1aa1aa1aa1aa1"), 2, 3, change, 3));
    }
    Map<String, Outcome> originals =
        edits.stream()
            .collect(
                Collectors.toMap(
                    edit -> edit.problem().id(), edit -> Grader.STANDARD.form("$27$")));
    Edits wanted = new Edits(edits, originals, new MemoryLedger(problems), Grader.STANDARD);
    return new Kind(
        "edits",
        problems,
        () -> model -> new EditProtocol(wanted, new CotScripts(model, PROMPTS, settings)));
  }

  /// Texts that are begun, with checks that end some replies and hints.
  private static Kind defences() {
    Trace begun =
        new Trace(
            "here",
            Optional.empty(),
            new Before.Turns(List.of(Message.user("Which leaf?"))),
            new Sources.Text("aa1aa"),
            FinishReason.LENGTH,
            Optional.empty());
    TraceSettings settings = new TraceSettings(settings(new CutPlan.First(3)), List.of());
    List<Defence> defences = Defence.all(List.of("header:4", "hint:aa0", "header:6"));
    return new Kind(
        "defences",
        Tracing.of(MODEL, List.of(begun), "mine").items(),
        () ->
            model ->
                new DefendedCuts(new TraceScripts(model, settings), defences, new EndsInOne()));
  }

  /// Whether a response ends in 1, which is followed.
  private static final class EndsInOne implements Scorer {
    private record Last(boolean one) implements Outcome {
      @Override
      public boolean readable() {
        return true;
      }

      @Override
      public String show() {
        return String.valueOf(one);
      }
    }

    @Override
    public Outcome of(Problem item, Said said) {
      return new Last(said.response().endsWith("1"));
    }

    @Override
    public Optional<Outcome> followed(Problem item) {
      return Optional.of(new Last(true));
    }
  }

  private static Sample response(Problem problem, String text) {
    return new Sample(
        Key.original(problem.id()),
        Sample.Turn.RESPONSE,
        MODEL.vocabulary().encode(text),
        text,
        IntStream.rangeClosed(1, text.length()).boxed().toList(),
        FinishReason.STOP,
        LogProbs.of(new float[text.length() + 1]),
        1,
        "toy",
        1,
        Duration.ZERO);
  }

  private static MemoryLedger whole(Kind kind) throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(kind.items());
    Protocol protocol = kind.fresh().run().apply(MODEL);
    assertThat(Runner.run(protocol, ledger, Meter.unlimited(CLOCK), QUIET)).isEmpty();
    assertThat(ledger.keys()).isNotEmpty();
    return ledger;
  }

  private static List<String> texts(Ledger ledger) {
    return ledger.problems().stream()
        .flatMap(item -> ledger.samples(item.id()).stream())
        .map(row -> row.key() + " " + row.turn() + " " + row.seed() + " " + row.text())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void anyOrderOfArrivalAndAnyWidthGiveTheSame(Kind kind) throws InterruptedException {
    MemoryLedger whole = whole(kind);
    for (int seed = 1; seed <= 3; seed++) {
      MemoryLedger ledger = new MemoryLedger(kind.items());
      Shaken shaken = new Shaken(MODEL, new Random(seed), 2 + seed);
      Protocol protocol = kind.fresh().run().apply(shaken.model());
      assertThat(Runner.run(protocol, ledger, Meter.unlimited(CLOCK), QUIET)).isEmpty();
      assertThat(texts(ledger)).isEqualTo(texts(whole));
      assertThat(ledger.lastWave()).isGreaterThanOrEqualTo(whole.lastWave());
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void aRunThatIsStoppedAnywhereComesToTheSame(Kind kind) throws InterruptedException {
    MemoryLedger whole = whole(kind);
    MemoryLedger ledger = new MemoryLedger(kind.items());
    Random random = new Random(5);
    var run = kind.fresh().run();
    int stops = 0;
    for (boolean stopped = true; stopped; ) {
      Shaken shaken = new Shaken(MODEL, random, 4).stoppingAfter(1 + random.nextInt(40));
      try {
        assertThat(Runner.run(run.apply(shaken.model()), ledger, Meter.unlimited(CLOCK), QUIET))
            .isEmpty();
        stopped = false;
      } catch (InterruptedException e) {
        stops++;
      }
    }
    assertThat(stops).isPositive();
    assertThat(texts(ledger)).isEqualTo(texts(whole));
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void piecesOfABudgetComeToTheSame(Kind kind) throws InterruptedException {
    MemoryLedger whole = whole(kind);
    MemoryLedger ledger = new MemoryLedger(kind.items());
    var run = kind.fresh().run();
    int sessions = 1;
    while (Runner.run(run.apply(MODEL), ledger, new Meter(new Budget.Rollouts(11), CLOCK), QUIET)
        .isPresent()) {
      sessions++;
    }
    assertThat(sessions).isGreaterThan(1);
    assertThat(texts(ledger)).isEqualTo(texts(whole));
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void scriptsThatFailAreAskedForAgainAndNothingElse(Kind kind) throws InterruptedException {
    MemoryLedger whole = whole(kind);
    MemoryLedger ledger = new MemoryLedger(kind.items());
    List<Key> failed = new ArrayList<>();
    Ledger noting = Shaken.noting(ledger, failed);
    var run = kind.fresh().run();
    Shaken failing = new Shaken(MODEL, new Random(2), 5).failingOneIn(7);
    Runner.run(run.apply(failing.model()), noting, Meter.unlimited(CLOCK), QUIET);
    assertThat(failed)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(ledger.keys());
    assertThat(whole.keys()).containsAll(ledger.keys()).containsAll(failed);
    assertThat(Runner.run(run.apply(MODEL), ledger, Meter.unlimited(CLOCK), QUIET)).isEmpty();
    assertThat(texts(ledger)).isEqualTo(texts(whole));
  }

  /// Whatever of a run is lost, its record of decisions too, is made again as it was.
  @ParameterizedTest
  @MethodSource("protocols")
  void aLedgerWithHolesIsFilled(Kind kind) throws InterruptedException {
    MemoryLedger whole = whole(kind);
    Random random = new Random(9);
    MemoryLedger holes = new MemoryLedger(kind.items());
    Map<Key, List<Sample>> rows = new HashMap<>();
    whole.forEach(
        (item, samples) ->
            samples.forEach(
                row -> rows.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row)));
    rows.keySet().stream()
        .sorted()
        .filter(key -> random.nextBoolean())
        .forEach(key -> holes.append(rows.getOrDefault(key, List.of())));
    assertThat(holes.keys().size()).isBetween(1, whole.keys().size() - 1);
    Protocol protocol = kind.fresh().run().apply(MODEL);
    assertThat(Runner.run(protocol, holes, Meter.unlimited(CLOCK), QUIET)).isEmpty();
    assertThat(texts(holes)).isEqualTo(texts(whole));
  }
}
