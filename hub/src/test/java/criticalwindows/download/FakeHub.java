package criticalwindows.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that behaves like a Hugging Face hub with one file, and a second one, on another port,
/// that holds large content, as the hub's storage does. What is to go wrong is put in a queue.
public final class FakeHub implements AutoCloseable {
  /// The commit that every branch is at.
  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-");

  private final HttpServer hub = start(this::hub);
  private final HttpServer storage = start(this::storage);
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  /// For the next requests of the kind, each used once.
  final Deque<Answer> heads = new ArrayDeque<>();

  final Deque<Answer> gets = new ArrayDeque<>();

  String commit = COMMIT;
  byte[] content;

  /// A request as it came.
  record Asked(String server, String method, String path, String token, String range) {}

  /// What is answered in place of the file.
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  public FakeHub(byte[] content) {
    this.content = content.clone();
  }

  private static HttpServer start(Answer handler) {
    try {
      InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(loopback, 0);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              handler.to(exchange);
            }
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI address(HttpServer server) {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /// Where it is.
  public URI endpoint() {
    return address(hub);
  }

  /// Refuses the next request that asks what a file is.
  public void refuse(int status, String... headers) {
    heads.add(status(status, headers));
  }

  URI storageEndpoint() {
    return address(storage);
  }

  List<Asked> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  List<Asked> asked(String method) {
    return asked().stream().filter(each -> each.method().equals(method)).toList();
  }

  private void note(String server, HttpExchange exchange) {
    asked.add(
        new Asked(
            server,
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            header(exchange, "Authorization"),
            header(exchange, "Range")));
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private void hub(HttpExchange exchange) throws IOException {
    note("hub", exchange);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    Answer planned = head ? heads.poll() : null;
    if (planned != null) {
      planned.to(exchange);
    } else {
      toStorage(exchange);
    }
  }

  /// The answer for a large file: what it is, and where it is.
  void toStorage(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("X-Repo-Commit", commit);
    exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + sha256() + "\"");
    exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(content.length));
    exchange.getResponseHeaders().set("Location", storageEndpoint() + "/blob?signature=secret");
    exchange.sendResponseHeaders(302, -1);
  }

  private String sha256() {
    try {
      Path copy = Files.write(Files.createTempFile("content", ".tmp"), content);
      String hash = Digests.sha256(copy);
      Files.delete(copy);
      return hash;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void storage(HttpExchange exchange) throws IOException {
    note("storage", exchange);
    Answer planned = gets.poll();
    if (planned != null) {
      planned.to(exchange);
      return;
    }
    Matcher range = RANGE.matcher(header(exchange, "Range"));
    int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
    if (from > 0) {
      String part = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
      exchange.getResponseHeaders().set("Content-Range", part);
    }
    send(exchange, from > 0 ? 206 : 200, Arrays.copyOfRange(content, from, content.length));
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// A status with headers and no body.
  static Answer status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /// These bytes in place of the content.
  static Answer bytes(String text) {
    return exchange -> send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
  }

  /// The whole content announced, so many bytes sent, and the line cut.
  Answer broken(int bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      throw new IOException("cut");
    };
  }

  /// The whole content, whatever range was asked for.
  Answer whole() {
    return exchange -> send(exchange, 200, content);
  }

  /// The path of a request's file under the hub.
  static String path(Asked asked) {
    return Objects.requireNonNull(URI.create(asked.path()).getPath());
  }

  @Override
  public void close() {
    hub.stop(0);
    storage.stop(0);
  }
}
