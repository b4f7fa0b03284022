package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import criticalwindows.error.UserError;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.remote.Stubs.Outcome;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A cache before a server that does not look at the seed.
class SeedWatchTest {
  /// Asks the stub once for each prompt of a long text, and answers from memory from then on.
  private static final class Cache implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Cache(URI stub, int least) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              String body =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
              HttpRequest.Builder ask =
                  HttpRequest.newBuilder(stub.resolve(exchange.getRequestURI().getPath()));
              HttpRequest request =
                  body.isEmpty()
                      ? ask.build()
                      : ask.POST(HttpRequest.BodyPublishers.ofString(body)).build();
              String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
              if (body.contains("\"max_tokens\":" + least + ",")) {
                String before = known.putIfAbsent(body.replaceAll("\"seed\":-?\\d+", ""), answer);
                answer = before == null ? answer : before;
              }
              byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, bytes.length);
              exchange.getResponseBody().write(bytes);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      server.start();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
      client.close();
    }
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
        Cache cache = new Cache(stub.address(), 64);
        RemoteModel model =
            RemoteModel.open(
                RemoteOptions.of("http://127.0.0.1:" + cache.server.getAddress().getPort()))) {
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
        Cache cache = new Cache(stub.address(), 2);
        RemoteModel model =
            RemoteModel.open(
                RemoteOptions.of("http://127.0.0.1:" + cache.server.getAddress().getPort()))) {
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
