package criticalwindows.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  private static final String NO_CHAT =
      "conversations are not served here: write them down by /apply-template, and send the text to"
          + " /v1/completions";

  /// What others serve at such pages.
  private static final Map<String, String> NOT_SERVED =
      Map.of(
          "/v1/chat/completions", NO_CHAT,
          "/v1/responses", NO_CHAT,
          "/v1/messages", NO_CHAT,
          "/v1/embeddings", "embeddings are not served here");

  /// Names by which a machine calls itself.
  private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "::1");

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
    /// @throws Refusal with what is wrong about it
    Reply answer(Call call) throws InterruptedException;
  }

  /// A request.
  ///
  /// @param path as it came
  /// @param body of a POST; the empty object for a GET
  record Call(String path, JsonNode body, EngineThread.Caller client) {}

  /// Whoever asked. Java's server does not tell when a connection ends, but writing to it fails
  /// then: blanks before an answer of JSON change nothing in it, nor do comments before events.
  private static final class Client implements EngineThread.Caller {
    private final HttpExchange exchange;
    private boolean begun;
    private boolean streams;

    Client(HttpExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public boolean there() {
      try {
        if (!begun) {
          begun = true;
          exchange.getResponseHeaders().set("Content-Type", streams ? Reply.EVENTS : Reply.JSON);
          exchange.sendResponseHeaders(200, 0);
        }
        exchange.getResponseBody().write(bytes(streams ? ":\n\n" : " "));
        exchange.getResponseBody().flush();
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    void send(int status, Reply reply) throws IOException {
      byte[] body = bytes(reply.body());
      if (!begun) {
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        exchange.sendResponseHeaders(status, body.length);
      }
      exchange.getResponseBody().write(body);
    }
  }

  /// An answer.
  record Reply(String type, String body) {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream; charset=utf-8";

    static Reply json(JsonNode node) {
      return new Reply(JSON, JsonMapper.shared().writeValueAsString(node));
    }

    /// Events, and that these are all.
    static Reply events(List<? extends JsonNode> events) {
      StringBuilder body = new StringBuilder();
      events.forEach(event -> body.append(event(event)));
      return new Reply(EVENTS, body.append("data: [DONE]\n\n").toString());
    }

    private static String event(JsonNode node) {
      return "data: " + JsonMapper.shared().writeValueAsString(node) + "\n\n";
    }

    static Reply text(String text) {
      return new Reply("text/plain; version=0.0.4; charset=utf-8", text);
    }
  }

  /// Listens.
  ///
  /// @param pages by method and path, such as `GET /health`, which alone needs no key; a path that
  ///   ends with a slash stands for all below it
  /// @throws UserError if the port is taken or the host is none of this machine
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
      throw new UserError(
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
    Client client = new Client(exchange);
    try (exchange) {
      try {
        client.send(200, answer(exchange, client, pages));
      } catch (Refusal e) {
        refuse(exchange, client, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        refuse(exchange, client, new Refusal(503, "the server is stopping"));
      } catch (RuntimeException e) {
        refuse(exchange, client, new Refusal(500, "this failed in a way nobody foresaw"));
      }
    }
  }

  private Reply answer(HttpExchange exchange, Client client, Map<String, Page> pages)
      throws IOException, InterruptedException {
    requireOwn(exchange.getRequestHeaders());
    String path = exchange.getRequestURI().getPath();
    Page page = page(exchange.getRequestMethod(), path, pages);
    if (!path.equals("/health")) {
      admit(exchange.getRequestHeaders().getFirst("Authorization"));
    }
    JsonNode body = body(exchange);
    client.streams = body.path("stream").asBoolean(false);
    return page.answer(new Call(path, body, client));
  }

  private static Page page(String method, String path, Map<String, Page> pages) {
    String found = path;
    if (pages.keySet().stream().noneMatch(key -> key.endsWith(" " + path))) {
      found =
          pages.keySet().stream()
              .map(key -> key.substring(key.indexOf(' ') + 1))
              .filter(key -> key.endsWith("/") && path.startsWith(key))
              .findFirst()
              .orElseThrow(() -> new Refusal(404, NOT_SERVED.getOrDefault(path, "no such page")));
    }
    Page page = pages.get(method + " " + found);
    if (page == null) {
      throw new Refusal(405, "another method is needed here");
    }
    return page;
  }

  /// No page of the web may use a server that its reader runs: a browser says whose page asks
  /// (`Origin`), and where it believes it is asking (`Host`), which an attacker's name that leads
  /// to this machine gives away.
  private void requireOwn(Headers headers) {
    String origin = headers.getFirst("Origin");
    if (origin != null && !own(origin.replaceFirst("^[a-z]+://", ""), Port.SAME)) {
      throw new Refusal(403, "pages of the web are not answered (Origin: " + origin + ")");
    }
    String to = headers.getFirst("Host");
    if (OWN.contains(plain(host)) && to != null && !own(to, Port.ANY)) {
      throw new Refusal(403, "this is no name of this server (Host: " + to + ")");
    }
  }

  /// Which port a name of this server may stand before; tunnels lead here from others.
  private enum Port {
    SAME,
    ANY
  }

  private boolean own(String hostAndPort, Port which) {
    int colon = hostAndPort.lastIndexOf(':');
    boolean port = colon > hostAndPort.lastIndexOf(']');
    String number = port ? hostAndPort.substring(colon + 1) : "80";
    if (which == Port.SAME && !number.equals(String.valueOf(server.getAddress().getPort()))) {
      return false;
    }
    String name = plain(port ? hostAndPort.substring(0, colon) : hostAndPort);
    return OWN.contains(name) || name.equals(plain(host));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("^\\[|\\]$", "");
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

  private static void refuse(HttpExchange exchange, Client client, Refusal refusal)
      throws IOException {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.putObject("error")
        .put("message", refusal.getMessage())
        .put("type", refusal.type())
        .putNull("param")
        .put("code", refusal.status());
    if (refusal.status() == 429 && !client.begun) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    client.send(
        refusal.status(),
        client.begun && client.streams
            ? new Reply(Reply.EVENTS, Reply.event(root))
            : Reply.json(root));
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
