package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Grader;
import criticalwindows.model.Sampling;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.noise.Rollout;
import criticalwindows.noise.ThinkMarkers;
import criticalwindows.noise.Thinking;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Settings;
import criticalwindows.stats.Interval;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Cuts within what a model thinks, exactly, on a model that thinks three sentences.
class ThinkingTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final char OPEN = 132;
  private static final char CLOSE = 133;
  private static final Problem PROBLEM = Problem.of("toy", "logic", "How many?", List.of(), "2");

  /// Opens its thinking, writes three sentences, each with `1` at probability .5 or `0`, closes it
  /// and says something. The answer is how many sentences with a 1 it thought. Closed early, it has
  /// thought less; not closed, it is likeliest to go on to one or two.
  private static final ToyModel.Process THINKER =
      new ToyModel.Process() {
        private static final int SENTENCE = 3;

        @Override
        public int length() {
          return 16;
        }

        @Override
        public Map<Character, Double> next(String written) {
          int at = written.length();
          if (at == 0) {
            return Map.of(OPEN, 1.0);
          }
          if (written.indexOf(CLOSE) >= 0) {
            return Map.of('x', 1.0);
          }
          int place = (at - 1) % SENTENCE;
          if (at == 1 + 3 * SENTENCE) {
            return Map.of(CLOSE, 1.0);
          }
          return place == 0 ? Map.of('0', .5, '1', .5) : Map.of(place == 1 ? '.' : '\n', 1.0);
        }

        @Override
        public String answer(String text) {
          return "$" + text.chars().filter(c -> c == '1').count() + "$";
        }
      };

  private static final ToyModel MODEL = new ToyModel(THINKER);
  private static final Thinking MARKERS =
      ThinkMarkers.STANDARD.in(MODEL.vocabulary()).orElseThrow();

  private static CotScripts scripts(String cuts, Optional<ThinkMarkers> markers) {
    CotSettings settings =
        new CotSettings(CutPlan.parse(cuts), 40, Sampling.PLAIN, 20, 3).thinking(markers);
    return new CotScripts(MODEL, PromptSet.standard(), settings);
  }

  private static List<Sample> run(CotScripts scripts) throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(List.of(PROBLEM));
    Runner.run(new FixedCuts(scripts), ledger, CLOCK, state -> {});
    return ledger.samples(PROBLEM.id());
  }

  private static CotFinding finding(CotScripts scripts) throws InterruptedException {
    return CotFinding.of(PROBLEM, run(scripts), scripts.settings().cuts(), Grader.STANDARD)
        .orElseThrow();
  }

  @Test
  void cutsLieWithinTheThinkingAndNowhereElse() throws InterruptedException {
    CotFinding found = finding(scripts("thinking", Optional.of(ThinkMarkers.STANDARD)));
    // Behind the opening marker, and after each sentence, before its line break.
    assertThat(found.levels().stream().map(level -> level.cut().kept()))
        .containsExactly(1, 3, 6, 9);
  }

  @Test
  void anEarlyAnswerIsThatOfWhatWasThoughtSoFar() throws InterruptedException {
    CotFinding found = finding(scripts("thinking", Optional.of(ThinkMarkers.STANDARD)));
    String text = found.original().text();
    for (CotLevel level : found.levels()) {
      // The markers are no text, and the first of them is always kept.
      long ones = text.substring(0, level.cut().kept() - 1).chars().filter(c -> c == '1').count();
      assertThat(level.early().orElseThrow().show()).isEqualTo(Long.toString(ones));
    }
  }

  @Test
  void withoutTheClosingMarkerItIsAnotherAnswer() throws InterruptedException {
    CotFinding closed = finding(scripts("0.07", Optional.of(ThinkMarkers.STANDARD)));
    CotFinding open = finding(scripts("0.07", Optional.empty()));
    assertThat(closed.levels().getFirst().cut().kept()).isEqualTo(1);
    assertThat(closed.levels().getFirst().early().orElseThrow().show()).isEqualTo("0");
    assertThat(open.levels().getFirst().early().orElseThrow().show()).isIn("1", "2");
  }

  @Test
  void afterTheThinkingNothingIsClosed() throws InterruptedException {
    List<Sample> with = run(scripts("0,0.9", Optional.of(ThinkMarkers.STANDARD)));
    List<Sample> without = run(scripts("0,0.9", Optional.empty()));
    assertThat(texts(with)).isEqualTo(texts(without));
  }

  private static List<String> texts(List<Sample> rows) {
    return rows.stream().map(row -> row.key() + " " + row.turn() + " " + row.text()).toList();
  }

  @Test
  void continuationsFollowTheExactCurve() throws InterruptedException {
    CotFinding found = finding(scripts("thinking", Optional.of(ThinkMarkers.STANDARD)));
    String text = found.original().text();
    for (CotLevel level : found.levels()) {
      String kept = OPEN + text.substring(0, level.cut().kept() - 1);
      double exact = MODEL.answers(kept).getOrDefault("$" + found.outcome().show() + "$", 0.0);
      Interval interval = level.consistent().wilson(.999);
      assertThat(exact).isBetween(interval.low(), interval.high());
    }
    assertThat(found.levels()).allMatch(level -> level.consistent().trials() == 40);
  }

  private static CotScripts limited(String cuts, int think) {
    CotScripts scripts = scripts(cuts, Optional.of(ThinkMarkers.STANDARD));
    return scripts.with(scripts.settings().thinkingAtMost(Optional.of(think)));
  }

  /// Four tokens are the first sentence and what the second one begins with: two fair draws.
  @Test
  void aThoughtIsClosedAtItsLimitAndTheAnswerIsThatOfWhatWasThought() throws InterruptedException {
    List<Sample> rows = run(limited("0,0.3", 4));
    Sample original = rows.stream().filter(Sample::cut).findFirst().orElseThrow();
    assertThat(original.tokens().slice(0, 5).toString()).matches("\\[4[89], 46, 10, 4[89], 133]");
    assertThat(original.tokens().size()).isEqualTo(15);
    assertThat(original.predictions()).hasSize(original.logProbs().size());
    assertThat(original.ends()).hasSize(original.tokens().size());
    assertThat(rows.stream().filter(row -> row.key().is(Arm.RESAMPLE)))
        .hasSize(2 * 2 * 40)
        .allMatch(
            row ->
                row.turn() == Sample.Turn.ANSWER
                    || row.key().kept() > 4
                    || row.tokens().at(4 - row.key().kept()) == CLOSE);
    CotFinding found =
        CotFinding.of(PROBLEM, rows, CutPlan.parse("0,0.3"), Grader.STANDARD).orElseThrow();
    double exact = found.outcome().show().equals("1") ? .5 : .25;
    Interval interval = found.levels().getFirst().consistent().wilson(.999);
    assertThat(exact).isBetween(interval.low(), interval.high());
    // Both draws are kept behind four tokens.
    assertThat(found.levels().getLast().cut().kept()).isEqualTo(4);
    assertThat(found.levels().getLast().consistent().estimate()).isEqualTo(1);
  }

  @Test
  void aThoughtThatEndsByItselfIsNotClosedTwice() throws InterruptedException {
    List<Sample> rows = run(limited("0.1,0.9", 12));
    for (Sample row : rows) {
      if (row.turn() == Sample.Turn.RESPONSE) {
        long closers = row.tokens().stream().filter(id -> id == CLOSE).count();
        assertThat(closers).isEqualTo(row.key().kept() > 9 ? 0 : 1);
      }
    }
    Sample original = rows.stream().filter(Sample::cut).findFirst().orElseThrow();
    assertThat(original.tokens().at(9)).isEqualTo(CLOSE);
    // That it closes there is certain.
    assertThat(original.logProbs().at(9)).isZero();
    assertThat(original.tokens().size()).isEqualTo(15);
  }

  @Test
  void whatGoesOnWithALimitedThoughtKeepsToTheLimit() {
    CotScripts scripts = limited("0", 4);
    Key key = Key.resample(PROBLEM.id(), 0, 0);
    Tokens start = scripts.begun(key, PROBLEM, tokens("1.\n")).script().start();
    assertThat(start.slice(start.size() - 4, start.size())).isEqualTo(tokens(OPEN + "1.\n"));
    assertThat(scripts.begun(key, PROBLEM, tokens("1.\n")).script().steps())
        .startsWith(
            new Step.Sample(Sampling.PLAIN, 1, Set.of(129, 133)),
            new Step.Score(List.of(Tokens.of(133))),
            new Step.Feed(Tokens.of(133)));
    assertThat(scripts.token(key, PROBLEM, tokens("1.\n")).script().steps()).hasSize(1);
    assertThatThrownBy(() -> scripts.token(key, PROBLEM, tokens("1.\n0")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the token after 4 of "
                + PROBLEM.id()
                + " was not drawn: it closes a thought at its"
                + " limit");
  }

  private static Rollout rollout(String prompt, String response) {
    return Rollout.of(tokens(prompt), tokens(response));
  }

  private static Tokens tokens(String text) {
    return Tokens.of(text.chars().toArray());
  }

  @Test
  void whereAThoughtIsWithoutBothMarkers() {
    assertThat(MARKERS.in(rollout("?", OPEN + "ab" + CLOSE + "c")))
        .contains(new Thinking.Span(1, 3));
    assertThat(MARKERS.in(rollout("?", "a" + OPEN + "b"))).contains(new Thinking.Span(2, 3));
    // The prompt has the opening marker, as templates of R1 have it.
    assertThat(MARKERS.in(rollout("?" + OPEN, "ab" + CLOSE + "c")))
        .contains(new Thinking.Span(0, 2));
    // What was thought in earlier turns is over.
    assertThat(MARKERS.in(rollout("?" + OPEN + "a" + CLOSE + "?", "ab"))).isEmpty();
    assertThat(MARKERS.in(rollout("?", "ab"))).isEmpty();
    assertThat(MARKERS.in(rollout("?", OPEN + "a" + CLOSE + OPEN + "b")))
        .contains(new Thinking.Span(1, 2));
  }

  @Test
  void aResponseThatDoesNotThinkIsNotCut() {
    CotScripts scripts = scripts("thinking", Optional.of(ThinkMarkers.STANDARD));
    assertThat(scripts.cuts(rollout("?", "a. b. c."))).isEmpty();
    // A thought that is empty is closed at once.
    assertThat(scripts.cuts(rollout("?", "" + OPEN + CLOSE + "a")).stream().map(Cut::kept))
        .containsExactly(1);
  }

  @Test
  void theCloserIsFedBeforeTheQuestion() {
    CotScripts scripts = scripts("thinking", Optional.of(ThinkMarkers.STANDARD));
    Tokens response = tokens(OPEN + "0. 1." + CLOSE + "x");
    var early =
        scripts.continuations(PROBLEM, response).stream()
            .filter(task -> task.key().is(Arm.EARLY))
            .toList();
    assertThat(early).isNotEmpty();
    assertThat(early)
        .allSatisfy(
            task ->
                assertThat(task.script().steps().getFirst().toString()).contains("[133, 129, "));
  }

  @Test
  void settingsAreDataAndBack() {
    CotSettings plain = new CotSettings(CutPlan.parse("thinking"), 3, Sampling.PLAIN, 9, 1);
    CotSettings marked = plain.thinking(Optional.of(ThinkMarkers.parse("<a>, </a>")));
    CotSettings limited = marked.thinkingAtMost(Optional.of(5));
    for (CotSettings settings : List.of(plain, marked, limited)) {
      Settings data = settings.asData();
      assertThat(CotSettings.of(data)).isEqualTo(settings);
    }
    assertThat(marked.markers()).contains(new ThinkMarkers("<a>", "</a>"));
  }
}
