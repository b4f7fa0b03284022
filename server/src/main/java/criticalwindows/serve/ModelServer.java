package criticalwindows.serve;

import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.serve.CompletionRequest.Want;
import criticalwindows.serve.HttpPages.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A model served over HTTP, as vLLM would do it: `/v1/completions` with token ids, `/v1/models`,
/// `/tokenize`, `/detokenize`, `/apply-template`, `/health` and `/metrics`; and `/vocabulary`, by
/// which a client decodes by itself.
///
/// The model belongs to a thread of the server until that is closed. Requests that come together
/// are computed together; texts are turned into tokens, and conversations into texts, beside it.
public final class ModelServer implements AutoCloseable {
  private final Model model;
  private final ServeOptions options;
  private final String name;
  private final Vocabulary vocabulary;
  private final Model.Recommended recommended;
  private final Map<String, String> facts;
  private final ReadWriteLock beside = new ReentrantReadWriteLock();
  private boolean closed;
  private final EngineThread engine;
  private final HttpPages pages;
  private final AtomicLong requests = new AtomicLong();
  private final LongAdder read = new LongAdder();
  private final LongAdder written = new LongAdder();

  private ModelServer(Model model, ServeOptions options) {
    this.model = model;
    this.options = options;
    name = options.name().isEmpty() ? model.name() : options.name();
    vocabulary = model.vocabulary();
    recommended = model.recommended();
    facts = Map.copyOf(model.provenance());
    engine = new EngineThread(model);
    try {
      pages = HttpPages.open(options, pages());
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /// Begins to serve.
  ///
  /// @param model which nobody else may use until the server is closed; it is not closed with it
  public static ModelServer start(Model model, ServeOptions options) {
    return new ModelServer(model, options);
  }

  /// Where it listens.
  public URI address() {
    return pages.address();
  }

  private Map<String, HttpPages.Page> pages() {
    Map<String, HttpPages.Page> all = new LinkedHashMap<>();
    all.put("GET /health", call -> Reply.json(health()));
    all.put("GET /v1/models", call -> Reply.json(models()));
    all.put("GET /v1/models/", call -> Reply.json(model(call.path())));
    all.put("GET /vocabulary", call -> Reply.json(words()));
    all.put("GET /metrics", call -> Reply.text(metrics()));
    all.put("POST /tokenize", call -> Reply.json(tokenize(call.body())));
    all.put("POST /detokenize", call -> Reply.json(detokenize(call.body())));
    all.put("POST /apply-template", call -> Reply.json(template(call.body())));
    all.put("POST /v1/completions", this::complete);
    return all;
  }

  private ObjectNode health() {
    engine.requireRunning();
    return object().put("status", "ok");
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  private ObjectNode models() {
    ObjectNode root = object().put("object", "list");
    root.putArray("data").add(card());
    return root;
  }

  private ObjectNode model(String path) {
    String asked = path.substring("/v1/models/".length());
    if (!asked.equals(name)) {
      throw new Refusal(404, "no model of that name; there is: " + name);
    }
    return card();
  }

  private ObjectNode card() {
    ObjectNode card = object();
    card.put("id", name).put("object", "model").put("owned_by", "critical-windows");
    card.put("created", options.clock().instant().getEpochSecond());
    card.put("max_model_len", model.contextLength());
    card.putObject("sampling")
        .put("temperature", recommended.sampling().temperature())
        .put("top_p", recommended.sampling().topP())
        .put("source", recommended.source());
    facts.forEach(card.putObject("provenance")::put);
    return card;
  }

  private ObjectNode words() {
    ObjectNode root = object();
    ArrayNode pieces = root.putArray("pieces");
    for (int id = 0; id < vocabulary.size(); id++) {
      pieces.add(Base64.getEncoder().encodeToString(vocabulary.piece(id)));
    }
    vocabulary.controls().forEach(root.putObject("controls")::put);
    vocabulary.begin().ifPresent(id -> root.put("begin", id));
    vocabulary.stops().forEach(root.putArray("stops")::add);
    return root;
  }

  private String metrics() {
    return String.format(
        Locale.ROOT,
        """
        # TYPE cw_requests_total counter
        cw_requests_total %d
        # TYPE cw_prompt_tokens_total counter
        cw_prompt_tokens_total %d
        # TYPE cw_generation_tokens_total counter
        cw_generation_tokens_total %d
        # TYPE cw_waves_total counter
        cw_waves_total %d
        # TYPE cw_scripts_total counter
        cw_scripts_total %d
        # TYPE cw_dropped_total counter
        cw_dropped_total %d
        # TYPE cw_waiting gauge
        cw_waiting %d
        """,
        requests.get(),
        read.sum(),
        written.sum(),
        engine.waves(),
        engine.scripts(),
        engine.dropped(),
        engine.waiting());
  }

  /// A text is a text: whatever it spells, no control token comes of it.
  private ObjectNode tokenize(JsonNode body) {
    JsonNode prompt = body.path("prompt");
    if (!prompt.isString()) {
      throw Refusal.bad("prompt is a text");
    }
    Tokens tokens = encode(prompt.asString(""), body.path("add_special_tokens").asBoolean(true));
    ObjectNode root = object().put("count", tokens.size());
    root.put("max_model_len", model.contextLength());
    tokens.stream().forEach(root.putArray("tokens")::add);
    return root;
  }

  private Tokens encode(String text, boolean begun) {
    Tokens tokens = beside(() -> vocabulary.encode(text));
    return begun && vocabulary.begin().isPresent()
        ? Tokens.of(vocabulary.begin().getAsInt()).plus(tokens)
        : tokens;
  }

  /// What needs the model's file but none of its state, and no turn: until the server is closed.
  private <T> T beside(Supplier<T> question) {
    beside.readLock().lock();
    try {
      if (closed) {
        throw new Refusal(503, "the server is stopping");
      }
      return question.get();
    } finally {
      beside.readLock().unlock();
    }
  }

  private ObjectNode detokenize(JsonNode body) {
    Tokens tokens = CompletionRequest.ids(body.path("tokens"), "tokens");
    requireKnown(tokens);
    return object().put("prompt", vocabulary.decode(tokens));
  }

  private ObjectNode template(JsonNode body) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : body.path("messages").values()) {
      messages.add(message(message));
    }
    if (messages.isEmpty()) {
      throw Refusal.bad("messages is a list with at least one");
    }
    return object().put("prompt", beside(() -> model.chatTemplate().render(messages)));
  }

  private static Message message(JsonNode node) {
    String role = node.path("role").asString("");
    for (Message.Role known : Message.Role.values()) {
      if (known.word().equals(role) && node.path("content").isString()) {
        return new Message(known, node.path("content").asString(""));
      }
    }
    throw Refusal.bad("a message has the role system, user or assistant and a text as content");
  }

  private Reply complete(HttpPages.Call call) throws InterruptedException {
    String wanted = call.body().path("model").asString(name);
    if (!wanted.equals(name)) {
      throw new Refusal(404, "no model of that name; there is: " + name);
    }
    CompletionRequest request = CompletionRequest.read(call.body());
    List<Tokens> prompts = request.prompts().stream().map(p -> tokens(p, request)).toList();
    prompts.forEach(prompt -> requireFit(prompt, request.step()));
    long number = requests.incrementAndGet();
    List<Completion> completions = engine.run(scripts(prompts, request, number), call.client());
    ObjectNode root = object().put("id", "cmpl-" + number).put("object", "text_completion");
    root.put("created", options.clock().instant().getEpochSecond()).put("model", name);
    ArrayNode choices = root.putArray("choices");
    int in = 0;
    int out = 0;
    for (int i = 0; i < prompts.size(); i++) {
      List<Completion> own = completions.subList(i * request.n(), (i + 1) * request.n());
      CompletionAnswer answer = new CompletionAnswer(vocabulary, request, prompts.get(i));
      in += prompts.get(i).size();
      out += answer.write(choices, own, promptLogProbs(prompts.get(i), request, call.client()));
    }
    read.add(in);
    written.add(out);
    ObjectNode usage = root.putObject("usage").put("prompt_tokens", in);
    usage.put("completion_tokens", out).put("total_tokens", in + out);
    return request.wants(Want.STREAM)
        ? Reply.events(
            new CompletionAnswer(vocabulary, request, prompts.getFirst())
                .events(root, completions.getFirst().last().tokens()))
        : Reply.json(root);
  }

  private Tokens tokens(CompletionRequest.Prompt prompt, CompletionRequest request) {
    return switch (prompt) {
      case CompletionRequest.Prompt.Ids(Tokens ids) -> ids;
      case CompletionRequest.Prompt.Words(String text) -> {
        if (text.isEmpty()) {
          throw Refusal.bad("prompt is empty");
        }
        yield encode(text, request.wants(Want.BEGUN));
      }
    };
  }

  private List<LogProbs> promptLogProbs(
      Tokens prompt, CompletionRequest request, EngineThread.Caller client)
      throws InterruptedException {
    if (!request.wants(Want.PROMPT_LOG_PROBS)) {
      return List.of();
    }
    if (prompt.size() < 2) {
      return List.of(LogProbs.of());
    }
    Step score = new Step.Score(List.of(prompt.slice(1, prompt.size())));
    Script script = new Script(prompt.prefix(1), List.of(score), 0);
    return engine.run(List.of(script), client).getFirst().scores().getFirst().stream()
        .map(Scored::logProbs)
        .toList();
  }

  private static List<Script> scripts(
      List<Tokens> prompts, CompletionRequest request, long number) {
    List<Step> steps = new ArrayList<>(List.of(request.step()));
    if (request.wants(Want.KEEP)) {
      steps.add(new Step.Keep());
    }
    // Without a seed, requests differ by their number alone.
    long seed = request.seed().orElse(number * 0x9e3779b97f4a7c15L);
    List<Script> scripts = new ArrayList<>();
    for (Tokens prompt : prompts) {
      for (int i = 0; i < request.n(); i++) {
        scripts.add(new Script(prompt, steps, seed + i));
      }
    }
    return scripts;
  }

  private void requireFit(Tokens prompt, Step.Sample step) {
    if (prompt.isEmpty()) {
      throw Refusal.bad("prompt is empty");
    }
    requireKnown(prompt);
    if ((long) prompt.size() + step.maxTokens() > model.contextLength()) {
      throw Refusal.bad(
          "the prompt has "
              + prompt.size()
              + " tokens, max_tokens is "
              + step.maxTokens()
              + ", and the context holds "
              + model.contextLength());
    }
  }

  private void requireKnown(Tokens tokens) {
    if (tokens.stream().anyMatch(id -> id >= vocabulary.size())) {
      throw Refusal.bad("a token id is outside the vocabulary of " + vocabulary.size());
    }
  }

  /// Hears no more requests, ends the wave that is running, and gives the model back.
  @Override
  public void close() {
    pages.close();
    beside.writeLock().lock();
    try {
      closed = true;
    } finally {
      beside.writeLock().unlock();
    }
    engine.close();
  }
}
