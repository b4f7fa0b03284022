package criticalwindows.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import criticalwindows.model.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A server with the shape and the two faults of llama-server: it cuts off by top-p before it
/// divides by the temperature unless it is told the order, and shows no log-probability of a token
/// after which the text ends inside a character. Each token of its model is a byte, likelier or
/// less likely by Zipf's law in an order that the byte before it decides.
///
/// *Source:* llama.cpp v0.5.0's server: its README, `process_token`, `to_json_oaicompat` and
/// `to_json_non_oaicompat`; the order of samplers as measured there.
final class LlamaStub implements AutoCloseable {
  static final int END = 256;
  static final int BEGIN = 257;
  static final int SIZE = 258;

  private static final String PATTERN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /// How it differs from the real one.
  enum Trait {
    /// It has `/v1/completions` alone.
    NO_OWN_PAGE,
    /// It does not heed `samplers`, as older ones.
    TOP_P_FIRST,
    /// It does not heed `top_p`.
    NO_TOP_P,
    /// Its own `/tokenize` makes other ids.
    OTHER_TOKENIZER
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Trait> traits;
  private final AtomicInteger hidden = new AtomicInteger();
  private volatile String name = "bytes.gguf";

  LlamaStub(Trait... traits) throws IOException {
    this.traits = EnumSet.noneOf(Trait.class);
    this.traits.addAll(List.of(traits));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// From now on answers come from a model of that name.
  void swap(String other) {
    name = other;
  }

  /// Tokens whose log-probability was not shown.
  int hidden() {
    return hidden.get();
  }

  /// The files that go with the model.
  static Path tokenizer(Path folder) throws IOException {
    ObjectNode root = object();
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocab = model.putObject("vocab");
    char next = 256;
    for (int value = 0; value < 256; value++) {
      boolean seen = (value > ' ' && value <= '~') || (value > 0xA0 && value != 0xAD);
      vocab.put(String.valueOf(seen ? (char) value : next++), value);
    }
    model.putArray("merges");
    ArrayNode added = root.putArray("added_tokens");
    added.addObject().put("id", END).put("content", "<|end|>").put("special", true);
    added.addObject().put("id", BEGIN).put("content", "<|begin|>").put("special", true);
    ArrayNode steps =
        root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split").put("behavior", "Isolated");
    split.put("invert", false).putObject("pattern").put("Regex", PATTERN);
    steps
        .addObject()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", false);
    root.putObject("decoder").put("type", "ByteLevel");
    Files.writeString(folder.resolve("tokenizer.json"), root.toString());
    Files.writeString(
        folder.resolve("generation_config.json"),
        "{\"bos_token_id\":" + BEGIN + ",\"eos_token_id\":" + END + "}");
    return folder;
  }

  /// How likely each token is after these, by id. The greedy text of the probe's prompt is ASCII.
  static double[] probabilities(Tokens before) {
    double[] all = new double[SIZE];
    boolean inside = missing(before) > 0;
    int last = before.at(before.size() - 1);
    List<Integer> order = inside ? bytes(0x80, 0xBF) : open();
    double sum = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      double weight = Math.pow(rank + 1, -1.5);
      all[order.get((37 * rank + 3 * last + 31) % order.size())] = weight;
      sum += weight;
    }
    for (int id = 0; id < SIZE; id++) {
      all[id] /= sum;
    }
    return all;
  }

  /// Letters, beginnings of characters of two and three bytes, and the end.
  private static List<Integer> open() {
    List<Integer> all = new ArrayList<>(bytes(0x20, 0x7E));
    all.addAll(bytes(0xC3, 0xD0));
    all.addAll(bytes(0xE1, 0xEC));
    all.add(END);
    return all;
  }

  private static List<Integer> bytes(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }

  /// Bytes that the last character still needs.
  private static int missing(Tokens text) {
    for (int back = 1; back <= Math.min(3, text.size()); back++) {
      int id = text.at(text.size() - back);
      if (id >= 0xE0 && id < 0xF0) {
        return Math.max(0, 3 - back);
      }
      if (id >= 0xC0 && id < 0xE0) {
        return Math.max(0, 2 - back);
      }
      if (id < 0x80 || id > 0xBF) {
        return 0;
      }
    }
    return 0;
  }

  /// What it writes, the end included.
  Tokens write(Tokens prompt, JsonNode ask, int most) {
    SplittableRandom chance = new SplittableRandom(ask.path("seed").longValue());
    Tokens written = Tokens.none();
    while (written.size() < most && written.indexOf(END) < 0) {
      double[] p = probabilities(prompt.plus(written));
      written = written.plus(Tokens.of(draw(p, ask, chance.nextDouble())));
    }
    return written;
  }

  private int draw(double[] plain, JsonNode ask, double chance) {
    JsonNode bias = ask.path("logit_bias").path(0);
    if (bias.isArray()) {
      return bias.path(0).intValue();
    }
    double temperature = ask.path("temperature").doubleValue();
    double topP = traits.contains(Trait.NO_TOP_P) ? 1 : ask.path("top_p").doubleValue();
    boolean told = ask.path("samplers").path(0).asString("").equals("temperature");
    double[] p = plain.clone();
    if (told && !traits.contains(Trait.TOP_P_FIRST)) {
      cut(heat(p, temperature), topP);
    } else {
      heat(cut(p, topP), temperature);
    }
    double sum = 0;
    for (int id = 0; id < p.length; id++) {
      sum += p[id];
      if (chance < sum) {
        return id;
      }
    }
    return byFalling(p)[0];
  }

  private static double[] heat(double[] p, double temperature) {
    int best = byFalling(p)[0];
    for (int id = 0; id < p.length; id++) {
      p[id] =
          temperature == 0
              ? (id == best ? 1 : 0)
              : p[id] == 0 ? 0 : Math.pow(p[id], 1 / temperature);
    }
    return scale(p);
  }

  private static double[] cut(double[] p, double topP) {
    double sum = 0;
    for (int id : byFalling(p)) {
      if (sum >= topP) {
        p[id] = 0;
      }
      sum += p[id];
    }
    return scale(p);
  }

  private static double[] scale(double[] p) {
    double sum = Arrays.stream(p).sum();
    for (int id = 0; id < p.length; id++) {
      p[id] /= sum;
    }
    return p;
  }

  private static int[] byFalling(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -p[id]))
        .mapToInt(i -> i)
        .toArray();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode ask = body.length == 0 ? object() : JsonMapper.shared().readTree(body);
      boolean own = !traits.contains(Trait.NO_OWN_PAGE);
      switch (exchange.getRequestURI().getPath()) {
        case "/v1/models" -> send(exchange, 200, models());
        case "/props" -> send(exchange, 200, props());
        case "/tokenize" -> send(exchange, 200, tokenize(ask));
        case "/detokenize" -> send(exchange, 200, object().put("content", "The end."));
        case "/apply-template" -> send(exchange, 200, object().put("prompt", "user: "));
        case "/v1/completions" -> send(exchange, 200, openAi(ask));
        case "/completion" -> send(exchange, own ? 200 : 404, own ? own(ask) : object());
        default -> send(exchange, 404, object());
      }
    }
  }

  private ObjectNode models() {
    ObjectNode card = object().put("id", name).put("object", "model").put("owned_by", "llamacpp");
    card.putObject("meta").put("n_vocab", SIZE).put("n_params", 1234).put("size", 999);
    ObjectNode root = object().put("object", "list");
    root.putArray("data").add(card);
    return root;
  }

  private static ObjectNode props() {
    ObjectNode root = object();
    root.putObject("default_generation_settings").put("n_ctx", 2048);
    return root;
  }

  private ObjectNode tokenize(JsonNode ask) {
    ObjectNode root = object();
    int shift = traits.contains(Trait.OTHER_TOKENIZER) ? 1 : 0;
    for (byte value :
        ask.path("content").asString("").getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      root.withArray("/tokens").add((value & 0xFF) + shift);
    }
    return root;
  }

  private static Tokens ids(JsonNode list) {
    return Tokens.of(list.values().stream().mapToInt(JsonNode::intValue).toArray());
  }

  private ObjectNode openAi(JsonNode ask) {
    Tokens prompt = ids(ask.path("prompt"));
    Tokens text = write(prompt, ask, ask.path("max_tokens").intValue());
    ObjectNode root = object().put("object", "text_completion").put("model", name);
    ObjectNode choice = root.putArray("choices").addObject().put("index", 0).put("text", "");
    choice.put("finish_reason", text.indexOf(END) < 0 ? "length" : "stop");
    shown(choice.putObject("logprobs").putArray("content"), prompt, text, 1);
    root.putObject("usage")
        .put("prompt_tokens", prompt.size())
        .put("completion_tokens", text.size());
    return root;
  }

  private ObjectNode own(JsonNode ask) {
    Tokens prompt = ids(ask.path("prompt"));
    Tokens text = write(prompt, ask, ask.path("n_predict").intValue());
    ObjectNode root = object().put("index", 0).put("model", name);
    if (ask.path("return_tokens").asBoolean(false)) {
      text.stream().forEach(root.putArray("tokens")::add);
    }
    root.put("tokens_predicted", text.size()).put("tokens_evaluated", prompt.size());
    root.put("stop_type", text.indexOf(END) < 0 ? "limit" : "eos").put("truncated", false);
    int cached = ask.path("cache_prompt").asBoolean(true) ? prompt.size() - 1 : 0;
    root.putObject("timings").put("cache_n", cached);
    ArrayNode shown = JsonMapper.shared().createArrayNode();
    shown(shown, prompt, text, ask.path("n_probs").intValue());
    if (!shown.isEmpty()) {
      root.set("completion_probabilities", shown);
    }
    return root;
  }

  /// Tokens after which the text ends inside a character are left out.
  private void shown(ArrayNode array, Tokens prompt, Tokens text, int top) {
    for (int i = 0; i < text.size(); i++) {
      // It looks at what it has written alone.
      if (missing(text.prefix(i + 1)) > 0) {
        hidden.incrementAndGet();
        continue;
      }
      double[] p = probabilities(prompt.plus(text.prefix(i)));
      ObjectNode one = array.addObject().put("id", text.at(i)).put("token", "x");
      one.put("logprob", (float) Math.log(p[text.at(i)]));
      ArrayNode likeliest = one.putArray("top_logprobs");
      for (int id : Arrays.copyOf(byFalling(p), Math.min(top, SIZE))) {
        if (p[id] > 0) {
          likeliest.addObject().put("id", id).put("logprob", (float) Math.log(p[id]));
        }
      }
    }
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  private static void send(HttpExchange exchange, int status, JsonNode node) throws IOException {
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(node);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
