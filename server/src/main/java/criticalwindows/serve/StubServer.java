package criticalwindows.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import criticalwindows.model.Tokens;
import criticalwindows.serve.StubOptions.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A server with no model: what it answers follows from the request alone, and what goes wrong from
/// a seed, whatever order requests come in. For measuring what the way to a server costs, and for
/// finding out what is lost on it.
public final class StubServer implements AutoCloseable {
  /// The one model's name.
  public static final String MODEL = "stub";

  private static final int CONTEXT = 4096;

  private final StubOptions options;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Long, AtomicInteger> tries = new ConcurrentHashMap<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder inside = new LongAdder();
  private final LongAdder faulted = new LongAdder();

  private StubServer(StubOptions options) throws IOException {
    this.options = options;
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 4096);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /// Begins to answer, at this machine's own address.
  public static StubServer start(StubOptions options) {
    HttpPages.prepare();
    try {
      StubServer stub = new StubServer(options);
      stub.server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a stub", e);
    }
  }

  /// Where it listens.
  public URI address() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /// The port where it listens.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Completions that were answered whole.
  public long answered() {
    return answered.sum();
  }

  /// How long completions were inside, added up over all of them: over a stretch of time, their
  /// mean number is what this grew by ÷ that stretch.
  public Duration inside() {
    return Duration.ofNanos(inside.sum());
  }

  /// Tries that met a fault.
  public long faulted() {
    return faulted.sum();
  }

  /// What the answer to a request is.
  ///
  /// @param prompt ids
  /// @param seed 0 for greedy decoding
  /// @param most tokens, the stop token included
  /// @return the stop token included, if it comes to that
  public static Tokens expected(StubOptions options, Tokens prompt, long seed, int most) {
    return StubText.write(prompt, seed, most, options.stopOneIn(), Set.of(StubText.END));
  }

  private void handle(HttpExchange exchange) throws IOException {
    long began = System.nanoTime();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(length(exchange));
      String path = exchange.getRequestURI().getPath();
      switch (path) {
        case "/v1/completions" -> {
          complete(exchange, body);
          inside.add(System.nanoTime() - began);
        }
        case "/v1/models" -> send(exchange, 200, models());
        case "/vocabulary" -> send(exchange, 200, vocabulary());
        case "/tokenize" -> send(exchange, 200, tokenize(JsonMapper.shared().readTree(body)));
        case "/apply-template" -> send(exchange, 200, template(JsonMapper.shared().readTree(body)));
        default -> send(exchange, 404, error("no such page"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int length(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? 0 : Integer.parseInt(length);
  }

  private void complete(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    if (options.latency().isPositive()) {
      Thread.sleep(options.latency());
    }
    Asked asked = Asked.read(JsonMapper.shared().readTree(body));
    long hash = StubText.mix(StubText.hash(asked.prompt) ^ StubText.mix(asked.seed));
    if (options.poison() > 0 && asked.sampled && Math.floorMod(hash, options.poison()) == 0) {
      send(exchange, 400, error("this request is poisoned"));
      return;
    }
    Optional<Fault> fault = fault(hash);
    if (fault.isPresent()) {
      faulted.increment();
      fail(exchange, fault.get(), asked);
    } else {
      answered.increment();
      send(exchange, 200, text(asked));
    }
  }

  /// Decided by the request and by how often it was tried, and by nothing else.
  private Optional<Fault> fault(long hash) {
    if (options.faultShare() == 0) {
      return Optional.empty();
    }
    int tried = tries.computeIfAbsent(hash, h -> new AtomicInteger()).getAndIncrement();
    long drawn = StubText.mix(hash ^ StubText.mix(options.seed() + tried));
    double share = (drawn >>> 11) * 0x1p-53;
    List<Fault> faults = options.faults().stream().sorted().toList();
    return share < options.faultShare()
        ? Optional.of(faults.get((int) Math.floorMod(StubText.mix(drawn), (long) faults.size())))
        : Optional.empty();
  }

  private void fail(HttpExchange exchange, Fault fault, Asked asked)
      throws IOException, InterruptedException {
    String whole = text(asked);
    switch (fault) {
      case BUSY -> {
        exchange.getResponseHeaders().set("Retry-After", "0");
        send(exchange, 429, error("too much"));
      }
      case ERROR -> send(exchange, 500, error("out of luck"));
      case STARTING -> send(exchange, 503, "<html>starting</html>");
      case RESET -> {}
      case HALF -> {
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
      }
      case NO_JSON -> send(exchange, 200, whole.substring(0, whole.length() - 7));
      case TWO_CHOICES -> {
        int at = whole.indexOf("\"choices\":[") + "\"choices\":[".length();
        String choice = whole.substring(at, whole.lastIndexOf(']'));
        send(exchange, 200, whole.substring(0, at) + choice + "," + whole.substring(at));
      }
      case FEW_LOG_PROBS ->
          send(
              exchange,
              200,
              whole.replaceFirst("\"token_logprobs\":\\[[^,\\]]*,?", "\"token_logprobs\":["));
      case NO_TOKEN ->
          send(exchange, 200, whole.replaceFirst("\"token_ids\":\\[\\d+", "\"token_ids\":[99999"));
      case STALL -> {
        Thread.sleep(Duration.ofMinutes(1));
        send(exchange, 200, whole);
      }
    }
  }

  private String text(Asked asked) {
    StringBuilder json = new StringBuilder(2048);
    json.append("{\"id\":\"cmpl\",\"object\":\"text_completion\",\"created\":0,\"model\":\"stub\"");
    json.append(",\"choices\":[");
    int written = 0;
    for (int i = 0; i < asked.n; i++) {
      long seed = asked.sampled ? asked.seed + i : 0;
      Tokens ids = StubText.write(asked.prompt, seed, asked.most, options.stopOneIn(), asked.stops);
      choice(json.append(i == 0 ? "" : ","), i, ids, asked);
      written += ids.size();
    }
    json.append("],\"usage\":{\"prompt_tokens\":").append(asked.prompt.size());
    json.append(",\"completion_tokens\":").append(written);
    json.append(",\"total_tokens\":").append(asked.prompt.size() + written);
    return json.append("}}").toString();
  }

  private static void choice(StringBuilder json, int index, Tokens ids, Asked asked) {
    boolean stopped = asked.stops.contains(ids.at(ids.size() - 1));
    json.append("{\"index\":").append(index).append(",\"text\":\"\",\"token_ids\":[");
    for (int i = 0; i < ids.size(); i++) {
      json.append(i == 0 ? "" : ",").append(ids.at(i));
    }
    json.append("],\"logprobs\":{\"token_logprobs\":[");
    for (int i = 0; i < ids.size(); i++) {
      json.append(i == 0 ? "" : ",").append(StubText.logProb(ids.at(i)));
    }
    json.append("],\"tokens\":[],\"top_logprobs\":[]}");
    if (asked.scored) {
      json.append(",\"prompt_logprobs\":[null");
      for (int i = 1; i < asked.prompt.size(); i++) {
        int id = asked.prompt.at(i);
        json.append(",{\"").append(id).append("\":{\"logprob\":");
        json.append(StubText.logProb(id)).append("}}");
      }
      json.append(']');
    }
    json.append(",\"finish_reason\":\"").append(stopped ? "stop" : "length").append("\"}");
  }

  private static String models() {
    return "{\"object\":\"list\",\"data\":[{\"id\":\"stub\",\"object\":\"model\",\"owned_by\":\"stub\","
               + "\"max_model_len\":"
        + CONTEXT
        + "}]}";
  }

  private static String vocabulary() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    for (int id = 0; id < StubText.SIZE; id++) {
      byte[] piece = StubText.piece(id).getBytes(StandardCharsets.UTF_8);
      root.withArray("/pieces").add(Base64.getEncoder().encodeToString(piece));
    }
    root.putObject("controls")
        .put("<|begin|>", StubText.BEGIN)
        .put("<|end|>", StubText.END)
        .put("<|header|>", StubText.HEADER)
        .put("<|header_end|>", StubText.HEADER_END);
    root.put("begin", StubText.BEGIN).putArray("stops").add(StubText.END);
    return root.toString();
  }

  private static String tokenize(JsonNode body) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    String text = body.path("prompt").asString("");
    text.chars().map(c -> c < StubText.WORDS ? c : '?').forEach(root.withArray("/tokens")::add);
    return root.toString();
  }

  private static String template(JsonNode body) {
    StringBuilder text = new StringBuilder();
    for (JsonNode message : body.path("messages").values()) {
      text.append("<|header|>").append(message.path("role").asString("")).append("<|header_end|>");
      text.append(message.path("content").asString("")).append("<|end|>");
    }
    text.append("<|header|>assistant<|header_end|>");
    return JsonMapper.shared().createObjectNode().put("prompt", text.toString()).toString();
  }

  private static String error(String message) {
    return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"stub\",\"code\":0}}";
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// What was asked for.
  private record Asked(
      Tokens prompt,
      long seed,
      int most,
      int n,
      Set<Integer> stops,
      boolean sampled,
      boolean scored) {
    static Asked read(JsonNode body) {
      Set<Integer> stops = new HashSet<>();
      body.path("stop_token_ids").values().forEach(id -> stops.add(id.intValue()));
      boolean sampled = body.path("temperature").doubleValue() > 0;
      return new Asked(
          CompletionRequest.ids(body.path("prompt"), "prompt"),
          sampled ? body.path("seed").longValue() : 0,
          body.path("max_tokens").intValue(),
          body.path("n").intValue(),
          stops,
          sampled,
          body.path("prompt_logprobs").isNumber());
    }
  }

  /// Ends every connection at once, and the port is free again.
  public void die() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Override
  public void close() {
    die();
  }
}
