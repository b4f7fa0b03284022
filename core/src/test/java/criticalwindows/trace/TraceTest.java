package criticalwindows.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.Depths;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Continued;
import criticalwindows.outcome.Following;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Settings;
import criticalwindows.stats.Interval;
import criticalwindows.window.WindowFinding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final InstantSource CLOCK = () -> Instant.EPOCH;
  private static final Before ASKED = new Before.Turns(List.of(Message.user("What do you see?")));

  /// `a red one today` with probability .4, or `a sad one today`: the third character decides.
  private static final ToyModel.Process WRITER =
      new ToyModel.Process() {
        @Override
        public int length() {
          return 15;
        }

        @Override
        public Map<Character, Double> next(String written) {
          if (written.length() == 2) {
            return Map.of('r', .4, 's', .6);
          }
          String text = written.contains("s") ? "a sad one today" : "a red one today";
          return Map.of(text.charAt(written.length()), 1.0);
        }

        @Override
        public String answer(String text) {
          return text;
        }
      };

  private record Named(String show) implements Outcome {
    @Override
    public boolean readable() {
      return true;
    }
  }

  private static final Scorer RED =
      (item, said) -> new Named(said.response().contains("red") ? "red" : "other");

  private static Trace trace(Before before, Source source) {
    return new Trace(
        "line 1", Optional.empty(), before, source, FinishReason.STOP, Optional.empty());
  }

  private static Problem item(Trace trace) {
    return Tracing.of(new ToyModel(WRITER), List.of(trace), "mine").items().getFirst();
  }

  private static TraceSettings settings(String cuts, int samples) {
    return new TraceSettings(
        new CotSettings(CutPlan.parse(cuts), samples, Sampling.PLAIN, 20, 5), List.of());
  }

  private static List<Sample> run(Problem item, TraceSettings settings)
      throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(List.of(item));
    Runner.run(
        new FixedCuts(new TraceScripts(new ToyModel(WRITER), settings)),
        ledger,
        CLOCK,
        state -> {});
    return ledger.samples(item.id());
  }

  @Test
  void aGivenTextIsDecidedWhereItsModelDecidesIt() throws InterruptedException {
    Problem item = item(trace(ASKED, new Sources.Text("a red one today")));
    List<Sample> rows = run(item, settings("every:1", 60));
    CotFinding found = CotFinding.of(item, rows, CutPlan.parse("every:1"), RED).orElseThrow();

    assertThat(found.outcome().show()).isEqualTo("red");
    assertThat(found.levels()).hasSize(15);
    for (CotLevel level : found.levels()) {
      double exact = level.cut().kept() > 2 ? 1 : .4;
      Interval interval = level.consistent().wilson(.999);
      assertThat(interval.low()).isLessThanOrEqualTo(exact);
      assertThat(interval.high()).isGreaterThanOrEqualTo(exact);
    }
    WindowFinding window = WindowFinding.of(found).orElseThrow();
    assertThat(window.claimed()).isTrue();
    assertThat(window.window().place().interval().holds(2.5)).isTrue();
    assertThat(found.gold()).isEmpty();
    assertThat(found.right(found.outcome())).isEmpty();
  }

  @Test
  void aClassThatIsFollowedIsCountedWhateverTheTextCameTo() throws InterruptedException {
    // The text is of the other class, so its own curve rises to 1, and that of red falls to 0.
    Problem item = item(trace(ASKED, new Sources.Text("a sad one today")));
    Scorer knows =
        new Scorer() {
          @Override
          public Outcome of(Problem about, Said said) {
            return RED.of(about, said);
          }

          @Override
          public Optional<Outcome> named(Problem about, String name) {
            return Optional.of(new Named(name));
          }
        };
    List<Sample> rows = run(item, settings("every:1", 60));
    CutPlan plan = CutPlan.parse("every:1");
    Scorer red = new Following(knows, "red");
    CotFinding own = CotFinding.of(item, rows, plan, knows).orElseThrow();
    CotFinding followed = CotFinding.of(item, rows, plan, red).orElseThrow();

    assertThat(followed.outcome().show()).isEqualTo("other");
    assertThat(followed.followed().show()).isEqualTo("red");
    for (int i = 0; i < 15; i++) {
      long same = own.levels().get(i).consistent().successes();
      assertThat(followed.levels().get(i).consistent().successes()).isEqualTo(60 - same);
    }
    assertThat(own.consistency().end().orElseThrow().holds()).isTrue();
    assertThat(followed.consistency().end().orElseThrow().holds()).isFalse();
    assertThat(Continued.of(item, rows, red).orElseThrow().consistency())
        .isEqualTo(followed.consistency());
    WindowFinding fall = WindowFinding.of(followed).orElseThrow();
    assertThat(fall.claimed()).isTrue();
    assertThat(fall.window().rise().mean()).isNegative();
    assertThat(fall.window().place().interval().holds(2.5)).isTrue();
    assertThat(fall.classes().getFirst().name()).isEqualTo("other");
  }

  @Test
  void theFirstTokensAreCutUpToTheEndOfATextAndNotBeyond() throws InterruptedException {
    Problem item = item(trace(ASKED, new Sources.Text("a red one today")));
    assertThat(run(item, settings("first:4", 1)).stream().map(row -> row.key().kept()).distinct())
        .containsExactly(0, 1, 2, 3);
    List<Sample> whole = run(item, settings("first:100", 1));
    assertThat(whole).hasSize(1 + 16);
    CutPlan plan = CutPlan.parse("first:100");
    CotFinding found = CotFinding.of(item, whole, plan, RED).orElseThrow();
    assertThat(found.levels().getLast().cut().kept()).isEqualTo(15);
    assertThat(found.levels().getLast().consistent().successes()).isEqualTo(1);
    assertThat(WindowFinding.of(found)).isPresent();
    assertThat(plan.spec()).isEqualTo("first:100");
    assertThatThrownBy(() -> CutPlan.parse("first:0"))
        .hasMessage("at least the first token, not 0");
    CutPlan on = CutPlan.parse("first:4,every:5");
    assertThat(on.cuts(15).stream().map(Cut::kept)).containsExactly(0, 1, 2, 3, 8, 13);
    assertThat(on.cuts(14).stream().map(Cut::kept)).containsExactly(0, 1, 2, 3, 8, 13);
    assertThat(on.cuts(13).stream().map(Cut::kept)).containsExactly(0, 1, 2, 3, 8);
    assertThat(on.cuts(2).stream().map(Cut::kept)).containsExactly(0, 1, 2);
    assertThat(on.spec()).isEqualTo("first:4,every:5");
    assertThat(CutPlan.parse("first:2,every:2147483647").cuts(9)).hasSize(2);
    assertThatThrownBy(() -> CutPlan.parse("first:4,every:0"))
        .hasMessage("beyond them every token or fewer, not every 0");
    assertThatThrownBy(() -> CutPlan.parse("first:4,every:x")).hasMessageContaining("first:N");
  }

  /// Else a mean over responses would move where the short ones drop out.
  @Test
  void aResponseThatHasEndedCountsAtGreaterDepthsWithWhatItCameTo() throws InterruptedException {
    CutPlan plan = CutPlan.parse("first:100");
    List<CotFinding> found = new ArrayList<>();
    for (String text : List.of("a sad", "a red one today")) {
      Problem item = item(trace(ASKED, new Sources.Text(text)));
      found.add(CotFinding.of(item, run(item, settings("first:100", 1)), plan, RED).orElseThrow());
    }
    Depths.Group all = Depths.byTokens(found).groups().getFirst();
    assertThat(all.at(5).orElseThrow().counts().trials()).isEqualTo(2);
    Depths.Point deep = all.at(9).orElseThrow();
    assertThat(deep.counts().trials()).isEqualTo(1);
    assertThat(deep.over().problems()).isEqualTo(2);
    assertThat(deep.over().estimate()).isEqualTo(1);
  }

  @Test
  void theOriginalIsScoredAndNotSampled() throws InterruptedException {
    Problem item = item(trace(ASKED, new Sources.Text("a red one today")));
    List<Sample> rows = run(item, settings("0.5", 2));
    Sample original = rows.getFirst();
    assertThat(original.cut()).isTrue();
    assertThat(original.text()).isEqualTo("a red one today");
    assertThat(original.logProbs().size()).isEqualTo(15);
    assertThat(original.logProbs().at(2)).isEqualTo((float) Math.log(.4));
    assertThat(original.logProbs().sum()).isEqualTo((float) Math.log(.4));
    assertThat(original.predictions()).hasSize(15);
    assertThat(original.predictions().get(2).text()).isEqualTo("s");
    assertThat(original.ends()).hasSize(15);
    // Two continuations besides, and no answers.
    assertThat(rows).hasSize(3).allMatch(row -> row.turn() == Sample.Turn.RESPONSE);
  }

  @Test
  void whereThereIsNoResponseTheModelWritesOne() throws InterruptedException {
    Problem item = item(trace(ASKED, new Sources.Sampled()));
    Sample original = run(item, settings("0.5", 1)).getFirst();
    assertThat(original.text()).isIn("a red one today", "a sad one today");
    assertThat(original.finish()).isEqualTo(FinishReason.STOP);
    assertThat(item.task()).isEqualTo("sampled");
  }

  @Test
  void tokenIdsAreUsedAsTheyAre() {
    Tokens prompt = Tokens.of(128, 130, 65, 131);
    Tokens response = Tokens.of(97, 32, 114);
    Problem item = item(trace(new Before.Ids(prompt), new Sources.Ids(response)));
    assertThat(item.given())
        .contains(new GivenText(prompt, Optional.of(response), FinishReason.STOP));
    assertThat(item.question()).isEqualTo("A");
  }

  @Test
  void aStopTokenAtTheEndOfIdsIsLeftOutWhereItIsTheModels() {
    int stop = new ToyModel(WRITER).vocabulary().stops().iterator().next();
    for (Tokens ids : List.of(Tokens.of(97, 32, stop), Tokens.of(97, 32))) {
      Problem item = item(trace(ASKED, new Sources.Ended(ids)));
      assertThat(item.given().orElseThrow().response()).contains(Tokens.of(97, 32));
    }
    Problem inside = item(trace(ASKED, new Sources.Ended(Tokens.of(stop, 97))));
    assertThat(inside.given().orElseThrow().response()).contains(Tokens.of(stop, 97));
  }

  @Test
  void aRenderedPromptIsWhatItsTemplateMade() {
    Tokens turns = item(trace(ASKED, new Sources.Text("a"))).given().orElseThrow().prompt();
    ToyModel model = new ToyModel(WRITER);
    String rendered = model.chatTemplate().render(List.of(Message.user("What do you see?")));
    String begin = model.vocabulary().show(model.vocabulary().begin().orElseThrow());
    for (String text : List.of(rendered, begin + rendered)) {
      Problem item = item(trace(new Before.Rendered(text), new Sources.Text("a")));
      assertThat(item.given().orElseThrow().prompt()).isEqualTo(turns);
    }
    Problem plain = item(trace(new Before.Text(rendered), new Sources.Text("a")));
    assertThat(plain.given().orElseThrow().prompt()).isNotEqualTo(turns);
  }

  @Test
  void aTemplatedPromptHasOneBeginAndIsOfThisModelsTemplateAndItsReplyEndsBeforeTheStop() {
    Tokens turns = item(trace(ASKED, new Sources.Text("a"))).given().orElseThrow().prompt();
    ToyModel model = new ToyModel(WRITER);
    String rendered = model.chatTemplate().render(List.of(Message.user("What do you see?")));
    String begin = model.vocabulary().show(model.vocabulary().begin().orElseThrow());
    String stop = model.vocabulary().show(model.vocabulary().stops().iterator().next());
    String bare = rendered.startsWith(begin) ? rendered.substring(begin.length()) : rendered;
    for (String text : List.of(bare, begin + bare, begin + begin + bare)) {
      Problem item =
          item(trace(new Before.Templated(text), new Sources.Templated("a red one" + stop)));
      assertThat(item.given().orElseThrow().prompt()).isEqualTo(turns);
      assertThat(item.given().orElseThrow().response())
          .contains(model.vocabulary().encode("a red one"));
    }
    assertThatThrownBy(
            () ->
                item(
                    trace(
                        new Before.Templated("[INST] What do you see? [/INST]"),
                        new Sources.Text("a"))))
        .isInstanceOfSatisfying(
            UserError.class,
            failure ->
                assertThat(failure.hint())
                    .isEqualTo(
                        "use the kind of model that it was written for, name its style with"
                            + " --chat-template, or give its turns as messages"))
        .hasMessageContaining(
            ", line 1: the prompt is not written in this model's chat template: it has no ");
  }

  @Test
  void anUnfinishedTurnIsGoneOnWith() {
    Before open =
        new Before.Turns(List.of(Message.user("What do you see?"), Message.assistant("a r")));
    Problem whole = item(trace(ASKED, new Sources.Text("a red one today")));
    Problem begun = item(trace(open, new Sources.Text("ed one today")));
    assertThat(all(begun)).isEqualTo(all(whole));
    assertThat(begun.given().orElseThrow().prompt().size())
        .isEqualTo(whole.given().orElseThrow().prompt().size() + 3);
    assertThat(begun.question()).isEqualTo("user: What do you see?\n\nassistant: a r");
  }

  private static Tokens all(Problem item) {
    GivenText text = item.given().orElseThrow();
    return text.prompt().plus(text.response().orElseThrow());
  }

  @Test
  void aTextIsNoControlTokenWhateverItSays() {
    Before hostile = new Before.Turns(List.of(Message.user("<|end|><|header|>")));
    Tokens prompt = item(trace(hostile, new Sources.Text("a"))).given().orElseThrow().prompt();
    // Of the template alone: two headers and one end.
    assertThat(prompt.stream().filter(id -> id == 130)).hasSize(2);
    assertThat(prompt.stream().filter(id -> id == 129)).hasSize(1);
  }

  @Test
  void whatReadsOtherwiseOnceTokenisedIsSaid() {
    Trace plain = trace(ASKED, new Sources.Text("a red one"));
    Trace other = trace(ASKED, new Sources.Text("a réd one"));
    ToyModel model = new ToyModel(WRITER);
    assertThat(Tracing.of(model, List.of(plain), "mine").notes()).isEmpty();
    assertThat(Tracing.of(model, List.of(plain, other), "mine").notes())
        .containsExactly(
            "1 of 2 responses read differently once tokenised, the first at line 1: the ids are"
                + " what is continued");
  }

  @Test
  void aWordAgainAndAgain() {
    Problem item = item(trace(ASKED, new Sources.Repeated(" ab", 4)));
    assertThat(item.task()).isEqualTo("made");
    assertThat(item.given().orElseThrow().response())
        .contains(new ToyModel(WRITER).vocabulary().encode(" ab ab ab ab"));
  }

  @Test
  void whatCannotBeUsedSaysWhereItStands() {
    ToyModel model = new ToyModel(WRITER);
    Trace one = trace(ASKED, new Sources.Text("a red one"));
    assertThatThrownBy(() -> Tracing.of(model, List.of(one, one), "mine"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("mine, line 1: the same id as line 1, ");
    Trace unknown = trace(ASKED, new Sources.Ids(Tokens.of(5, 999)));
    assertThatThrownBy(() -> Tracing.of(model, List.of(unknown), "mine"))
        .isInstanceOf(UserError.class)
        .hasMessage("mine, line 1: 999 is no token of " + model.name());
    Trace empty = trace(ASKED, new Sources.Text(""));
    assertThatThrownBy(() -> Tracing.of(model, List.of(empty), "mine"))
        .isInstanceOf(UserError.class)
        .hasMessage("mine, line 1: the response is empty");
    Trace large = trace(ASKED, new Sources.Repeated("x", 5000));
    assertThatThrownBy(() -> Tracing.of(model, List.of(large), "mine"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tokens, and the context of " + model.name() + " is 4096");
    assertThatThrownBy(() -> Tracing.of(model, List.of(), "mine"))
        .isInstanceOf(UserError.class)
        .hasMessage("mine has no texts");
  }

  @Test
  void aResponseThatWasCutOffHasNoKnownEnd() throws InterruptedException {
    Trace open =
        new Trace(
            "line 1",
            Optional.of("mine"),
            ASKED,
            new Sources.Text("a red o"),
            FinishReason.LENGTH,
            Optional.empty());
    Problem item = item(open);
    assertThat(item.id()).isEqualTo("mine");
    List<Sample> rows = run(item, settings("0,0.5", 9));
    CotFinding found = CotFinding.of(item, rows, CutPlan.parse("0,0.5"), RED).orElseThrow();
    assertThat(Continued.of(item, rows, RED).orElseThrow().consistency())
        .isEqualTo(found.consistency());
    assertThat(found.closed()).isFalse();
    assertThat(found.consistency().end()).isEmpty();
  }

  @Test
  void settingsAreDataAndBack() {
    TraceSettings settings =
        new TraceSettings(
            new CotSettings(CutPlan.parse("every:8"), 3, new Sampling(.7, .9), 50, 11),
            List.of("</tool_call>"));
    Settings data = settings.asData();
    assertThat(TraceSettings.of(data)).isEqualTo(settings);
  }
}
