package criticalwindows.intervene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Grader;
import criticalwindows.intervene.InterventionFinding.Policy;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Remaining;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.window.WindowFinding;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Two decisions of known probabilities, and problems whose original has taken the first of them:
/// from there on, and from the beginning, everything can be enumerated.
class InterventionsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final Progress QUIET = state -> {};
  private static final int VOTES = 5;

  /// Two fillers and the right decision, which is what hints are for.
  private static final String HINT = "aa1";

  private static final CotSettings RUN =
      new CotSettings(CutPlan.parse(".5"), 1, Sampling.PLAIN, 40, 3);

  private final ToyModel model = new ToyModel(new ToyModel.OrderedDecisions(List.of(.6, .7)));
  private final CotScripts scripts =
      new CotScripts(model, PromptSet.standard(), Interventions.settings(RUN));

  /// A reply, "The answer is $3$.", has 18 characters and a stop token.
  private InterventionPlace place(int number, String response) {
    Problem problem = Problem.of("toy", "logic", "Which? (" + number + ")", List.of(), "3");
    String answer = model.answers(response).keySet().iterator().next();
    DrawnAnswer original =
        new DrawnAnswer(Grader.STANDARD.form(answer), response.length() + 1 + 19);
    return new InterventionPlace(
        problem,
        model.vocabulary().encode(response),
        original,
        Grader.STANDARD.right(problem),
        3,
        10);
  }

  private List<InterventionPlace> places(int count, String response) {
    List<InterventionPlace> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(place(i, response));
    }
    return places;
  }

  private static Interventions wanted(List<InterventionPlace> places) {
    List<Problem> problems = places.stream().map(InterventionPlace::problem).toList();
    return new Interventions(places, VOTES, HINT, new MemoryLedger(problems), Grader.STANDARD);
  }

  private Optional<Remaining> run(Interventions wanted, String budget) throws InterruptedException {
    return Runner.run(
        new InterventionProtocol(wanted, scripts),
        wanted.ledger(),
        new Meter(Budget.parse(budget), CLOCK),
        QUIET);
  }

  /// The answer is decided by the third token but for one time in a hundred.
  @Test
  void thePlaceIsTheLastCutBeforeTheWindow() throws InterruptedException {
    ToyModel coin = new ToyModel(new ToyModel.OrderedDecisions(List.of(.5, .99)));
    Problem problem = place(0, "aa1aa1").problem();
    CotSettings settings =
        new CotSettings(CutPlan.parse("every:1"), 60, Sampling.PLAIN, 40, RUN.seed());
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    Runner.run(
        new FixedCuts(new CotScripts(coin, PromptSet.standard(), settings)), ledger, CLOCK, QUIET);
    List<Sample> samples = ledger.samples(problem.id());
    CotFinding finding =
        CotFinding.of(problem, samples, settings.cuts(), Grader.STANDARD).orElseThrow();
    WindowFinding window = WindowFinding.of(finding).orElseThrow();
    assertThat(window.claimed()).isTrue();
    InterventionPlace place = InterventionPlace.of(finding, window, samples);
    assertThat(place.kept()).isEqualTo(2);
    assertThat(place.response()).isEqualTo(finding.original().tokens());
    assertThat(place.original()).isEqualTo(new DrawnAnswer(finding.outcome(), 6 + 1 + 18 + 1));
    assertThat(place.rollouts()).isEqualTo(6 * 60);
  }

  @Test
  void everyPolicyIsRightAsOftenAsEnumerationSays() throws InterruptedException {
    int n = 250;
    Interventions wanted = wanted(places(n, "aa1aa0"));
    assertThat(run(wanted, "1M-rollouts")).isEmpty();
    InterventionStudy study = InterventionStudy.of(wanted.findings());
    assertThat(study.problems()).isEqualTo(n);

    Map<String, Double> after = model.answers("aa1");
    Map<String, Double> fresh = model.answers("");
    // A continuation has 3 tokens and a stop, a whole response 6 and a stop, a reply 19: five
    // continuations cost 115, and four whole responses 104.
    Map<Policy, List<Double>> exact =
        Map.of(
            Policy.ORIGINAL, List.of(0.0, right(fresh, 1), 26.0, 26.0, 1.0),
            Policy.AGAIN, List.of(.7, right(fresh, 1), 23.0, 26.0, 1.0),
            Policy.AGAIN_VOTE, List.of(right(after, 5), right(fresh, 4), 115.0, 104.0, 4.0),
            Policy.HINT, List.of(1.0, right(fresh, 1), 20.0, 26.0, 1.0),
            Policy.HINT_VOTE, List.of(1.0, right(fresh, 4), 100.0, 104.0, 4.0));
    assertThat(right(after, 5)).isCloseTo(.83692, within(1e-12));
    for (InterventionStudy.Row row : study.rows()) {
      List<Double> known = Objects.requireNonNull(exact.get(row.policy()));
      assertShare(row.plain().ofFirst().estimate(), known.get(0), n);
      assertShare(row.plain().ofSecond().estimate(), known.get(1), n);
      assertThat(List.of(row.tokens(), row.plainTokens(), row.plainResponses()))
          .as("%s", row.policy())
          .isEqualTo(known.subList(2, 5));
    }
  }

  private static void assertShare(double observed, double exact, int n) {
    double noise = Math.sqrt(exact * (1 - exact) / n);
    assertThat(observed).isCloseTo(exact, within(4 * noise + 1e-12));
  }

  /// P(a vote of so many comes to 3), over all orders in which answers can come.
  private static double right(Map<String, Double> answers, int votes) {
    return right(answers, List.of(), votes);
  }

  private static double right(Map<String, Double> answers, List<String> seen, int votes) {
    if (seen.size() == votes) {
      return winner(seen).equals("$3$") ? 1 : 0;
    }
    double sum = 0;
    for (Map.Entry<String, Double> answer : answers.entrySet()) {
      List<String> more = new ArrayList<>(seen);
      more.add(answer.getKey());
      sum += answer.getValue() * right(answers, more, votes);
    }
    return sum;
  }

  private static String winner(List<String> seen) {
    Map<String, Integer> counts = new HashMap<>();
    seen.forEach(answer -> counts.merge(answer, 1, Integer::sum));
    int most = counts.values().stream().max(Integer::compare).orElseThrow();
    return seen.stream()
        .filter(answer -> counts.getOrDefault(answer, 0) == most)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatStopsGoesOnAndComesToTheSame() throws InterruptedException {
    Interventions whole = wanted(places(7, "aa0aa1"));
    assertThat(run(whole, "1M-rollouts")).isEmpty();
    Interventions pieces = wanted(places(7, "aa0aa1"));
    int sessions = 0;
    while (run(pieces, "9-rollouts").isPresent()) {
      sessions++;
      assertThat(pieces.ledger().keys()).hasSize(9 * sessions);
    }
    assertThat(sessions).isEqualTo(whole.ledger().keys().size() / 9);
    assertThat(pieces.findings()).isEqualTo(whole.findings()).hasSize(7);
    Set<Key> before = pieces.ledger().keys();
    assertThat(run(pieces, "1M-rollouts")).isEmpty();
    assertThat(pieces.ledger().keys()).isEqualTo(before);
  }

  @Test
  void noDrawIsOneOfTheRuns() throws InterruptedException {
    Interventions wanted = wanted(places(3, "aa1aa1"));
    run(wanted, "1M-rollouts");
    Set<Long> seeds =
        wanted.ledger().keys().stream()
            .map(key -> key.seed(RUN.seed()))
            .collect(Collectors.toSet());
    wanted
        .ledger()
        .forEach(
            (problem, samples) ->
                assertThat(samples).noneMatch(sample -> seeds.contains(sample.seed())));
  }

  @Test
  void aProblemWithoutAllItsSamplesIsInNoTable() throws InterruptedException {
    Interventions wanted = wanted(places(4, "aa1aa1"));
    assertThat(run(wanted, "30-rollouts")).isPresent();
    assertThat(wanted.findings()).isEmpty();
    assertThat(run(wanted, "20-rollouts")).isPresent();
    assertThat(wanted.findings()).hasSizeBetween(1, 3);
  }

  /// A server can refuse one for good.
  @Test
  void aScriptThatFailsIsTriedOnceAndItsProblemLeftOut() throws InterruptedException {
    List<InterventionPlace> places = places(3, "aa1aa1");
    Key refused = Key.hinted(places.get(1).problem().id(), 3, 2);
    long seed = refused.seed(scripts.settings().seed());
    List<Key> failed = new ArrayList<>();
    Ledger whole = wanted(places).ledger();
    Ledger ledger =
        with(Ledger.class, whole, "failed", arguments -> failed.add((Key) arguments[0]));
    Model refusing = with(Model.class, model, "run", arguments -> refuse(seed, arguments));
    Interventions wanted = new Interventions(places, VOTES, HINT, ledger, Grader.STANDARD);
    CotScripts some = new CotScripts(refusing, PromptSet.standard(), scripts.settings());
    assertThat(
            Runner.run(
                new InterventionProtocol(wanted, some),
                wanted.ledger(),
                Meter.unlimited(CLOCK),
                QUIET))
        .isEmpty();
    assertThat(failed).containsExactly(refused);
    assertThat(wanted.findings())
        .extracting(InterventionFinding::place)
        .containsExactly(places.get(0), places.get(2));

    assertThat(
            Runner.run(
                new InterventionProtocol(wanted, scripts),
                wanted.ledger(),
                Meter.unlimited(CLOCK),
                QUIET))
        .isEmpty();
    assertThat(wanted.findings()).hasSize(3);
  }

  @Test
  void ofALedgerEachProblemIsReadOnceHoweverManyWavesThereAre() throws InterruptedException {
    List<InterventionPlace> places = places(40, "aa1aa1");
    Interventions begun = wanted(places);
    assertThat(run(begun, "300-rollouts")).isPresent();
    List<String> calls = new ArrayList<>();
    Ledger ledger = heard(begun.ledger(), calls);
    Interventions wanted = new Interventions(places, VOTES, HINT, ledger, Grader.STANDARD);
    assertThat(run(wanted, "1M-rollouts")).isEmpty();
    assertThat(calls).filteredOn("append"::equals).hasSizeGreaterThan(1);
    assertThat(calls).doesNotContain("forEach", "forEachReplies", "originals");
    assertThat(calls).filteredOn("samples"::equals).hasSizeBetween(20, 40);
    assertThat(wanted.findings()).hasSize(40);
  }

  private static Ledger heard(Ledger other, List<String> calls) {
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, called, arguments) -> {
              synchronized (calls) {
                calls.add(called.getName());
              }
              return called.invoke(other, arguments);
            });
  }

  private boolean refuse(long seed, Object[] arguments) throws InterruptedException {
    List<?> scripts = (List<?>) arguments[0];
    Model.Sink sink = (Model.Sink) arguments[1];
    for (int i = 0; i < scripts.size(); i++) {
      Script script = (Script) scripts.get(i);
      int index = i;
      if (script.seed() == seed) {
        sink.failed(index, "refused");
      } else {
        model.run(List.of(script), (only, completion) -> sink.finished(index, completion));
      }
    }
    return true;
  }

  private interface Action {
    boolean take(Object[] arguments) throws InterruptedException;
  }

  /// An object with one of its methods replaced, which returns nothing.
  private static <T> T with(Class<T> type, T other, String method, Action action) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                action.take(arguments);
                return null;
              }
              return called.invoke(other, arguments);
            }));
  }

  @Test
  void aHintThatLeavesNothingForAResponseIsAUserError() {
    List<InterventionPlace> places = places(1, "aa1aa1");
    Interventions wanted =
        new Interventions(
            places,
            VOTES,
            "a".repeat(37),
            new MemoryLedger(List.of(places.getFirst().problem())),
            Grader.STANDARD);
    assertThatThrownBy(() -> run(wanted, "1M-rollouts"))
        .isInstanceOfSatisfying(
            UserError.class,
            failure -> {
              assertThat(failure)
                  .hasMessageContaining("the hint has 37 tokens")
                  .hasMessageContaining("leaves 36 from its window on");
              assertThat(failure.hint()).isEqualTo("give a shorter hint");
            });
    assertThat(wanted.ledger().keys()).isEmpty();
    assertThatThrownBy(() -> new Interventions(places, 0, HINT, wanted.ledger(), Grader.STANDARD))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interventions(places, 1, " ", wanted.ledger(), Grader.STANDARD))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
