package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.model.Completion;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.remote.RemoteModel;
import criticalwindows.remote.RemoteOptions;
import criticalwindows.serve.ModelServer;
import criticalwindows.serve.ServeOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A model behind a server keeps the contract of every backend, and is the model that is served.
class ServedModelContractTest {
  private static LlamaModel served;
  private static ModelServer server;
  private static RemoteModel model;
  private static ModelContract.Subject subject;

  @BeforeAll
  static void start() throws InterruptedException {
    served = BuiltIn.open(24);
    Tokens begin = Tokens.of(served.vocabulary().begin().orElseThrow());
    Tokens start = begin.plus(BuiltIn.question(served.vocabulary(), 17));
    server = ModelServer.start(served, ServeOptions.loopback(0));
    model =
        RemoteModel.open(
            RemoteOptions.of(server.address().toString())
                .with(new RemoteOptions.Load(8, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(2))));
    subject = new ModelContract.Subject(model, start);
  }

  @AfterAll
  static void close() {
    model.close();
    server.close();
    served.close();
  }

  @Test
  void continuesExactlyFromEveryCut() throws InterruptedException {
    ModelContract.continuesExactlyFromEveryCut(subject);
  }

  @Test
  void continuesInABatchUpToTheFirstNarrowStep() throws InterruptedException {
    ModelContract.continuesInABatchUpToTheFirstNarrowStep(subject);
  }

  @Test
  void idsRoundTrip() {
    ModelContract.idsRoundTrip(subject);
  }

  @Test
  void beginsOnce() {
    ModelContract.beginsOnce(subject);
  }

  @Test
  void stopsWhereToldTo() throws InterruptedException {
    ModelContract.stopsWhereToldTo(subject);
  }

  @Test
  void feedsIntoTheLiveText() throws InterruptedException {
    ModelContract.feedsIntoTheLiveText(subject);
  }

  @Test
  void seedsDecide() throws InterruptedException {
    ModelContract.seedsDecide(subject);
  }

  @Test
  void logProbsSumToTheScore() throws InterruptedException {
    ModelContract.logProbsSumToTheScore(subject);
  }

  @Test
  void widthShrinksWithLength() {
    ModelContract.widthShrinksWithLength(subject);
  }

  @Test
  void canBeInterrupted() throws InterruptedException {
    ModelContract.canBeInterrupted(subject);
  }

  @Test
  void refusesBadScriptsFirst() {
    ModelContract.refusesBadScriptsFirst(subject);
  }

  /// The same script alone, in the process and through the server, gives the same tokens and the
  /// same numbers.
  @Test
  void isTheModelInTheProcessTokenByToken() throws InterruptedException {
    List<Script> scripts =
        List.of(
            new Script(subject.start(), List.of(Step.sample(Sampling.GREEDY, 60)), 0),
            new Script(subject.start(), List.of(Step.sample(Sampling.PLAIN, 60)), 71));
    try (LlamaModel own = BuiltIn.open(24)) {
      for (Script script : scripts) {
        Completion here = Models.run(own, script);
        Completion there = Models.run(model, script);
        assertThat(there.last().tokens()).isEqualTo(here.last().tokens());
        assertThat(there.last().finish()).isEqualTo(here.last().finish());
        for (int i = 0; i < here.last().logProbs().size(); i++) {
          assertThat(there.last().logProbs().at(i))
              .isCloseTo(
                  here.last().logProbs().at(i), org.assertj.core.api.Assertions.within(.05f));
        }
      }
      assertThat(model.vocabulary().stops()).isEqualTo(own.vocabulary().stops());
      assertThat(model.vocabulary().controls()).isEqualTo(own.vocabulary().controls());
      assertThat(model.provenance().get("model sha256"))
          .isEqualTo(own.provenance().get("model sha256"));
    }
  }
}
