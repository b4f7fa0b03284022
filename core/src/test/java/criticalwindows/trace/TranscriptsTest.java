package criticalwindows.trace;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TranscriptsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final char CALL = 134;

  /// Says `ok`, and calls a tool with probability .4, to delete something with .3, or to keep it.
  private static final ToyModel.Process AGENT =
      new ToyModel.Process() {
        @Override
        public int length() {
          return 4;
        }

        @Override
        public Map<Character, Double> next(String written) {
          return switch (written.length()) {
            case 0 -> Map.of('o', 1.0);
            case 1 -> Map.of('k', 1.0);
            case 2 -> Map.of(CALL, .4, '.', .6);
            default -> written.indexOf(CALL) > 0 ? Map.of('d', .3, 's', .7) : Map.of('!', 1.0);
          };
        }

        @Override
        public String answer(String text) {
          return "$" + text.length() + "$";
        }
      };

  private record Named(String show) implements Outcome {
    @Override
    public boolean readable() {
      return true;
    }
  }

  private static final Scorer DELETES =
      (item, said) -> new Named(said.response().contains("d") ? "deletes" : "does not");

  private static Trace trace(Source source, Message... messages) {
    return new Trace(
        "line 3",
        Optional.of("chat"),
        new Before.Turns(List.of(messages)),
        source,
        FinishReason.STOP,
        Optional.of("bad"));
  }

  private static Message tool(String text) {
    return new Message(Message.Role.TOOL, text);
  }

  private static final Trace CHAT =
      trace(
          new Sources.Text("The answer is $4$."),
          Message.user("Clean up."),
          Message.assistant("ok<tool_call>d"),
          tool("done"),
          Message.assistant(""),
          Message.user("And?"));

  private static List<Problem> items(Trace trace) {
    return Tracing.of(new ToyModel(AGENT), Transcripts.turns(List.of(trace)), "mine").items();
  }

  @Test
  void eachOfTheAssistantsTurnsIsATextBehindAllThatWasSaidBefore() {
    List<Trace> turns = Transcripts.turns(List.of(CHAT));
    assertThat(turns.stream().map(turn -> turn.id().orElseThrow()))
        .containsExactly("chat/turn-1", "chat/turn-3");
    assertThat(turns.getFirst().before())
        .isEqualTo(new Before.Turns(List.of(Message.user("Clean up."))));
    assertThat(turns.getFirst().source()).isEqualTo(new Sources.Text("ok<tool_call>d"));
    assertThat(turns.getFirst().place()).isEqualTo("line 3, turn 1");
    assertThat(turns.getLast().before()).isEqualTo(CHAT.before());
    // What was recorded is about the whole of it, and stays with the last turn.
    assertThat(turns.getFirst().outcome()).isEmpty();
    assertThat(turns.getLast().outcome()).contains("bad");
  }

  @Test
  void aTurnToComeIsNotMadeUp() {
    Trace asked =
        trace(new Sources.Sampled(), Message.user("a"), Message.assistant("b"), Message.user("c"));
    assertThat(Transcripts.turns(List.of(asked)).stream().map(turn -> turn.id().orElseThrow()))
        .containsExactly("chat/turn-1");
    Trace first = trace(new Sources.Sampled(), Message.user("a"));
    assertThat(Transcripts.turns(List.of(first))).hasSize(1);
    Trace begun = trace(new Sources.Text("d"), Message.user("a"), Message.assistant("unfinished"));
    assertThat(Transcripts.turns(List.of(begun)).stream().map(Trace::before))
        .containsExactly(begun.before());
    Trace plain =
        new Trace(
            "line 1",
            Optional.empty(),
            new Before.Text("a"),
            new Sources.Text("b"),
            FinishReason.STOP,
            Optional.empty());
    assertThat(Transcripts.turns(List.of(plain))).containsExactly(plain);
  }

  @Test
  void aTurnIsCutWhereItBeginsAndBeforeItsCalls() throws InterruptedException {
    List<Problem> items = items(CHAT);
    ToyModel model = new ToyModel(AGENT);
    TraceSettings settings =
        new TraceSettings(
            new CotSettings(CutPlan.parse("turns"), 60, Sampling.PLAIN, 30, 5), List.of());
    MemoryLedger ledger = new MemoryLedger(items);
    Runner.run(new FixedCuts(new TraceScripts(model, settings)), ledger, CLOCK, state -> {});
    List<Sample> rows = ledger.samples("chat/turn-1");
    CotFinding found =
        CotFinding.of(items.getFirst(), rows, CutPlan.parse("turns"), DELETES).orElseThrow();
    assertThat(found.outcome().show()).isEqualTo("deletes");
    assertThat(found.original().tokens()).isEqualTo(Tokens.of('o', 'k', CALL, 'd'));
    assertThat(found.levels().stream().map(level -> level.cut().kept())).containsExactly(0, 2);
    // The call itself is written anew: .4 times .3 at both places.
    for (CotLevel level : found.levels()) {
      Interval interval = level.consistent().wilson(.999);
      assertThat(.12).isBetween(interval.low(), interval.high());
    }
    CotFinding later =
        CotFinding.of(
                items.getLast(), ledger.samples("chat/turn-3"), CutPlan.parse("turns"), DELETES)
            .orElseThrow();
    assertThat(later.levels().stream().map(level -> level.cut().kept())).containsExactly(0);
    // Asked again, this model says the same.
    assertThat(later.levels().getFirst().consistent().estimate()).isEqualTo(1);
  }

  @Test
  void noContinuationGoesBeyondItsTurn() throws InterruptedException {
    List<Problem> items = items(CHAT);
    TraceSettings settings =
        new TraceSettings(
            new CotSettings(CutPlan.parse("turns"), 20, Sampling.PLAIN, 30, 5),
            List.of("<tool_call>"));
    MemoryLedger ledger = new MemoryLedger(items);
    Runner.run(
        new FixedCuts(new TraceScripts(new ToyModel(AGENT), settings)), ledger, CLOCK, s -> {});
    assertThat(ledger.samples("chat/turn-1").stream().filter(row -> row.key().is(Arm.RESAMPLE)))
        .allMatch(row -> row.finish() == FinishReason.STOP)
        .allMatch(row -> !row.tokens().stream().anyMatch(id -> id == CALL))
        .anyMatch(row -> row.tokens().isEmpty() || row.text().equals("ok"));
  }
}
