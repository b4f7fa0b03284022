package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.model.Alternatives;
import criticalwindows.model.ChatTemplate;
import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.remote.CompletionCall.Extras;
import criticalwindows.remote.CompletionCall.Keeping;
import criticalwindows.remote.CompletionReply.Asked;
import criticalwindows.remote.CompletionReply.Whole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A model behind one server or several. Each script is a chain of completion calls by token id, on
/// a virtual thread; what comes back is checked, and asked for again where it makes no sense.
public final class RemoteModel implements Model {
  /// If so many scripts end, and none of them well, the server is not fit for the work.
  private static final int HOPELESS = 20;

  /// Log-probabilities that a server left out of one text and that are asked for one by one.
  private static final int MOST_HOLES = 128;

  /// Tokens among which one of these is looked for.
  private static final int LIKELIEST = 2000;

  private final RemoteOptions options;
  private final Fleet fleet;
  private final Served served;
  private final Vocabulary vocabulary;
  private final Optional<LocalTokenizer> tokenizer;
  private final CompletionReply.Texts texts;
  private final ChatTemplate template;
  private final Recommended recommended;
  private final Findings findings;
  private final SeedWatch watch = new SeedWatch();
  private final LongAdder failed = new LongAdder();
  private final LongAdder read = new LongAdder();
  private final LongAdder written = new LongAdder();
  private long succeeded;

  private RemoteModel(RemoteOptions options, Fleet fleet, Knowledge known, Findings findings) {
    this.options = options;
    this.fleet = fleet;
    served = known.served;
    vocabulary = known.vocabulary;
    tokenizer = known.tokenizer;
    recommended = known.recommended;
    texts = CompletionReply.Texts.of(vocabulary);
    this.findings = findings;
    Connection first = fleet.connections().getFirst();
    template =
        options
            .chatTemplate()
            .map(ConversationTemplates::named)
            .orElseGet(() -> ConversationTemplates.served(first, served.name(), vocabulary));
  }

  /// What is known of a model before any call for a completion.
  ///
  /// @param tokenizer one, or none where the server says its vocabulary
  private record Knowledge(
      Served served,
      Vocabulary vocabulary,
      Recommended recommended,
      Optional<LocalTokenizer> tokenizer) {
    static Knowledge of(RemoteOptions options, Fleet fleet) throws InterruptedException {
      Connection first = fleet.connections().getFirst();
      Served served = Served.of(first, options.servedModel());
      Recommended plain =
          new Recommended(Sampling.PLAIN, "nothing is recommended, so the plain distribution");
      if (options.tokenizer().isEmpty()) {
        Vocabulary vocabulary = ServedVocabulary.of(first, served.name());
        Recommended own = served.recommended().orElse(plain);
        return new Knowledge(served, vocabulary, own, Optional.empty());
      }
      LocalTokenizer tokenizer = options.tokenizer().get().open();
      try {
        Vocabulary vocabulary = tokenizer.vocabulary();
        VocabularyCheck.require(first, served, vocabulary);
        Recommended own = tokenizer.recommended().or(served::recommended).orElse(plain);
        return new Knowledge(served, vocabulary, own, Optional.of(tokenizer));
      } catch (InterruptedException | RuntimeException e) {
        tokenizer.close();
        throw e;
      }
    }

    /// A text that any model of language goes on from.
    Tokens prompt() {
      Tokens text = vocabulary.encode(VocabularyCheck.TEXT);
      return vocabulary.begin().isPresent()
          ? Tokens.of(vocabulary.begin().getAsInt()).plus(text)
          : text;
    }
  }

  /// Asks the servers what they are, and probes each.
  ///
  /// @throws UserError if one is not there, serves something else, or would give wrong numbers
  public static RemoteModel open(RemoteOptions options) throws InterruptedException {
    Fleet fleet = new Fleet(options);
    try {
      Knowledge known = Knowledge.of(options, fleet);
      try {
        return new RemoteModel(options, fleet, known, probe(options, fleet, known));
      } catch (InterruptedException | RuntimeException e) {
        known.tokenizer.ifPresent(LocalTokenizer::close);
        throw e;
      }
    } catch (InterruptedException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /// Probes all servers side by side.
  ///
  /// @return what was found at the first
  private static Findings probe(RemoteOptions options, Fleet fleet, Knowledge known)
      throws InterruptedException {
    CompletionReply.Texts texts = CompletionReply.Texts.of(known.vocabulary);
    List<Callable<Findings>> probes = new ArrayList<>();
    for (Connection server : fleet.connections()) {
      probes.add(() -> probe(options, server, known, texts));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Findings> all = new ArrayList<>();
      for (Future<Findings> one : threads.invokeAll(probes)) {
        all.add(one.get());
      }
      for (int i = 1; i < all.size(); i++) {
        requireSame(all.getFirst(), all.get(i), fleet.connections().get(i));
      }
      return all.getFirst();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UserError failure
          ? failure
          : new IllegalStateException("a probe failed", e);
    }
  }

  private static Findings probe(
      RemoteOptions options, Connection server, Knowledge known, CompletionReply.Texts texts)
      throws InterruptedException {
    Served there = Served.of(server, options.servedModel());
    requireSame(known.served, there, server);
    try (Fleet alone = new Fleet(options.only(server.address()))) {
      Findings findings = Probe.run(alone, there, texts, known.prompt());
      Probe.require(findings, Findings.Use.ROLLOUTS);
      return findings;
    }
  }

  private static void requireSame(Findings first, Findings other, Connection server) {
    boolean same =
        first.dialect().equals(other.dialect())
            && first.answersAs().equals(other.answersAs())
            && first.of(Findings.Ability.ORDER).answer()
                == other.of(Findings.Ability.ORDER).answer()
            && first.verdict(Findings.Use.ROLLOUTS).approximate().isEmpty()
                == other.verdict(Findings.Use.ROLLOUTS).approximate().isEmpty();
    if (!same) {
      throw new UserError(
          server.address() + " cannot do what the first server can",
          "start all servers of a fleet alike; compare them with cw servers check");
    }
  }

  private static void requireSame(Served first, Served other, Connection server) {
    if (!first.alike(other)) {
      throw new UserError(
          server.address() + " serves " + other.name() + ", another model than the first server",
          "name servers of one model only");
    }
  }

  private static final String SHA = "model sha256";

  /// What the probe found at the first server.
  public Findings findings() {
    return findings;
  }

  /// What has gone over the wire.
  public Traffic traffic() {
    return new Traffic(
        fleet.answered(),
        fleet.retries(),
        failed.sum(),
        read.sum(),
        written.sum(),
        fleet.inFlight(),
        fleet.underWay(),
        fleet.aside());
  }

  @Override
  public String name() {
    return served.name();
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public ChatTemplate chatTemplate() {
    return template;
  }

  @Override
  public int contextLength() {
    return served.context().orElse(2048);
  }

  @Override
  public Recommended recommended() {
    return recommended;
  }

  /// Twice the calls that may be under way, so that the thin end of a wave is a small part of it.
  @Override
  public int width(int tokens) {
    return 2 * mostCalls();
  }

  @Override
  public boolean elsewhere() {
    return true;
  }

  private int mostCalls() {
    return options.load().inFlight() * options.servers().size();
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> facts = new TreeMap<>();
    served.facts().forEach((name, value) -> facts.put("server " + name, value));
    facts.remove("server " + SHA);
    facts.remove("server engine");
    facts.put("engine", "server " + served.facts().getOrDefault("engine", served.owner()));
    facts.put(SHA, served.facts().getOrDefault(SHA, ""));
    facts.put("vocabulary sha256", vocabulary.sha256());
    facts.put("served model", served.name());
    facts.put(
        "servers",
        options.servers().stream().map(Address::toString).collect(Collectors.joining(",")));
    List<String> approximate = findings.verdict(Findings.Use.ROLLOUTS).approximate();
    if (!approximate.isEmpty()) {
      facts.put("approximate", String.join("; ", approximate));
    }
    return facts;
  }

  /// How a script ended.
  private sealed interface Ended {
    record Well(int index, Completion completion) implements Ended {}

    record Refused(int index, String reason) implements Ended {}

    record Broken(int index, Throwable cause) implements Ended {}
  }

  @Override
  public void run(List<Script> scripts, Sink sink) throws InterruptedException {
    for (int i = 0; i < scripts.size(); i++) {
      check(scripts.get(i), i);
    }
    fleet.awake();
    BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (int i = Math.min(scripts.size(), mostCalls()); i > 0; i--) {
        threads.execute(() -> work(scripts, next, ended));
      }
      for (int left = scripts.size(); left > 0; left--) {
        report(ended.take(), sink);
      }
    } finally {
      threads.shutdownNow();
      await(threads);
    }
  }

  /// Calls under way are dropped, which takes no time; without it a late one could still be
  /// counted.
  private static void await(ExecutorService threads) {
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void report(Ended end, Sink sink) {
    switch (end) {
      case Ended.Well well -> {
        succeeded++;
        sink.finished(well.index, well.completion);
      }
      case Ended.Refused refused -> {
        failed.increment();
        if (succeeded == 0 && failed.sum() >= HOPELESS) {
          throw new UserError(
              "the servers refuse every request: " + refused.reason,
              "see what they can do: cw servers check " + options.servers().getFirst());
        }
        sink.failed(refused.index, refused.reason);
      }
      case Ended.Broken broken -> {
        switch (broken.cause) {
          case UserError failure -> throw failure;
          case Error error -> throw error;
          default -> throw new IllegalStateException("a call failed", broken.cause);
        }
      }
    }
  }

  /// One script after another, until none is left or one breaks. As many do this as calls may be
  /// under way: whoever reads an answer goes on to the next call at once, where another one that
  /// waited for its place would first have to be woken.
  private void work(List<Script> scripts, AtomicInteger next, BlockingQueue<Ended> ended) {
    Ended end;
    do {
      int index = next.getAndIncrement();
      if (index >= scripts.size()) {
        return;
      }
      end = run(scripts.get(index), index);
      ended.add(end);
    } while (!(end instanceof Ended.Broken));
  }

  private Ended run(Script script, int index) {
    try {
      return new Ended.Well(index, complete(script));
    } catch (CallFailure e) {
      return new Ended.Refused(index, e.reason());
    } catch (InterruptedException | RuntimeException | Error e) {
      return new Ended.Broken(index, e);
    }
  }

  private Completion complete(Script script) throws CallFailure, InterruptedException {
    long began = System.nanoTime();
    Tokens text = script.start();
    List<Sampled> samples = new ArrayList<>();
    List<List<Scored>> scores = new ArrayList<>();
    for (int i = 0; i < script.steps().size(); i++) {
      switch (script.steps().get(i)) {
        case Step.Feed feed -> text = text.plus(feed.tokens());
        case Step.Keep keep -> {}
        case Step.Score score -> scores.add(score(text, score.alternatives()));
        case Step.Sample sample -> {
          Sampled sampled = sample(text, sample, seed(script, samples.size()), keeping(script, i));
          samples.add(sampled);
          text = text.plus(sampled.tokens());
        }
      }
    }
    return new Completion(samples, scores, Duration.ofNanos(System.nanoTime() - began));
  }

  /// The script's own seed for its first text, and others for those that follow.
  private static long seed(Script script, int turn) {
    return script.seed() + turn * 0x9e3779b97f4a7c15L;
  }

  private static Keeping keeping(Script script, int sample) {
    return script.steps().size() > sample + 1 && script.steps().get(sample + 1) instanceof Step.Keep
        ? Keeping.YES
        : Keeping.NO;
  }

  private Sampled sample(Tokens from, Step.Sample step, long seed, Keeping keeping)
      throws CallFailure, InterruptedException {
    Set<Integer> stops = step.stops().isEmpty() ? vocabulary.stops() : step.stops();
    Extras extras = new Extras(1, Dialect.Scoring.NONE, keeping);
    CompletionCall call = new CompletionCall(served.name(), from, step, seed, 1, extras);
    Dialect dialect = findings.dialect();
    byte[] body = call.json(dialect, stops);
    Asked asked = new Asked(step, stops);
    Whole whole = fleet.post(dialect.page(), body, seed, reply -> whole(reply, from, asked));
    read.add(from.size());
    written.add(whole.sampled().logProbs().size());
    Sampled sampled = whole.holes().isEmpty() ? whole.sampled() : filled(whole, from, seed);
    watch.look(from, step, seed, sampled);
    return sampled;
  }

  private Whole whole(JsonNode reply, Tokens from, Asked asked) throws CallFailure {
    findings.requireModel(reply);
    int count = CompletionReply.promptTokens(reply).orElse(from.size());
    if (count != from.size()) {
      throw CallFailure.broken("it read " + count + " tokens where " + from.size() + " were sent");
    }
    return findings.dialect().words() == Dialect.Words.LLAMA
        ? LlamaReply.whole(reply, asked, texts.size())
        : CompletionReply.whole(reply, asked, texts);
  }

  /// Asks for each log-probability that a server left out, by one call more.
  private Sampled filled(Whole whole, Tokens from, long seed)
      throws CallFailure, InterruptedException {
    List<Integer> holes = whole.holes();
    Sampled sampled = whole.sampled();
    Optional<Integer> forced = texts.id(".").or(() -> texts.id("a")).or(() -> texts.id("\n"));
    if (holes.size() > MOST_HOLES || forced.isEmpty()) {
      throw new CallFailure(
          CallFailure.Kind.REFUSED,
          "it leaves out " + holes.size() + " log-probabilities of tokens that end in a character");
    }
    float[] filled = new float[holes.size()];
    for (int i = 0; i < filled.length; i++) {
      // A hole may be the stop token, which is not among the text's tokens.
      int hole = holes.get(i);
      if (hole >= sampled.tokens().size()) {
        throw new CallFailure(
            CallFailure.Kind.REFUSED, "it leaves out the stop token's log-probability");
      }
      Tokens before = from.plus(sampled.tokens().prefix(hole));
      int id = sampled.tokens().at(hole);
      Step.Sample one = new Step.Sample(Sampling.GREEDY, 1, Set.of());
      Extras extras = new Extras(LIKELIEST, Dialect.Scoring.NONE, Keeping.NO);
      byte[] body =
          new CompletionCall(served.name(), before, one, seed, 1, extras).forced(forced.get());
      Optional<Float> value =
          fleet.post(Dialect.LLAMA_PAGE, body, seed, reply -> LlamaReply.likely(reply, id));
      filled[i] =
          value.orElseThrow(
              () ->
                  new CallFailure(
                      CallFailure.Kind.REFUSED,
                      "it leaves out the log-probability of a token that ends in a character and is"
                          + " not among the likeliest "
                          + LIKELIEST));
    }
    LogProbs all = LlamaReply.filled(sampled.logProbs(), holes, filled);
    return new Sampled(sampled.tokens(), all, sampled.finish());
  }

  /// Asks for the log-probabilities of each text's tokens, one text a call. A server keeps its
  /// predictions.
  private List<Scored> score(Tokens from, Alternatives wanted)
      throws CallFailure, InterruptedException {
    Dialect dialect = findings.dialect();
    List<Scored> scores = new ArrayList<>();
    for (Tokens text : wanted.texts()) {
      Tokens whole = from.plus(wanted.after()).plus(text);
      byte[] body =
          CompletionCall.score(served.name(), whole, dialect.scoring()).json(dialect, Set.of());
      LogProbs all =
          fleet.post(
              Dialect.COMPLETIONS,
              body,
              whole.hashCode(),
              reply -> CompletionReply.prompt(reply, whole, dialect.scoring()));
      read.add(whole.size());
      int size = all.size();
      float[] own = Arrays.copyOfRange(all.toArray(), size - text.size(), size);
      scores.add(new Scored(LogProbs.of(own)));
    }
    return scores;
  }

  private void check(Script script, int index) {
    if (script.mostTokens() > contextLength()) {
      throw new IllegalArgumentException(
          "script "
              + index
              + " can come to "
              + script.mostTokens()
              + " tokens of "
              + contextLength());
    }
    check(script.start());
    for (Step step : script.steps()) {
      switch (step) {
        case Step.Feed feed -> check(feed.tokens());
        case Step.Keep keep -> {}
        case Step.Score score -> {
          Probe.require(findings, Findings.Use.SCORES);
          check(score.alternatives().after());
          score.alternatives().texts().forEach(this::check);
        }
        case Step.Sample sample -> {
          boolean own = sample.stops().isEmpty() || sample.stops().equals(vocabulary.stops());
          if (!own && findings.dialect().stopping() == Dialect.Stopping.BY_SERVER) {
            throw new IllegalArgumentException("this server cannot be told where to stop");
          }
        }
      }
    }
  }

  private void check(Tokens tokens) {
    int size = vocabulary.size();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.at(i) >= size) {
        throw new IllegalArgumentException("an id outside the vocabulary of " + size);
      }
    }
  }

  @Override
  public void close() {
    fleet.close();
    tokenizer.ifPresent(LocalTokenizer::close);
  }
}
