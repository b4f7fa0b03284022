package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.remote.Stubs.Outcome;
import criticalwindows.serve.Relay;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A cache before a server that does not look at the seed.
class SeedWatchTest {
  /// Asks the stub once for each prompt of a long text, and answers from memory from then on.
  private static Relay cache(StubServer stub, int least) throws IOException {
    Map<String, Relay.Answer> known = new ConcurrentHashMap<>();
    return new Relay(
        stub.address(),
        (asked, answer) -> {
          boolean kept = asked.contains("\"max_tokens\":" + least + ",");
          String text = asked.replaceAll("\"seed\":-?\\d+", "");
          return kept ? known.computeIfAbsent(text, first -> answer) : answer;
        });
  }

  private static List<Script> scripts(Sampling sampling, int length) {
    return IntStream.range(0, 30)
        .mapToObj(
            i ->
                new Script(Tokens.of(508, 65, 66), List.of(Step.sample(sampling, length)), 77L + i))
        .toList();
  }

  @Test
  void equalLongTextsForTwoSeedsEndTheRun() throws Exception {
    try (StubServer stub = StubServer.start(StubOptions.instant());
        Relay cache = cache(stub, 64);
        RemoteModel model = RemoteModel.open(RemoteOptions.of(cache.url()))) {
      assertThatThrownBy(() -> model.run(scripts(Sampling.PLAIN, 64), new Outcome()))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.hint()).contains("switch that cache off"))
          .hasMessageContaining("the same text of 64 tokens came for two seeds");
      // Greedy texts are equal by right, and so are the texts of one seed.
      Outcome greedy = new Outcome();
      model.run(scripts(Sampling.GREEDY, 64), greedy);
      assertThat(greedy.done()).hasSize(30);
    }
  }

  @Test
  void equalTextsThatChanceGivesAreNothing() throws Exception {
    try (StubServer stub = StubServer.start(StubOptions.instant());
        Relay cache = cache(stub, 2);
        RemoteModel model = RemoteModel.open(RemoteOptions.of(cache.url()))) {
      Outcome outcome = new Outcome();
      model.run(scripts(Sampling.PLAIN, 2), outcome);
      assertThat(outcome.done()).hasSize(30);
      Outcome twice = new Outcome();
      model.run(scripts(Sampling.PLAIN, 40), twice);
      model.run(scripts(Sampling.PLAIN, 40), new Outcome());
      assertThat(twice.done()).hasSize(30);
    }
  }
}
