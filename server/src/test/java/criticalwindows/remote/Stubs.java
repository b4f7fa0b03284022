package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Model;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Work for stubs, and what must come of it.
final class Stubs {
  static final int END = 509;
  private static final int LENGTH = 20;

  private Stubs() {}

  static RemoteModel open(Duration timeout, StubServer... servers) throws InterruptedException {
    String urls =
        String.join(",", List.of(servers).stream().map(stub -> stub.address().toString()).toList());
    RemoteOptions.Load load =
        new RemoteOptions.Load(64, timeout, Duration.ofSeconds(30), Duration.ofMillis(2));
    return RemoteModel.open(RemoteOptions.of(urls).with(load));
  }

  /// Each a text, a question and a greedy answer: two calls.
  static List<Script> scripts(int count) {
    return IntStream.range(0, count).mapToObj(Stubs::script).toList();
  }

  private static Script script(int i) {
    return new Script(
        Tokens.of(508, 65 + i % 8, 66, 200 + i % 50),
        List.of(
            Step.sample(Sampling.PLAIN, LENGTH),
            new Step.Feed(Tokens.of(510, 70)),
            Step.sample(Sampling.GREEDY, LENGTH)),
        1000L + i);
  }

  /// What came of a run: completions and reasons by index.
  record Outcome(Map<Integer, Completion> done, Map<Integer, String> failed) implements Model.Sink {
    Outcome() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    @Override
    public void finished(int index, Completion completion) {
      assertThat(done.put(index, completion)).as("script %d twice", index).isNull();
    }

    @Override
    public void failed(int index, String reason) {
      assertThat(failed.put(index, reason)).as("script %d failed twice", index).isNull();
    }
  }

  /// Every script is there once, with the one text that it can have.
  static void requireAll(StubOptions options, List<Script> scripts, Outcome outcome) {
    assertThat(outcome.failed).isEmpty();
    assertThat(outcome.done.keySet()).hasSize(scripts.size());
    for (int i = 0; i < scripts.size(); i++) {
      requireRight(options, scripts.get(i), Objects.requireNonNull(outcome.done.get(i)));
    }
  }

  static void requireRight(StubOptions options, Script script, Completion completion) {
    List<Tokens> texts = new ArrayList<>();
    texts.add(StubServer.expected(options, script.start(), script.seed(), LENGTH));
    Tokens then = script.start().plus(withoutEnd(texts.getFirst())).plus(Tokens.of(510, 70));
    texts.add(StubServer.expected(options, then, 0, LENGTH));
    for (int turn = 0; turn < 2; turn++) {
      Sampled sampled = completion.samples().get(turn);
      Tokens whole = texts.get(turn);
      boolean stopped = whole.at(whole.size() - 1) == END;
      assertThat(sampled.tokens()).isEqualTo(withoutEnd(whole));
      assertThat(sampled.finish()).isEqualTo(stopped ? FinishReason.STOP : FinishReason.LENGTH);
      assertThat(sampled.logProbs().size()).isEqualTo(whole.size());
    }
  }

  private static Tokens withoutEnd(Tokens whole) {
    int last = whole.size() - 1;
    return whole.at(last) == END ? whole.prefix(last) : whole;
  }
}
