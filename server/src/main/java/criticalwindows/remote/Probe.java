package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampling;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.remote.CompletionCall.Extras;
import criticalwindows.remote.CompletionCall.Keeping;
import criticalwindows.remote.CompletionReply.Choice;
import criticalwindows.remote.CompletionReply.Texts;
import criticalwindows.remote.Findings.Ability;
import criticalwindows.remote.Findings.Answer;
import criticalwindows.remote.Findings.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/// Tries out what a server can do, by about twenty short calls. What it calls itself decides
/// nothing.
final class Probe {
  private static final int LENGTH = 24;

  /// Rounding in a batch may swap two tokens that are nearly as likely as each other.
  private static final double NARROW = .05;

  private static final int AT_ONCE = 8;

  /// An answer without ids may have been a broken one.
  private static final int TRIES_FOR_IDS = 3;

  private final Fleet fleet;
  private final Served served;
  private final Texts texts;
  private final Tokens prompt;
  private final Map<Ability, Finding> found = new EnumMap<>(Ability.class);
  private Dialect dialect =
      new Dialect(Dialect.Words.EXTENDED, Dialect.Stopping.BY_IDS, Dialect.Scoring.NONE);
  private String answersAs = "";
  private Keeping keeping = Keeping.NO;

  /// How many of the likeliest tokens are asked for: two tell whether they are nearly as likely.
  private int top = 2;

  private Probe(Fleet fleet, Served served, Texts texts, Tokens prompt) {
    this.fleet = fleet;
    this.served = served;
    this.texts = texts;
    this.prompt = prompt;
  }

  /// @param fleet of one server
  /// @param prompt a text that a model can go on from, some dozens of ids
  static Findings run(Fleet fleet, Served served, Texts texts, Tokens prompt)
      throws InterruptedException {
    Probe probe = new Probe(fleet, served, texts, prompt);
    probe.run();
    String server = fleet.connections().getFirst().address() + ", " + served.name();
    return new Findings(
        server + ", by " + served.owner(), probe.found, probe.dialect, probe.answersAs);
  }

  private void run() throws InterruptedException {
    say(
        Ability.CONTEXT,
        served.context().isPresent() ? Answer.YES : Answer.UNKNOWN,
        served.context().isPresent() ? served.context().getAsInt() + " tokens" : "not said");
    texts();
    JsonNode first = first();
    if (first.isMissingNode()) {
      return;
    }
    first = ownPage(first);
    answersAs = first.path("model").asString("");
    begins(first);
    List<Choice> greedy = ids(first);
    boolean own = dialect.words() == Dialect.Words.LLAMA;
    for (int again = 0; !own && greedy.isEmpty() && again < TRIES_FOR_IDS; again++) {
      first = first();
      greedy = ids(first);
    }
    if (greedy.isEmpty()) {
      return;
    }
    scores(greedy.getFirst());
    continues(first, greedy.getFirst());
    chance();
    choices();
    stops(greedy.getFirst());
    raw(greedy.getFirst());
    order(greedy.getFirst());
    cache();
    speed();
  }

  private void texts() throws InterruptedException {
    Connection server = fleet.connections().getFirst();
    found.put(Ability.TEXTS, new TextsBothWays(server, served.name()).finding(prompt));
  }

  private void say(Ability ability, Answer answer, String detail) {
    found.put(ability, new Finding(answer, detail));
  }

  /// The first text, in the words that the server understands.
  private JsonNode first() throws InterruptedException {
    for (int way = 0; way < 3; way++) {
      Dialect.Words words = way < 2 ? Dialect.Words.EXTENDED : Dialect.Words.OPENAI;
      top = way == 1 ? 1 : 2;
      dialect = new Dialect(words, Dialect.Stopping.BY_IDS, Dialect.Scoring.NONE);
      try {
        JsonNode reply = ask(call(prompt, Sampling.GREEDY, LENGTH, 0, 1));
        String detail = words == Dialect.Words.OPENAI ? "refuses fields that OpenAI has not" : "";
        say(Ability.TAKES_IDS, Answer.YES, detail);
        return reply;
      } catch (CallFailure e) {
        say(Ability.TAKES_IDS, Answer.NO, e.reason());
      }
    }
    return tools.jackson.databind.node.MissingNode.getInstance();
  }

  /// A server that has a page of its own where every token is shown is asked there.
  private JsonNode ownPage(JsonNode first) throws InterruptedException {
    if (!first.path("choices").path(0).path("logprobs").path("content").isArray()) {
      return first;
    }
    Dialect before = dialect;
    dialect = new Dialect(Dialect.Words.LLAMA, Dialect.Stopping.BY_SERVER, Dialect.Scoring.NONE);
    try {
      // Not by the fleet, for which a page that is not there is the end.
      byte[] body = call(prompt, Sampling.GREEDY, LENGTH, 0, 1).json(dialect, Set.of());
      JsonNode reply = fleet.connections().getFirst().post(Dialect.LLAMA_PAGE, body);
      if (!reply.path("tokens").isEmpty()) {
        say(Ability.TAKES_IDS, Answer.YES, "at " + Dialect.LLAMA_PAGE);
        return reply;
      }
    } catch (CallFailure e) {
      // It has none: what came first will do.
    }
    dialect = before;
    return first;
  }

  private CompletionCall call(Tokens from, Sampling sampling, int length, long seed, int n) {
    return new CompletionCall(
        served.name(),
        from,
        new Step.Sample(sampling, length, Set.of()),
        seed,
        n,
        new Extras(top, Dialect.Scoring.NONE, keeping));
  }

  private JsonNode ask(CompletionCall call) throws CallFailure, InterruptedException {
    return ask(call, Set.of());
  }

  private JsonNode ask(CompletionCall call, Set<Integer> stops)
      throws CallFailure, InterruptedException {
    return ask(call, stops, node -> node);
  }

  private <T> T ask(CompletionCall call, Set<Integer> stops, Fleet.Reader<T> reader)
      throws CallFailure, InterruptedException {
    return fleet.post(dialect.page(), call.json(dialect, stops), call.seed(), reader);
  }

  private List<Choice> drawn(CompletionCall call, Set<Integer> stops)
      throws CallFailure, InterruptedException {
    return ask(call, stops, reply -> whole(reply, call));
  }

  private List<Choice> whole(JsonNode reply, CompletionCall call) throws CallFailure {
    List<Choice> choices = choices(reply, call.choices());
    for (Choice choice : choices) {
      if (choice.ids().isEmpty() || choice.logProbs().size() < choice.ids().size()) {
        throw CallFailure.broken("fewer log-probabilities than ids");
      }
    }
    return choices;
  }

  private List<Choice> choices(JsonNode reply, int count) throws CallFailure {
    return dialect.words() == Dialect.Words.LLAMA
        ? List.of(LlamaReply.choice(reply, texts.size()))
        : CompletionReply.choices(reply, count, texts);
  }

  private void begins(JsonNode reply) {
    JsonNode read = reply.path("choices").path(0).path("prompt_token_ids");
    int count = CompletionReply.promptTokens(reply).orElse(-1);
    if (read.isArray()) {
      Tokens ids = Tokens.of(read.values().stream().mapToInt(n -> n.asInt(0)).toArray());
      boolean same = ids.equals(prompt);
      say(
          Ability.ONE_BEGIN,
          same ? Answer.YES : Answer.NO,
          same ? "says the same ids" : "reads other ids than it was sent");
    } else if (count < 0) {
      say(Ability.ONE_BEGIN, Answer.UNKNOWN, "does not say what it read");
    } else {
      boolean same = count == prompt.size();
      say(
          Ability.ONE_BEGIN,
          same ? Answer.YES : Answer.NO,
          "reads " + count + " tokens where " + prompt.size() + " were sent");
    }
  }

  private List<Choice> ids(JsonNode reply) {
    try {
      List<Choice> choices = choices(reply, 1);
      Choice choice = choices.getFirst();
      int drawn = choice.logProbs().size();
      say(
          Ability.LOG_PROBS,
          drawn >= choice.ids().size() && drawn > 0 ? Answer.YES : Answer.NO,
          drawn + " for " + choice.ids().size() + " tokens");
      switch (choice.source()) {
        case LISTED ->
            say(
                Ability.GIVES_IDS,
                Answer.YES,
                dialect.words() == Dialect.Words.LLAMA ? "in tokens" : "in token_ids");
        case IN_LOG_PROBS -> say(Ability.GIVES_IDS, Answer.YES, "in logprobs");
        case BY_TEXT -> {
          boolean any = !choice.ids().isEmpty();
          say(
              Ability.GIVES_IDS,
              any ? Answer.PARTLY : Answer.NO,
              any ? "texts alone, looked up one by one" : "neither ids nor texts");
        }
      }
      return drawn > 0 && !choice.ids().isEmpty() ? choices : List.of();
    } catch (CallFailure e) {
      boolean shown = reply.path("choices").path(0).path("logprobs").path("tokens").size() > 0;
      say(
          Ability.GIVES_IDS,
          shown ? Answer.PARTLY : Answer.NO,
          shown ? "texts alone: --tokenizer looks them up" : e.reason());
      say(Ability.LOG_PROBS, shown ? Answer.YES : Answer.NO, "");
      return List.of();
    }
  }

  private void scores(Choice greedy) throws InterruptedException {
    if (dialect.words() == Dialect.Words.LLAMA) {
      say(Ability.PROMPT_LOG_PROBS, Answer.NO, "it gives none");
      return;
    }
    Tokens text = prompt.plus(greedy.ids().prefix(Math.min(4, greedy.ids().size())));
    for (Dialect.Scoring scoring : List.of(Dialect.Scoring.PROMPT_LOGPROBS, Dialect.Scoring.ECHO)) {
      try {
        LogProbs plain = score(text, scoring, Sampling.GREEDY);
        LogProbs cut = score(text, scoring, new Sampling(.5, .2));
        double apart = 0;
        for (int i = 0; i < plain.size(); i++) {
          apart = Math.max(apart, Math.abs(plain.at(i) - cut.at(i)));
        }
        String where = scoring == Dialect.Scoring.ECHO ? "by echo" : "by prompt_logprobs";
        boolean same = apart < NARROW;
        say(
            Ability.PROMPT_LOG_PROBS,
            same ? Answer.YES : Answer.PARTLY,
            where + (same ? ", raw" : ", changed by the sampling parameters"));
        dialect = new Dialect(dialect.words(), dialect.stopping(), scoring);
        return;
      } catch (CallFailure e) {
        say(Ability.PROMPT_LOG_PROBS, Answer.NO, e.reason());
      }
    }
  }

  private LogProbs score(Tokens text, Dialect.Scoring scoring, Sampling sampling)
      throws CallFailure, InterruptedException {
    CompletionCall call =
        new CompletionCall(
            served.name(),
            text,
            new Step.Sample(sampling, 1, Set.of()),
            0,
            1,
            new Extras(1, scoring, Keeping.NO));
    return ask(call, Set.of(), reply -> CompletionReply.prompt(reply, text, scoring));
  }

  /// A greedy text, cut and gone on with, is the same text up to the first step at which two tokens
  /// are nearly as likely.
  private void continues(JsonNode first, Choice greedy) throws InterruptedException {
    Tokens text = greedy.ids();
    int checked = 0;
    try {
      for (int kept : List.of(1, text.size() / 3, 2 * text.size() / 3)) {
        if (kept < 1 || kept >= text.size()) {
          continue;
        }
        int left = text.size() - kept;
        Tokens from = prompt.plus(text.prefix(kept));
        Choice rest = one(call(from, Sampling.GREEDY, left, 0, 1));
        Tokens whole = text.prefix(kept).plus(rest.ids());
        int same = whole.commonPrefix(text);
        if (same < text.size() && margin(first, text, same, whole) >= NARROW) {
          say(
              Ability.CONTINUES,
              Answer.NO,
              "cut after " + kept + " of " + text.size() + ", it differs at " + same);
          return;
        }
        checked++;
      }
      say(
          Ability.CONTINUES,
          checked > 0 ? Answer.YES : Answer.UNKNOWN,
          checked + " cuts of " + text.size() + " tokens");
    } catch (CallFailure e) {
      say(Ability.CONTINUES, Answer.NO, e.reason());
    }
  }

  /// How much likelier the first text's token was than the other one; infinite if that is unknown.
  private double margin(JsonNode first, Tokens text, int at, Tokens other)
      throws CallFailure, InterruptedException {
    if (at >= other.size()) {
      return Double.POSITIVE_INFINITY;
    }
    if (dialect.scoring() != Dialect.Scoring.NONE) {
      Tokens before = prompt.plus(text.prefix(at));
      LogProbs own = score(before.plus(text.slice(at, at + 1)), dialect.scoring(), Sampling.GREEDY);
      LogProbs its =
          score(before.plus(other.slice(at, at + 1)), dialect.scoring(), Sampling.GREEDY);
      return Math.abs(own.at(own.size() - 1) - its.at(its.size() - 1));
    }
    if (dialect.words() == Dialect.Words.LLAMA) {
      double[] top = LlamaReply.top(first, choices(first, 1).getFirst(), at);
      return top.length < 2 ? Double.POSITIVE_INFINITY : top[0] - top[1];
    }
    JsonNode logProbs = first.path("choices").path(0).path("logprobs");
    JsonNode top = logProbs.path("top_logprobs").path(at);
    List<Double> values = new ArrayList<>();
    top.values().forEach(value -> values.add(value.asDouble(Double.NEGATIVE_INFINITY)));
    logProbs
        .path("content")
        .path(at)
        .path("top_logprobs")
        .values()
        .forEach(value -> values.add(value.path("logprob").asDouble(Double.NEGATIVE_INFINITY)));
    values.sort(java.util.Comparator.reverseOrder());
    return values.size() < 2 ? Double.POSITIVE_INFINITY : values.get(0) - values.get(1);
  }

  private Choice one(CompletionCall call) throws CallFailure, InterruptedException {
    return drawn(call, Set.of()).getFirst();
  }

  private void chance() throws InterruptedException {
    try {
      List<Tokens> drawn = new ArrayList<>();
      for (long seed : List.of(1L, 1L, 2L, 3L, 4L)) {
        drawn.add(one(call(prompt, Sampling.PLAIN, LENGTH, seed, 1)).ids());
      }
      int different = new HashSet<>(drawn.subList(1, drawn.size())).size();
      say(
          Ability.VARIES,
          different > 1 ? Answer.YES : Answer.NO,
          different + " texts from 4 seeds");
      boolean again = drawn.get(0).equals(drawn.get(1));
      say(
          Ability.REPEATS,
          again ? Answer.YES : Answer.NO,
          again ? "" : "a run cannot be sampled again exactly");
    } catch (CallFailure e) {
      say(Ability.VARIES, Answer.NO, e.reason());
    }
  }

  private void choices() throws InterruptedException {
    if (dialect.words() == Dialect.Words.LLAMA) {
      say(Ability.CHOICES, Answer.NO, "not asked for; not needed");
      return;
    }
    try {
      Set<Tokens> different = new HashSet<>();
      drawn(call(prompt, Sampling.PLAIN, LENGTH, 5, 4), Set.of())
          .forEach(choice -> different.add(choice.ids()));
      say(
          Ability.CHOICES,
          different.size() > 1 ? Answer.YES : Answer.NO,
          different.size() + " texts of 4");
    } catch (CallFailure e) {
      say(Ability.CHOICES, Answer.NO, e.reason() + "; not needed");
    }
  }

  private void stops(Choice greedy) throws InterruptedException {
    if (dialect.words() == Dialect.Words.LLAMA) {
      say(Ability.STOP_IDS, Answer.NO, "its own alone");
      return;
    }
    int stop = greedy.ids().at(greedy.ids().size() / 2);
    int place = greedy.ids().indexOf(stop);
    boolean stopped = false;
    String detail = "ends where it likes";
    try {
      Choice choice = drawn(call(prompt, Sampling.GREEDY, LENGTH, 0, 1), Set.of(stop)).getFirst();
      stopped = choice.finish().equals("stop") && choice.logProbs().size() == place + 1;
      detail = stopped ? "by stop_token_ids" : detail;
    } catch (CallFailure e) {
      detail = e.reason();
    }
    say(Ability.STOP_IDS, stopped ? Answer.YES : Answer.NO, detail);
    if (!stopped) {
      dialect = new Dialect(dialect.words(), Dialect.Stopping.BY_SERVER, dialect.scoring());
    }
  }

  /// What is drawn from a narrowed distribution still has the log-probability of the plain one.
  private void raw(Choice greedy) throws InterruptedException {
    try {
      Choice narrowed = one(call(prompt, new Sampling(.5, .3), 1, 6, 1));
      if (!narrowed.ids().prefix(1).equals(greedy.ids().prefix(1))) {
        say(Ability.RAW, Answer.UNKNOWN, "the first token differs");
        return;
      }
      double apart = Math.abs(narrowed.logProbs().at(0) - greedy.logProbs().at(0));
      say(
          Ability.RAW,
          apart < NARROW ? Answer.YES : Answer.NO,
          String.format(Locale.ROOT, "%.3f nats apart", apart));
    } catch (CallFailure e) {
      say(Ability.RAW, Answer.UNKNOWN, e.reason());
    }
  }

  /// The prompt, and the greedy text after some tokens, are places to draw one token after.
  private void order(Choice greedy) throws InterruptedException {
    if (found.get(Ability.RAW) instanceof Finding(Answer answer, String _) && answer == Answer.NO) {
      say(Ability.ORDER, Answer.UNKNOWN, "no log-probabilities to tell by");
      return;
    }
    List<Tokens> places = new ArrayList<>();
    for (int kept : List.of(0, 1, 3, 7)) {
      if (kept < greedy.ids().size()) {
        places.add(prompt.plus(greedy.ids().prefix(kept)));
      }
    }
    found.put(Ability.ORDER, new SamplingOrder(this::draw).find(places));
  }

  /// What is left out of an answer is left out again in the next: it is not asked for twice.
  private SamplingOrder.Drawn draw(Tokens from, Sampling sampling, long seed)
      throws CallFailure, InterruptedException {
    return ask(
        call(from, sampling, 1, seed, 1),
        Set.of(),
        reply -> {
          Choice one = choices(reply, 1).getFirst();
          boolean said = one.ids().size() == 1 && one.logProbs().size() == 1;
          return said && one.holes().isEmpty()
              ? new SamplingOrder.Drawn(one.ids().at(0), one.logProbs().at(0))
              : new SamplingOrder.Drawn(0, Double.NEGATIVE_INFINITY);
        });
  }

  private void cache() throws InterruptedException {
    keeping = Keeping.YES;
    try {
      ask(call(prompt, Sampling.GREEDY, 1, 0, 1));
      JsonNode reply = ask(call(prompt, Sampling.GREEDY, 1, 0, 1));
      int reused =
          reply.path("usage").path("prompt_tokens_details").path("cached_tokens").asInt(0)
              + reply.path("timings").path("cache_n").asInt(0);
      String metrics = metrics();
      if (reused > 0) {
        say(Ability.PREFIX_CACHE, Answer.YES, reused + " of " + prompt.size() + " tokens");
      } else if (metrics.contains("enable_prefix_caching=\"True\"")) {
        say(Ability.PREFIX_CACHE, Answer.YES, "says so in /metrics");
      } else {
        boolean off = metrics.contains("enable_prefix_caching=\"False\"");
        say(
            Ability.PREFIX_CACHE,
            off ? Answer.NO : Answer.UNKNOWN,
            off ? "every cut is read anew" : "not said");
      }
    } catch (CallFailure e) {
      say(Ability.PREFIX_CACHE, Answer.UNKNOWN, e.reason());
    } finally {
      keeping = Keeping.NO;
    }
  }

  private String metrics() throws InterruptedException {
    try {
      byte[] page = fleet.connections().getFirst().text("/metrics");
      return new String(page, StandardCharsets.UTF_8);
    } catch (CallFailure e) {
      return "";
    }
  }

  private void speed() throws InterruptedException {
    long began = System.nanoTime();
    long tokens = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Choice>> calls = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        long seed = 10L + i;
        calls.add(() -> one(call(prompt, Sampling.PLAIN, LENGTH, seed, 1)));
      }
      for (Future<Choice> answer : threads.invokeAll(calls)) {
        tokens += answer.get().ids().size();
      }
    } catch (ExecutionException e) {
      say(Ability.SPEED, Answer.UNKNOWN, String.valueOf(e.getCause()));
      return;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    say(
        Ability.SPEED,
        Answer.YES,
        String.format(
            Locale.ROOT, "%.0f tokens/s with %d calls at once", tokens / seconds, AT_ONCE));
  }

  /// Nobody can do without this.
  static void require(Findings findings, Findings.Use use) {
    List<String> refused = findings.verdict(use).refused();
    if (!refused.isEmpty()) {
      throw new UserError(
          "this server would give wrong numbers: " + String.join("; ", refused),
          "see what it can do: cw servers check, and docs/servers.md for how to start one that"
              + " can");
    }
  }
}
