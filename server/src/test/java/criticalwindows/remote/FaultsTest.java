package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.Script;
import criticalwindows.remote.Stubs.Outcome;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubOptions.Fault;
import criticalwindows.serve.StubServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever goes wrong between here and a server, no script is lost, none is counted twice, and
/// each gets the text that it would have got.
class FaultsTest {
  private static final StubOptions TEXTS = StubOptions.instant().stopping(15);
  private static final Duration LONG = Duration.ofSeconds(20);

  @ParameterizedTest
  @EnumSource(Fault.class)
  void oneKindOfFaultLosesNothing(Fault fault) throws InterruptedException {
    boolean slow = fault == Fault.STALL;
    StubOptions options = TEXTS.faulty(fault, slow ? .05 : .25, 7);
    List<Script> scripts = Stubs.scripts(slow ? 40 : 150);
    try (StubServer stub = StubServer.start(options);
        RemoteModel model = Stubs.open(slow ? Duration.ofMillis(300) : LONG, stub)) {
      Outcome outcome = new Outcome();
      model.run(scripts, outcome);
      Stubs.requireAll(options, scripts, outcome);
      assertThat(stub.faulted()).isPositive();
      assertThat(model.traffic().retries()).isPositive();
      assertThat(model.traffic().inFlight()).isZero();
    }
  }

  @Test
  void allFaultsTogetherLoseNothingAndTheOrderOfArrivalChangesNothing()
      throws InterruptedException {
    StubOptions first = TEXTS.faulty(.2, 1);
    StubOptions second = TEXTS.faulty(.2, 2);
    List<Script> scripts = Stubs.scripts(400);
    Outcome one = new Outcome();
    Outcome two = new Outcome();
    try (StubServer stub = StubServer.start(first);
        RemoteModel model = Stubs.open(LONG, stub)) {
      model.run(scripts, one);
    }
    try (StubServer stub = StubServer.start(second);
        RemoteModel model = Stubs.open(LONG, stub)) {
      model.run(scripts, two);
    }
    Stubs.requireAll(first, scripts, one);
    one.done()
        .forEach(
            (index, completion) ->
                assertThat(Objects.requireNonNull(two.done().get(index)).samples())
                    .isEqualTo(completion.samples()));
  }

  @Test
  void whatCanNeverSucceedFailsWithItsReasonAndTheRestGoesOn() throws InterruptedException {
    StubOptions options = TEXTS.faulty(.1, 3).poisoned(10);
    List<Script> scripts = Stubs.scripts(200);
    try (StubServer stub = StubServer.start(TEXTS);
        RemoteModel model = Stubs.open(LONG, stub);
        StubServer poisoned = restarted(stub, options)) {
      Outcome outcome = new Outcome();
      model.run(scripts, outcome);
      assertThat(poisoned.faulted()).isPositive();
      assertThat(outcome.failed()).isNotEmpty();
      assertThat(outcome.failed().values()).allMatch(reason -> reason.contains("is poisoned"));
      assertThat(outcome.done().size() + outcome.failed().size()).isEqualTo(scripts.size());
      outcome.done().forEach((i, done) -> Stubs.requireRight(options, scripts.get(i), done));
      assertThat(model.traffic().failed()).isEqualTo(outcome.failed().size());
    }
  }

  @Test
  void aServerThatRefusesEverythingStopsTheRun() throws InterruptedException {
    try (StubServer stub = StubServer.start(TEXTS);
        RemoteModel model = Stubs.open(LONG, stub);
        StubServer refusing = restarted(stub, TEXTS.poisoned(1))) {
      assertThatThrownBy(() -> model.run(Stubs.scripts(40), new Outcome()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("refuse every request")
          .hasMessageContaining("is poisoned");
      assertThat(refusing.answered()).isZero();
    }
  }

  private static StubServer restarted(StubServer stub, StubOptions options) {
    stub.die();
    return StubServer.start(options.at(stub.port()));
  }

  @Test
  void aServerThatRestartsInTheMiddleLosesNothing() throws InterruptedException {
    StubOptions options = TEXTS.after(Duration.ofMillis(20));
    List<Script> scripts = Stubs.scripts(400);
    AtomicReference<StubServer> stub = new AtomicReference<>(StubServer.start(options));
    try (RemoteModel model = Stubs.open(LONG, stub.get())) {
      long probed = stub.get().answered();
      Thread restarts =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (stub.get().answered() < probed + 200) {
                      LockSupport.parkNanos(1_000_000);
                    }
                    stub.set(restarted(stub.get(), options));
                  });
      Outcome outcome = new Outcome();
      model.run(scripts, outcome);
      restarts.join();
      Stubs.requireAll(options, scripts, outcome);
      assertThat(model.traffic().retries()).isPositive();
    } finally {
      stub.get().close();
    }
  }

  @Test
  void oneOfAFleetThatDiesForGoodLosesNothing() throws InterruptedException {
    StubOptions options = TEXTS.after(Duration.ofMillis(10));
    List<Script> scripts = Stubs.scripts(300);
    try (StubServer mortal = StubServer.start(options);
        StubServer other = StubServer.start(options);
        RemoteModel model = Stubs.open(LONG, mortal, other)) {
      Outcome outcome = new Outcome();
      model.run(
          scripts,
          new criticalwindows.model.Model.Sink() {
            @Override
            public void finished(int index, criticalwindows.model.Completion completion) {
              outcome.finished(index, completion);
              if (outcome.done().size() == 100) {
                mortal.die();
              }
            }

            @Override
            public void failed(int index, String reason) {
              outcome.failed(index, reason);
            }
          });
      Stubs.requireAll(options, scripts, outcome);
      assertThat(mortal.answered()).isPositive();
      assertThat(other.answered()).isGreaterThan(mortal.answered());
    }
  }

  @Test
  void whereNoServerIsLeftTheRunEndsInTwoLinesAndKeepsWhatItHas() throws InterruptedException {
    RemoteOptions.Load load =
        new RemoteOptions.Load(
            8, Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(2));
    Outcome outcome = new Outcome();
    try (StubServer stub = StubServer.start(TEXTS);
        RemoteModel model =
            RemoteModel.open(RemoteOptions.of(stub.address().toString()).with(load))) {
      model.run(Stubs.scripts(3), outcome);
      stub.die();
      assertThatThrownBy(() -> model.run(Stubs.scripts(9), new Outcome()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("no server has answered");
    }
    assertThat(outcome.done()).hasSize(3);
  }
}
