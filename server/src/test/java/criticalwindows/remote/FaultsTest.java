package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.remote.Stubs.Outcome;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubOptions.Fault;
import criticalwindows.serve.StubServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever goes wrong between here and a server, no script is lost, none is counted twice, and
/// each gets the text that it would have got.
class FaultsTest {
  private static final StubOptions TEXTS = StubOptions.instant().stopping(15);
  private static final StubOptions STALLING = TEXTS.faulty(Fault.STALL, .05, 3);
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

  /// Does something once so many scripts have ended.
  private record After(int ended, Runnable deed, Outcome outcome) implements Model.Sink {
    @Override
    public void finished(int index, Completion completion) {
      outcome.finished(index, completion);
      if (outcome.done().size() == ended) {
        deed.run();
      }
    }

    @Override
    public void failed(int index, String reason) {
      outcome.failed(index, reason);
    }
  }

  /// Calls that stall are under way when the server ends, however fast the others are.
  @Test
  void aServerThatRestartsInTheMiddleLosesNothing() throws InterruptedException {
    List<Script> scripts = Stubs.scripts(400);
    AtomicReference<StubServer> stub = new AtomicReference<>(StubServer.start(TEXTS));
    try (RemoteModel model = Stubs.open(LONG, stub.get())) {
      stub.set(restarted(stub.get(), STALLING));
      Outcome outcome = new Outcome();
      AtomicLong before = new AtomicLong();
      Runnable restart =
          () -> {
            before.set(model.traffic().retries());
            stub.set(restarted(stub.get(), TEXTS));
          };
      model.run(scripts, new After(200, restart, outcome));
      Stubs.requireAll(TEXTS, scripts, outcome);
      assertThat(model.traffic().retries()).isGreaterThan(before.get());
    } finally {
      stub.get().close();
    }
  }

  @Test
  void oneOfAFleetThatDiesForGoodLosesNothing() throws InterruptedException {
    List<Script> scripts = Stubs.scripts(300);
    try (StubServer first = StubServer.start(TEXTS);
        StubServer other = StubServer.start(TEXTS);
        RemoteModel model = Stubs.open(LONG, first, other);
        StubServer mortal = restarted(first, STALLING)) {
      Outcome outcome = new Outcome();
      model.run(scripts, new After(100, mortal::die, outcome));
      Stubs.requireAll(TEXTS, scripts, outcome);
      assertThat(mortal.answered()).isPositive();
      assertThat(mortal.faulted()).isPositive();
      assertThat(model.traffic().retries()).isPositive();
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
