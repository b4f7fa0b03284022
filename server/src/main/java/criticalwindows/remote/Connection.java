package criticalwindows.remote;

import criticalwindows.retry.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls to one server. Each comes back as a whole JSON object or as a [CallFailure].
final class Connection {
  /// The most bytes of an answer; a server that says more is broken.
  private static final long MOST_BYTES = 64L << 20;

  /// The most bytes that are read of why there is no stream.
  private static final int MOST_SAID = 1 << 16;

  private final HttpClient client;
  private final Address address;
  private final ApiKey key;
  private final Deadline deadline;
  private final Map<String, URI> pages = new ConcurrentHashMap<>();

  /// @param deadline for a whole answer, its body included
  Connection(HttpClient client, Address address, ApiKey key, Deadline deadline) {
    this.client = client;
    this.address = address;
    this.key = key;
    this.deadline = deadline;
  }

  Address address() {
    return address;
  }

  /// There are few, each asked for very often.
  private URI page(String path) {
    return pages.computeIfAbsent(path, address::at);
  }

  /// What a page says.
  JsonNode get(String path) throws CallFailure, InterruptedException {
    return json(text(path));
  }

  /// What a page says, be it JSON or not.
  byte[] text(String path) throws CallFailure, InterruptedException {
    return send(path, HttpRequest.newBuilder(page(path)).GET());
  }

  /// What a page answers to a JSON object.
  JsonNode post(String path, byte[] body) throws CallFailure, InterruptedException {
    return json(send(path, body));
  }

  /// What a page answers to a JSON object, not read yet.
  byte[] send(String path, byte[] body) throws CallFailure, InterruptedException {
    return send(path, asking(path, body));
  }

  private HttpRequest.Builder asking(String path, byte[] body) {
    return HttpRequest.newBuilder(page(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  /// The JSON object that an answer is.
  static JsonNode json(byte[] body) throws CallFailure {
    try {
      JsonNode node = JsonMapper.shared().readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw CallFailure.broken(
          "the answer is no JSON"); // Its message repeats what the server said.
    }
    throw CallFailure.broken("the answer is no JSON object");
  }

  /// Takes events as they come.
  @FunctionalInterface
  interface Events {
    /// @param data of an event
    /// @return whether more is to come
    /// @throws CallFailure if it makes no sense
    boolean take(byte[] data) throws CallFailure, InterruptedException;
  }

  /// Hears what a page answers to a JSON object as events, on the calling thread, until no more is
  /// to come or the answer ends.
  void hear(String path, byte[] body, Events events) throws CallFailure, InterruptedException {
    HttpResponse<InputStream> response =
        answer(asking(path, body), HttpResponse.BodyHandlers.ofInputStream());
    CompletableFuture<Void> heard = new CompletableFuture<>();
    try (InputStream in = response.body();
        var _ = deadline.begin(heard)) {
      CompletableFuture<Void> _ = heard.whenComplete((_, _) -> silence(in));
      require(
          path, response, response.statusCode() == 200 ? new byte[0] : in.readNBytes(MOST_SAID));
      EventLines lines = new EventLines(in);
      Optional<byte[]> data = lines.next();
      while (data.isPresent() && events.take(key.hide(data.get()))) {
        data = lines.next();
      }
    } catch (IOException e) {
      throw heard.isCancelled() ? late() : lost(e);
    }
  }

  private static void silence(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] send(String path, HttpRequest.Builder builder)
      throws CallFailure, InterruptedException {
    HttpResponse<byte[]> response =
        answer(
            builder,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
    require(path, response, response.body());
    return key.hide(response.body());
  }

  private void require(String path, HttpResponse<?> response, byte[] said) throws CallFailure {
    if (response.statusCode() != 200) {
      throw refusal(path, response, said);
    }
    requirePlain(path, response);
  }

  private CallFailure late() {
    return CallFailure.broken("no whole answer within " + deadline.timeout().toMillis() + " ms");
  }

  private <T> HttpResponse<T> answer(
      HttpRequest.Builder builder, HttpResponse.BodyHandler<T> handler)
      throws CallFailure, InterruptedException {
    key.sign(builder);
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(builder.build(), handler);
    try (var _ = deadline.begin(answer)) {
      return answer.get();
    } catch (CancellationException e) {
      throw late();
    } catch (ExecutionException e) {
      throw lost(e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private CallFailure lost(Throwable cause) {
    boolean gone = cause instanceof HttpConnectTimeoutException || Retry.isNobodyThere(cause);
    String reason =
        cause instanceof IOException && cause.getMessage() != null
            ? cause.getMessage()
            : cause.getClass().getSimpleName();
    return new CallFailure(
        gone ? CallFailure.Kind.GONE : CallFailure.Kind.BROKEN, address + ": " + key.hide(reason));
  }

  private void requirePlain(String path, HttpResponse<?> response) throws CallFailure {
    String packed = response.headers().firstValue("Content-Encoding").orElse("identity");
    if (!packed.equalsIgnoreCase("identity")) {
      throw CallFailure.forbidden(
          address + path + " packs its answers (Content-Encoding: " + key.hide(packed) + ")",
          "switch compression off at the proxy before the server, or name the server itself");
    }
  }

  private CallFailure refusal(String path, HttpResponse<?> response, byte[] said) {
    int status = response.statusCode();
    String reason = address + path + " answers " + status + said(said);
    if (status >= 300 && status < 400) {
      String to = response.headers().firstValue("Location").map(key::hide).orElse("nowhere");
      return CallFailure.forbidden(
          reason + ", which sends us on to " + to,
          "no call follows: name the address it ends at, without " + path);
    }
    return new CallFailure(kind(status), reason, Retry.after(response.headers()::firstValue));
  }

  private static CallFailure.Kind kind(int status) {
    return switch (Retry.hope(status)) {
      case LATER -> CallFailure.Kind.BUSY;
      case AGAIN -> CallFailure.Kind.BROKEN;
      case NONE ->
          switch (status) {
            case 401, 403, 404, 405 -> CallFailure.Kind.FORBIDDEN;
            default -> status < 300 ? CallFailure.Kind.BROKEN : CallFailure.Kind.REFUSED;
          };
    };
  }

  /// vLLM, llama-server and OpenAI say `error.message`, SGLang and older vLLM `message`.
  private String said(byte[] body) {
    try {
      JsonNode node = JsonMapper.shared().readTree(body);
      String message =
          node.path("error").path("message").asString(node.path("message").asString(""));
      return message.isEmpty() ? "" : ": " + key.hide(message);
    } catch (JacksonException e) {
      return ""; // A page for browsers, as proxies have them.
    }
  }
}
