package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import criticalwindows.error.UserError;
import criticalwindows.model.Script;
import criticalwindows.remote.Stubs.Outcome;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubOptions.Fault;
import criticalwindows.serve.StubServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One server that fails, however it does, costs a fleet nothing but its share of the work.
class FleetTest {
  private static final StubOptions TEXTS = StubOptions.instant().stopping(15);
  private static final Duration LONG = Duration.ofSeconds(20);

  /// Answers every call with one status, at once, and counts them.
  private static final class Refusing implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger calls = new AtomicInteger();

    Refusing(int port, int status, Map<String, String> headers) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            calls.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            byte[] body = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
    }

    /// In the place of a stub.
    static Refusing instead(StubServer stub, int status) throws IOException {
      stub.die();
      return new Refusing(stub.port(), status, Map.of());
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 429, 500, 503, 301})
  void aServerThatFailsAtOnceIsSetAsideAndTheOtherDoesTheWork(int status) throws Exception {
    StubOptions slow = TEXTS.after(Duration.ofMillis(2));
    List<Script> scripts = Stubs.scripts(400);
    try (StubServer bad = StubServer.start(slow);
        StubServer well = StubServer.start(slow);
        RemoteModel model = Stubs.open(LONG, bad, well);
        Refusing refusing = Refusing.instead(bad, status)) {
      Outcome outcome = new Outcome();
      model.run(scripts, outcome);
      Stubs.requireAll(slow, scripts, outcome);
      // Of 800; 128 may be under way before the first is known to be the server's fault.
      assertThat(refusing.calls.get()).isBetween(1, 200);
      if (status != 429 && status != 503) {
        assertThat(model.traffic().aside())
            .singleElement()
            .asString()
            .contains(refusing.url(), String.valueOf(status));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "NO_JSON", "TWO_CHOICES", "FEW_LOG_PROBS", "NO_TOKEN", "RESET"})
  void aServerThatAnswersNonsenseAloneLosesNothing(Fault fault) throws Exception {
    List<Script> scripts = Stubs.scripts(100);
    try (StubServer bad = StubServer.start(TEXTS);
        StubServer well = StubServer.start(TEXTS);
        RemoteModel model = Stubs.open(LONG, bad, well)) {
      bad.die();
      try (StubServer broken = StubServer.start(TEXTS.faulty(fault, 1, 3).at(bad.port()))) {
        Outcome outcome = new Outcome();
        model.run(scripts, outcome);
        Stubs.requireAll(TEXTS, scripts, outcome);
        assertThat(broken.faulted()).isPositive();
      }
    }
  }

  @Test
  void aServerThatIsWellAgainWorksAgain() throws Exception {
    StubOptions slow = TEXTS.after(Duration.ofMillis(5));
    try (StubServer ill = StubServer.start(slow);
        StubServer other = StubServer.start(slow);
        RemoteModel model = Stubs.open(LONG, ill, other)) {
      try (Refusing _ = Refusing.instead(ill, 500)) {
        model.run(Stubs.scripts(60), new Outcome());
        assertThat(model.traffic().aside()).hasSize(1);
      }
      try (StubServer again = StubServer.start(slow.at(ill.port()))) {
        List<Script> scripts = Stubs.scripts(2000);
        Outcome outcome = new Outcome();
        model.run(scripts, outcome);
        Stubs.requireAll(slow, scripts, outcome);
        assertThat(again.answered()).isPositive();
        assertThat(model.traffic().aside()).isEmpty();
      }
    }
  }

  @Test
  void whatBothRefuseFailsWithTheReasonsOfBoth() throws Exception {
    StubOptions poisoned = TEXTS.poisoned(10);
    List<Script> scripts = Stubs.scripts(100);
    try (StubServer one = StubServer.start(TEXTS);
        StubServer two = StubServer.start(TEXTS);
        RemoteModel model = Stubs.open(LONG, one, two)) {
      one.die();
      two.die();
      try (StubServer _ = StubServer.start(poisoned.at(one.port()));
          StubServer _ = StubServer.start(poisoned.at(two.port()))) {
        Outcome outcome = new Outcome();
        model.run(scripts, outcome);
        assertThat(outcome.failed()).isNotEmpty();
        assertThat(outcome.done().size() + outcome.failed().size()).isEqualTo(scripts.size());
        assertThat(outcome.failed().values())
            .allMatch(
                reason ->
                    reason.contains(one.address().toString())
                        && reason.contains(two.address().toString()));
        // The requests were at fault, not the servers.
        assertThat(model.traffic().aside()).isEmpty();
      }
    }
  }

  @Test
  void whereEveryServerForbidsTheRunEndsInTwoLines() throws Exception {
    try (StubServer one = StubServer.start(TEXTS);
        StubServer two = StubServer.start(TEXTS);
        RemoteModel model = Stubs.open(LONG, one, two);
        Refusing _ = Refusing.instead(one, 401);
        Refusing _ = Refusing.instead(two, 403)) {
      assertThatThrownBy(() -> model.run(Stubs.scripts(5), new Outcome()))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.hint()).contains("the key", "--served-model"))
          .hasMessageContaining("answers 40");
    }
  }

  @Test
  void whatOneRefusesAndTheOtherCannotBeAskedIsGivenUpAfterTheTimeToRetry() throws Exception {
    RemoteOptions.Load load =
        new RemoteOptions.Load(
            8, Duration.ofSeconds(5), Duration.ofMillis(600), Duration.ofMillis(2));
    StubOptions poisoned = TEXTS.poisoned(10).after(Duration.ofMillis(5));
    List<Script> scripts = Stubs.scripts(60);
    try (StubServer one = StubServer.start(TEXTS);
        StubServer two = StubServer.start(TEXTS);
        RemoteModel model =
            RemoteModel.open(RemoteOptions.of(one.address() + "," + two.address()).with(load))) {
      one.die();
      two.die();
      try (StubServer _ = StubServer.start(poisoned.at(one.port()))) {
        Outcome outcome = new Outcome();
        model.run(scripts, outcome);
        assertThat(outcome.done().size() + outcome.failed().size()).isEqualTo(scripts.size());
        assertThat(outcome.failed()).isNotEmpty();
        assertThat(outcome.failed().values())
            .allMatch(reason -> reason.contains("poisoned") && reason.contains("no other server"));
      }
    }
  }

  /// Neither a time that no clock holds, nor a day, nor one that is no number.
  @ParameterizedTest
  @ValueSource(strings = {"9300000000", "86400", "99999999999999999999", "-5", "soon"})
  void noPauseIsLongerThanTheTimeToRetry(String after) throws Exception {
    RemoteOptions.Load load =
        new RemoteOptions.Load(
            8, Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMillis(2));
    try (StubServer stub = StubServer.start(TEXTS);
        RemoteModel model = RemoteModel.open(RemoteOptions.of(stub.address() + "").with(load))) {
      stub.die();
      try (Refusing busy = new Refusing(stub.port(), 429, Map.of("Retry-After", after))) {
        assertThatThrownBy(() -> model.run(Stubs.scripts(3), new Outcome()))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("no server has answered for")
            .hasMessageContaining("answers 429");
        assertThat(busy.calls.get()).isPositive();
      }
    }
  }

  @Test
  void aPauseThatAServerAsksForIsKeptAndTheOtherDoesTheWork() throws Exception {
    List<Script> scripts = Stubs.scripts(100);
    try (StubServer one = StubServer.start(TEXTS);
        StubServer two = StubServer.start(TEXTS);
        RemoteModel model = Stubs.open(LONG, one, two)) {
      one.die();
      try (Refusing busy = new Refusing(one.port(), 429, Map.of("Retry-After", "3600"))) {
        Outcome outcome = new Outcome();
        model.run(scripts, outcome);
        Stubs.requireAll(TEXTS, scripts, outcome);
        // Those that were under way when it asked for the pause, and none after them.
        assertThat(busy.calls.get()).isBetween(1, 64);
      }
    }
  }

  /// What a limiter does with a server that takes so many calls at once and no more.
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20})
  void asManyCallsAreUnderWayAsAServerTakes(int most) throws Exception {
    AtomicInteger inside = new AtomicInteger();
    Map<Boolean, AtomicInteger> counts = new ConcurrentHashMap<>();
    counts.put(true, new AtomicInteger());
    counts.put(false, new AtomicInteger());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean allowed = inside.incrementAndGet() <= most;
          counts.getOrDefault(allowed, new AtomicInteger()).incrementAndGet();
          try {
            Thread.sleep(allowed ? 5 : 0);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          inside.decrementAndGet();
          byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(allowed ? 200 : 429, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    RemoteOptions.Load load =
        new RemoteOptions.Load(
            64, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(1));
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try (Fleet fleet = new Fleet(RemoteOptions.of(url).with(load));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger answered = new AtomicInteger();
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        int chance = i;
        calls.add(
            callers.submit(
                () -> {
                  fleet.post("/", new byte[0], chance, node -> node);
                  return answered.incrementAndGet();
                }));
      }
      callers.shutdown();
      assertThat(callers.awaitTermination(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      assertThat(answered.get()).isEqualTo(300);
      assertThat(calls).allMatch(Future::isDone);
      assertThat(fleet.inFlight()).isZero();
      // Far fewer complaints than if all that may be were under way all the time.
      assertThat(counts.getOrDefault(false, new AtomicInteger()).get()).isLessThan(600);
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
