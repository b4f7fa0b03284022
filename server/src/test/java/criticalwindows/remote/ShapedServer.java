package criticalwindows.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The exact toy model behind servers of several shapes, each as its documentation has it.
///
/// *Sources:* `CompletionRequest`, `CompletionResponseChoice` and `TokenizeResponse` of vLLM 0.15
/// (`return_token_ids`, `prompt_logprobs`, `stop_token_ids`, `/metrics` with
/// `vllm:cache_config_info`); `CompletionRequest` and `LogProbs` of SGLang 0.5 (no ids come back,
/// `echo` with `logprobs`, `matched_stop`; seeds do nothing at `/v1/completions`, issue 15481,
/// `/detokenize` with `text` back); llama-server's README (`/props`, `/tokenize` and `/detokenize`
/// with `content`, `logprobs.content` with an `id` each, no prompt log-probabilities, `n` refused);
/// OpenAI's reference of `/v1/completions`.
final class ShapedServer implements AutoCloseable {
  /// Whose server it looks like.
  enum Shape {
    VLLM,
    /// vLLM with `--logprobs-mode processed_logprobs`.
    VLLM_PROCESSED,
    /// Behind a proxy that lets one of the two through.
    VLLM_TOKENIZE_ONLY,
    VLLM_DETOKENIZE_ONLY,
    /// A server that puts a begin-of-text token before ids too.
    DOUBLE_BEGIN,
    SGLANG,
    LLAMA_SERVER,
    OPENAI,
    /// A server that takes texts alone.
    TEXT_ONLY
  }

  private static final Set<String> OPENAI_FIELDS =
      Set.of(
          "model",
          "prompt",
          "best_of",
          "echo",
          "frequency_penalty",
          "logit_bias",
          "logprobs",
          "max_tokens",
          "n",
          "presence_penalty",
          "seed",
          "stop",
          "stream",
          "stream_options",
          "suffix",
          "temperature",
          "top_p",
          "user");

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Shape shape;
  private final ToyModel toy = ToyModel.orderedDecisions();
  private final HttpServer server;

  private ShapedServer(Shape shape) throws IOException {
    this.shape = shape;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext("/", this::handle);
    server.start();
  }

  static ShapedServer start(Shape shape) throws IOException {
    return new ShapedServer(shape);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode ask = body.length == 0 ? object() : JsonMapper.shared().readTree(body);
      switch (exchange.getRequestURI().getPath()) {
        case "/v1/models" -> send(exchange, 200, models());
        case "/props" -> props(exchange);
        case "/metrics" -> metrics(exchange);
        case "/tokenize" -> tokenize(exchange, ask);
        case "/detokenize" -> detokenize(exchange, ask);
        case "/v1/completions" -> complete(exchange, ask);
        default -> send(exchange, 404, object().put("detail", "Not Found"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  private ObjectNode models() {
    ObjectNode root = object().put("object", "list");
    ObjectNode card = root.putArray("data").addObject().put("id", "toy").put("object", "model");
    return switch (shape) {
      case VLLM, VLLM_PROCESSED, VLLM_TOKENIZE_ONLY, VLLM_DETOKENIZE_ONLY, DOUBLE_BEGIN ->
          with(root, card, "vllm", 4096);
      case SGLANG -> with(root, card, "sglang", 4096);
      case LLAMA_SERVER -> {
        card.put("owned_by", "llamacpp").putObject("meta").put("n_ctx_train", 4096);
        yield root;
      }
      case OPENAI, TEXT_ONLY -> {
        card.put("owned_by", "system");
        yield root;
      }
    };
  }

  private static ObjectNode with(ObjectNode root, ObjectNode card, String owner, int context) {
    card.put("owned_by", owner).put("max_model_len", context);
    return root;
  }

  private void props(HttpExchange exchange) throws IOException {
    if (shape != Shape.LLAMA_SERVER) {
      send(exchange, 404, object());
      return;
    }
    ObjectNode root = object().put("total_slots", 4);
    root.putObject("default_generation_settings").put("n_ctx", 2048);
    send(exchange, 200, root);
  }

  private void metrics(HttpExchange exchange) throws IOException {
    boolean vllm = shape.name().startsWith("VLLM");
    byte[] page =
        "vllm:cache_config_info{block_size=\"16\",enable_prefix_caching=\"True\"} 1.0\n"
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(vllm ? 200 : 404, vllm ? page.length : -1);
    if (vllm) {
      exchange.getResponseBody().write(page);
    }
  }

  private void tokenize(HttpExchange exchange, JsonNode ask) throws IOException {
    if (Set.of(Shape.OPENAI, Shape.TEXT_ONLY, Shape.VLLM_DETOKENIZE_ONLY).contains(shape)) {
      send(exchange, 404, object());
      return;
    }
    String text = ask.path(shape == Shape.LLAMA_SERVER ? "content" : "prompt").asString("");
    // The toy goes on from a short text alone.
    String begun = text.equals(VocabularyCheck.TEXT) ? text.substring(0, 1) : text;
    ObjectNode root = object();
    toy.vocabulary().encode(begun).stream().forEach(root.putArray("tokens")::add);
    send(exchange, 200, root);
  }

  private void detokenize(HttpExchange exchange, JsonNode ask) throws IOException {
    if (Set.of(Shape.OPENAI, Shape.TEXT_ONLY, Shape.VLLM_TOKENIZE_ONLY).contains(shape)) {
      send(exchange, 404, object());
      return;
    }
    String field =
        switch (shape) {
          case SGLANG -> "text";
          case LLAMA_SERVER -> "content";
          default -> "prompt";
        };
    send(exchange, 200, object().put(field, toy.vocabulary().decode(ids(ask.path("tokens")))));
  }

  private static Tokens ids(JsonNode list) {
    return Tokens.of(list.values().stream().mapToInt(JsonNode::intValue).toArray());
  }

  private void complete(HttpExchange exchange, JsonNode ask)
      throws IOException, InterruptedException {
    String wrong = wrong(ask);
    if (!wrong.isEmpty()) {
      ObjectNode root = object();
      root.putObject("error").put("message", wrong).put("type", "invalid_request_error");
      send(exchange, 400, root);
      return;
    }
    send(exchange, 200, answer(ask));
  }

  private String wrong(JsonNode ask) {
    if (shape == Shape.OPENAI) {
      for (String field : ask.propertyNames()) {
        if (!OPENAI_FIELDS.contains(field)) {
          return "Unrecognized request argument supplied: " + field;
        }
      }
    }
    if (shape == Shape.TEXT_ONLY && ask.path("prompt").isArray()) {
      return "prompt: Input should be a valid string";
    }
    if (shape == Shape.LLAMA_SERVER && ask.path("n").asInt(1) != 1) {
      return "Only one completion choice is allowed";
    }
    return "";
  }

  private ObjectNode answer(JsonNode ask) throws InterruptedException {
    Tokens prompt = ids(ask.path("prompt"));
    ObjectNode root = object().put("object", "text_completion").put("model", "toy");
    ArrayNode choices = root.putArray("choices");
    for (int i = 0; i < ask.path("n").asInt(1); i++) {
      choice(choices.addObject().put("index", i), ask, prompt, i);
    }
    int added = shape == Shape.DOUBLE_BEGIN ? 1 : 0;
    root.putObject("usage").put("prompt_tokens", prompt.size() + added);
    return root;
  }

  private void choice(ObjectNode choice, JsonNode ask, Tokens prompt, int index)
      throws InterruptedException {
    Sampling sampling =
        new Sampling(ask.path("temperature").doubleValue(), ask.path("top_p").doubleValue());
    // SGLang draws from one stream for all requests.
    long seed = ask.path("seed").longValue() + index + (shape == Shape.SGLANG ? drawn++ : 0);
    Step.Sample step = new Step.Sample(sampling, ask.path("max_tokens").asInt(), stops(ask));
    Sampled sampled =
        Models.run((Model) toy, new Script(prompt, List.of(step), seed)).samples().getFirst();
    boolean stopped = sampled.finish() == FinishReason.STOP;
    int stop = step.stops().isEmpty() ? 129 : step.stops().iterator().next();
    Tokens ids = stopped ? sampled.tokens().plus(Tokens.of(stop)) : sampled.tokens();
    choice.put("text", toy.vocabulary().decode(sampled.tokens()));
    choice.put("finish_reason", stopped ? "stop" : "length");
    float[] values = sampled.logProbs().toArray();
    if (shape == Shape.VLLM_PROCESSED) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (values[i] * (2 - sampling.topP()));
      }
    }
    show(choice, ask, ids, values);
    prompt(choice, ask, prompt);
  }

  private long drawn;

  private Set<Integer> stops(JsonNode ask) {
    Set<Integer> stops = new TreeSet<>();
    if (shape == Shape.LLAMA_SERVER || shape == Shape.OPENAI) {
      return stops;
    }
    ask.path("stop_token_ids").values().forEach(id -> stops.add(id.intValue()));
    return stops.isEmpty() && ask.path("ignore_eos").asBoolean(false) ? Set.of(-1) : stops;
  }

  private void show(ObjectNode choice, JsonNode ask, Tokens ids, float[] values) {
    ObjectNode logProbs = choice.putObject("logprobs");
    if (shape == Shape.LLAMA_SERVER) {
      ArrayNode content = logProbs.putArray("content");
      for (int i = 0; i < values.length; i++) {
        content.addObject().put("id", ids.at(i)).put("logprob", values[i]).put("token", "x");
      }
      return;
    }
    ArrayNode tokens = logProbs.putArray("tokens");
    ArrayNode each = logProbs.putArray("token_logprobs");
    if (shape == Shape.SGLANG && ask.path("echo").asBoolean(false)) {
      Tokens prompt = ids(ask.path("prompt"));
      tokens.add(toy.vocabulary().show(prompt.at(0)));
      each.addNull();
      float[] scores = scores(prompt);
      for (int i = 0; i < scores.length; i++) {
        tokens.add(toy.vocabulary().show(prompt.at(i + 1)));
        each.add(scores[i]);
      }
    }
    boolean vllm = shape.name().startsWith("VLLM") || shape == Shape.DOUBLE_BEGIN;
    for (int i = 0; i < values.length; i++) {
      tokens.add(vllm ? "token_id:" + ids.at(i) : toy.vocabulary().show(ids.at(i)));
      each.add(values[i]);
    }
    if (vllm && ask.path("return_token_ids").asBoolean(false)) {
      ids.stream().forEach(choice.putArray("token_ids")::add);
    }
  }

  private void prompt(ObjectNode choice, JsonNode ask, Tokens prompt) {
    boolean vllm = shape.name().startsWith("VLLM") || shape == Shape.DOUBLE_BEGIN;
    if (!vllm || ask.path("prompt_logprobs").isMissingNode()) {
      return;
    }
    ArrayNode all = choice.putArray("prompt_logprobs");
    all.addNull();
    float[] scores = scores(prompt);
    for (int i = 0; i < scores.length; i++) {
      all.addObject().putObject(String.valueOf(prompt.at(i + 1))).put("logprob", scores[i]);
    }
  }

  private float[] scores(Tokens prompt) {
    try {
      return Models.score(toy, prompt.prefix(1), prompt.slice(1, prompt.size())).toArray();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the server is stopping", e);
    }
  }

  private static void send(HttpExchange exchange, int status, JsonNode node) throws IOException {
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(node);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
