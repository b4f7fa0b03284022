package criticalwindows.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.model.ChatTemplate;
import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.model.Vocabulary;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The thread that a model belongs to: whose turn it is, who is still there, and what happens when
/// it ends.
class EngineThreadTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /// The toy, held back until it may go on; waves are seen from outside.
  private static final class Held implements Model {
    private final ToyModel toy = ToyModel.orderedDecisions();
    private final List<Integer> waves = new CopyOnWriteArrayList<>();
    private final Semaphore go = new Semaphore(0);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicInteger interrupts = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    private volatile boolean broken;

    @Override
    public void run(List<Script> scripts, Sink sink) throws InterruptedException {
      waves.add(scripts.size());
      begun.countDown();
      try {
        go.acquire();
      } catch (InterruptedException e) {
        interrupts.incrementAndGet();
        throw e;
      }
      if (broken) {
        throw new OutOfMemoryError("no more of it");
      }
      RuntimeException once = fault.getAndSet(null);
      if (once != null) {
        throw once;
      }
      toy.run(scripts, sink);
    }

    @Override
    public String name() {
      return toy.name();
    }

    @Override
    public Vocabulary vocabulary() {
      return toy.vocabulary();
    }

    @Override
    public ChatTemplate chatTemplate() {
      return toy.chatTemplate();
    }

    @Override
    public int contextLength() {
      return toy.contextLength();
    }

    @Override
    public Recommended recommended() {
      return toy.recommended();
    }

    @Override
    public int width(int tokens) {
      return toy.width(tokens);
    }

    @Override
    public Map<String, String> provenance() {
      return toy.provenance();
    }

    @Override
    public void close() {}
  }

  private static List<Script> scripts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Script(Tokens.of(63), List.of(Step.sample(Sampling.PLAIN, 8)), i))
        .toList();
  }

  private static CompletableFuture<List<Completion>> begin(
      EngineThread engine, int count, EngineThread.Caller caller) {
    CompletableFuture<List<Completion>> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                result.complete(engine.run(scripts(count), caller));
              } catch (InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private static void await(java.util.function.BooleanSupplier condition) throws Exception {
    for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void aLongRequestIsSlicedAndWhoComesMeanwhileIsInTheNextSlice() throws Exception {
    Held model = new Held();
    try (EngineThread engine = new EngineThread(model)) {
      CompletableFuture<List<Completion>> longOne = begin(engine, 100, EngineThread.Caller.STAYS);
      model.begun.await();
      CompletableFuture<List<Completion>> shortOne = begin(engine, 1, EngineThread.Caller.STAYS);
      await(() -> engine.waiting() == 69);
      model.go.release(2);
      assertThat(shortOne.get()).hasSize(1);
      assertThat(longOne.isDone()).isFalse();
      model.go.release(10);
      List<Completion> all = longOne.get();
      assertThat(model.waves).containsExactly(32, 33, 32, 4);
      List<Completion> expected = new ArrayList<>();
      ToyModel toy = ToyModel.orderedDecisions();
      for (Script script : scripts(100)) {
        expected.add(criticalwindows.model.Models.run(toy, script));
      }
      assertThat(all.stream().map(Completion::samples).toList())
          .isEqualTo(expected.stream().map(Completion::samples).toList());
    }
  }

  @Test
  void whatNobodyWaitsForIsDroppedAndItsWaveStopped() throws Exception {
    Held model = new Held();
    try (EngineThread engine = new EngineThread(model)) {
      CompletableFuture<List<Completion>> gone = begin(engine, 1000, () -> false);
      model.begun.await();
      assertThatThrownBy(gone::get).hasMessageContaining("nobody waits");
      await(() -> model.interrupts.get() == 1);
      model.go.release(1);
      List<Completion> after = begin(engine, 1, EngineThread.Caller.STAYS).get();
      assertThat(after).hasSize(1);
      assertThat(model.waves).containsExactly(32, 1);
      assertThat(engine.dropped()).isEqualTo(1);
      assertThat(engine.waiting()).isZero();
    }
  }

  @Test
  void aWaveThatSomebodyStillWaitsForGoesOn() throws Exception {
    Held model = new Held();
    try (EngineThread engine = new EngineThread(model)) {
      CompletableFuture<List<Completion>> first = begin(engine, 1, EngineThread.Caller.STAYS);
      model.begun.await();
      CompletableFuture<List<Completion>> gone = begin(engine, 100, () -> false);
      CompletableFuture<List<Completion>> staying = begin(engine, 3, EngineThread.Caller.STAYS);
      await(() -> engine.waiting() == 103);
      model.go.release(1);
      first.get();
      assertThatThrownBy(gone::get).hasMessageContaining("nobody waits");
      model.go.release(5);
      assertThat(staying.get()).hasSize(3);
      assertThat(model.interrupts.get()).isZero();
      assertThat(engine.waiting()).isZero();
    }
  }

  @Test
  void anErrorIsToldToAllWhoWaitAndToAllWhoComeLater() throws Exception {
    Held model = new Held();
    model.broken = true;
    try (EngineThread engine = new EngineThread(model)) {
      CompletableFuture<List<Completion>> inside = begin(engine, 1, EngineThread.Caller.STAYS);
      model.begun.await();
      CompletableFuture<List<Completion>> waits = begin(engine, 2, EngineThread.Caller.STAYS);
      await(() -> engine.waiting() == 2);
      model.go.release(1);
      for (CompletableFuture<List<Completion>> each : List.of(inside, waits)) {
        assertThatThrownBy(each::get)
            .hasRootCauseInstanceOf(Refusal.class)
            .hasMessageContaining("must be started again: java.lang.OutOfMemoryError");
      }
      assertThatThrownBy(engine::requireRunning).isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> engine.run(scripts(1), EngineThread.Caller.STAYS))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("no more of it");
    }
  }

  @Test
  void anExceptionEndsItsWaveAndNothingElse() throws Exception {
    Held model = new Held();
    model.fault.set(new IllegalArgumentException("this script does not fit"));
    try (EngineThread engine = new EngineThread(model)) {
      model.go.release(100);
      assertThatThrownBy(() -> engine.run(scripts(1), EngineThread.Caller.STAYS))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("does not fit");
      assertThat(engine.run(scripts(2), EngineThread.Caller.STAYS)).hasSize(2);
      engine.requireRunning();
    }
  }

  private static HttpResponse<String> get(URI page) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void healthSaysThatTheEngineHasFailed() throws Exception {
    Held model = new Held();
    model.broken = true;
    model.go.release(1);
    try (ModelServer server = ModelServer.start(model, ServeOptions.loopback(0))) {
      assertThat(get(server.address().resolve("/health")).statusCode()).isEqualTo(200);
      HttpRequest ask =
          HttpRequest.newBuilder(server.address().resolve("/v1/completions"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":[63],\"max_tokens\":4}"))
              .build();
      HttpResponse<String> answer = CLIENT.send(ask, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("OutOfMemoryError");
      HttpResponse<String> health = get(server.address().resolve("/health"));
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("must be started again");
    }
  }

  /// By a real connection that ends. Meanwhile texts become tokens, beside the engine.
  @Test
  void aClientThatGoesAwayLeavesNoWorkBehind() throws Exception {
    Held model = new Held();
    try (ModelServer server = ModelServer.start(model, ServeOptions.loopback(0))) {
      String body = "{\"prompt\":[63],\"max_tokens\":8,\"n\":100}";
      String request =
          "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        model.begun.await();
        HttpRequest tokenize =
            HttpRequest.newBuilder(server.address().resolve("/tokenize"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"a\"}"))
                .build();
        assertThat(CLIENT.send(tokenize, HttpResponse.BodyHandlers.ofString()).body())
            .contains("[128,97]");
      }
      await(() -> model.interrupts.get() == 1);
      assertThat(get(server.address().resolve("/metrics")).body())
          .contains("cw_dropped_total 1", "cw_waiting 0");
    }
  }

  /// Whoever waits longer than a look at them gets the same answer, after some blanks.
  @Test
  void anAnswerThatTakesLongIsTheSameJson() throws Exception {
    Held model = new Held();
    try (ModelServer server = ModelServer.start(model, ServeOptions.loopback(0))) {
      HttpRequest ask =
          HttpRequest.newBuilder(server.address().resolve("/v1/completions"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":[63],\"max_tokens\":4}"))
              .build();
      CompletableFuture<HttpResponse<java.io.InputStream>> answer =
          CLIENT.sendAsync(ask, HttpResponse.BodyHandlers.ofInputStream());
      // The headers are there with the first blank.
      HttpResponse<java.io.InputStream> response = answer.get();
      model.go.release(1);
      String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(body).startsWith(" ");
      assertThat(
              tools.jackson.databind.json.JsonMapper.shared().readTree(body).path("choices").size())
          .isEqualTo(1);
    }
  }
}
