package criticalwindows.remote;

import criticalwindows.retry.Retry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
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
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return send(path, request);
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

  private byte[] send(String path, HttpRequest.Builder builder)
      throws CallFailure, InterruptedException {
    key.sign(builder);
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            builder.build(),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
    try (var _ = deadline.begin(answer)) {
      HttpResponse<byte[]> response = answer.get();
      if (response.statusCode() != 200) {
        throw refusal(path, response);
      }
      requirePlain(path, response);
      return key.hide(response.body());
    } catch (CancellationException e) {
      throw CallFailure.broken("no whole answer within " + deadline.timeout().toMillis() + " ms");
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

  private void requirePlain(String path, HttpResponse<byte[]> response) throws CallFailure {
    String packed = response.headers().firstValue("Content-Encoding").orElse("identity");
    if (!packed.equalsIgnoreCase("identity")) {
      throw CallFailure.forbidden(
          address + path + " packs its answers (Content-Encoding: " + key.hide(packed) + ")",
          "switch compression off at the proxy before the server, or name the server itself");
    }
  }

  private CallFailure refusal(String path, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    String reason = address + path + " answers " + status + said(response.body());
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
