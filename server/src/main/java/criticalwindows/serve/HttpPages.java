package criticalwindows.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import criticalwindows.mistake.Mistake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Pages of JSON on the JDK's own server, a virtual thread for each request. An error is a status
/// and one line; where it came from stays here.
final class HttpPages implements AutoCloseable {
  /// The most bytes of a request.
  static final int MOST_BYTES = 8 << 20;

  static {
    // Read once, when the JDK's server is first used: answers go out at once, clients may keep some
    // thousand connections, and one that sends slowly is cut off.
    prefer("sun.net.httpserver.nodelay", "true");
    prefer("sun.net.httpserver.maxIdleConnections", "4096");
    prefer("sun.net.httpserver.maxReqTime", "60");
  }

  /// To be called before any server of the JDK is made.
  static void prepare() {
    // What has to be done is done when this class is loaded.
  }

  private static void prefer(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String host;
  private final byte[] authorization;

  private HttpPages(HttpServer server, String host, String secret) {
    this.server = server;
    this.host = host;
    authorization = secret.isEmpty() ? new byte[0] : bytes("Bearer " + secret);
  }

  /// What is said under a path.
  @FunctionalInterface
  interface Page {
    /// @param body of a POST; the empty object for a GET
    /// @throws Refusal with what is wrong about it
    Reply answer(JsonNode body) throws InterruptedException;
  }

  /// An answer.
  record Reply(String type, String body) {
    static Reply json(JsonNode node) {
      return new Reply("application/json", JsonMapper.shared().writeValueAsString(node));
    }

    static Reply text(String text) {
      return new Reply("text/plain; version=0.0.4; charset=utf-8", text);
    }
  }

  /// Listens.
  ///
  /// @param pages by method and path, such as `GET /health`; that one needs no key
  /// @throws Mistake if the port is taken or the host is none of this machine
  static HttpPages open(ServeOptions options, Map<String, Page> pages) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(options.host(), options.port()), 1024);
      HttpPages opened = new HttpPages(server, options.host(), options.secret());
      server.setExecutor(opened.threads);
      server.createContext("/", exchange -> opened.handle(exchange, pages));
      server.start();
      return opened;
    } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
      throw new Mistake(
          "cannot listen at " + options + ": " + e.getMessage(),
          "name another port with --port, or stop the program that has this one",
          e);
    }
  }

  URI address() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange, Map<String, Page> pages) throws IOException {
    try (exchange) {
      try {
        Reply reply = answer(exchange, pages);
        send(exchange, 200, reply);
      } catch (Refusal e) {
        refuse(exchange, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        refuse(exchange, new Refusal(503, "the server is stopping"));
      } catch (RuntimeException e) {
        refuse(exchange, new Refusal(500, "this failed in a way nobody foresaw"));
      }
    }
  }

  private Reply answer(HttpExchange exchange, Map<String, Page> pages)
      throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    Page page = pages.get(exchange.getRequestMethod() + " " + path);
    if (page == null) {
      boolean other = pages.keySet().stream().anyMatch(key -> key.endsWith(" " + path));
      throw other
          ? new Refusal(405, "another method is needed here")
          : new Refusal(404, "no such page");
    }
    if (!path.equals("/health")) {
      admit(exchange.getRequestHeaders().getFirst("Authorization"));
    }
    return page.answer(body(exchange));
  }

  private void admit(@org.jspecify.annotations.Nullable String header) {
    boolean right =
        authorization.length == 0
            || (header != null && MessageDigest.isEqual(authorization, bytes(header)));
    if (!right) {
      throw new Refusal(401, "a key is needed, and this is not it");
    }
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      return JsonMapper.shared().createObjectNode();
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw new Refusal(413, "a request has at most " + MOST_BYTES + " bytes");
    }
    try {
      JsonNode node = JsonMapper.shared().readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw Refusal.bad("the request is no JSON: " + e.getOriginalMessage());
    }
    throw Refusal.bad("the request is no JSON object");
  }

  private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.putObject("error")
        .put("message", refusal.getMessage())
        .put("type", refusal.type())
        .putNull("param")
        .put("code", refusal.status());
    if (refusal.status() == 429) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    send(exchange, refusal.status(), Reply.json(root));
  }

  private static void send(HttpExchange exchange, int status, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    byte[] body = bytes(reply.body());
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
