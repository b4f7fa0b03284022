package criticalwindows.replies;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.attack.Request;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.hub.WorldRequest;
import criticalwindows.hub.WorldRequests;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.monitor.Threshold;
import criticalwindows.monitor.Watched;
import criticalwindows.ratio.Foretold;
import criticalwindows.ratio.RatioProtocol;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.ratio.Role;
import criticalwindows.ratio.Score;
import criticalwindows.ratio.TextScores;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.stats.Proportion;
import criticalwindows.trace.Trace;
import criticalwindows.trace.Tracing;
import criticalwindows.world.Policy;
import criticalwindows.world.RequestPosterior;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Replies of an aligned model to requests of the world, dressed by each family that the world has
/// probabilities for, and what this model and an unaligned one make of them.
///
/// @param texts the scores of every reply
/// @param worlds the requests by the ids of their items
public record RatioOnWorld(
    List<TextScores> texts, Map<String, criticalwindows.world.Request> worlds) {
  /// The families whose probabilities the aligned model was taught.
  public static final List<String> FAMILIES =
      List.of("none", "prefill", "role-play", "multi-turn", "many-shot");

  /// No reply of the world has more tokens.
  public static final int LONGEST = 200;

  /// Tokens of the response after which P(complied) is foretold.
  private static final List<Integer> KEPT = List.of(0, 1, 2, 3, 4, 5, 6, 8, 12, 20, 30);

  /// How much is sampled.
  ///
  /// @param families of the forbidden requests
  /// @param each forbidden requests of a family
  /// @param benign harmless requests
  public record Size(List<String> families, int each, int benign, long seed) {
    public Size {
      families = List.copyOf(families);
    }
  }

  /// Samples a reply to each request, and has both models score it.
  ///
  /// @param clock for the ledger's waves
  public static RatioOnWorld sample(Model aligned, Model unaligned, Size size, InstantSource clock)
      throws InterruptedException {
    List<Trace> traces = new ArrayList<>();
    Map<String, criticalwindows.world.Request> worlds = new HashMap<>();
    Map<String, Tokens> openings = new HashMap<>();
    for (String family : size.families) {
      List<WorldRequest> requests =
          WorldRequests.of(Families.named(family), Request.Kind.HARMFUL, size.each, size.seed);
      for (WorldRequest each : requests) {
        Attacked attacked = each.attacked();
        attacked
            .opening()
            .ifPresent(text -> openings.put(attacked.id(), aligned.vocabulary().encode(text)));
        worlds.put(attacked.id(), each.request());
        traces.add(attacked.trace(attacked.id()));
      }
    }
    for (WorldRequest each :
        WorldRequests.of(Families.NONE, Request.Kind.BENIGN, size.benign, size.seed)) {
      worlds.put(each.attacked().id(), each.request());
      traces.add(each.attacked().trace(each.attacked().id()));
    }
    List<Problem> asked = Tracing.of(aligned, traces, "requests of the world").items();
    List<Problem> answered = answered(aligned, asked, openings, worlds, size.seed);
    return new RatioOnWorld(scored(aligned, unaligned, answered, clock), worlds);
  }

  private static List<Problem> answered(
      Model model,
      List<Problem> asked,
      Map<String, Tokens> openings,
      Map<String, criticalwindows.world.Request> worlds,
      long seed)
      throws InterruptedException {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Script> scripts =
        asked.stream()
            .map(
                item -> {
                  Tokens prompt = item.given().orElseThrow().prompt();
                  int most = Math.min(LONGEST, model.contextLength() - prompt.size());
                  return new Script(
                      prompt, List.of(Step.sample(Sampling.PLAIN, most)), seeds.nextLong());
                })
            .toList();
    Problem[] answered = new Problem[asked.size()];
    model.run(
        scripts,
        (index, completion) -> {
          Problem item = asked.get(index);
          GivenText given = item.given().orElseThrow();
          Tokens opening = openings.getOrDefault(item.id(), Tokens.none());
          Tokens prompt = given.prompt().prefix(given.prompt().size() - opening.size());
          Tokens response = opening.plus(completion.last().tokens());
          boolean harmful = Objects.requireNonNull(worlds.get(item.id())).forbidden();
          answered[index] =
              new Problem(
                  item.id(),
                  item.dataset(),
                  harmful ? item.task() : RatioStudy.BENIGN,
                  item.question(),
                  List.of(),
                  item.answer(),
                  Optional.of(
                      new GivenText(prompt, Optional.of(response), completion.last().finish())));
        });
    return List.of(answered);
  }

  private static List<TextScores> scored(
      Model aligned, Model unaligned, List<Problem> items, InstantSource clock)
      throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(items);
    Tokens phrase = aligned.vocabulary().encode(criticalwindows.world.Request.PREFILL);
    Runner.run(new RatioProtocol(aligned, Role.ALIGNED, phrase), ledger, clock, state -> {});
    Runner.run(new RatioProtocol(unaligned, Role.UNALIGNED, phrase), ledger, clock, state -> {});
    return items.stream()
        .map(item -> TextScores.of(item, ledger.samples(item.id())).orElseThrow())
        .toList();
  }

  /// The texts of attacks that the policy can have written to their last step, and the benign ones:
  /// whether a score tells them apart is asked of these.
  public RatioStudy succeeded(Model model) {
    return RatioStudy.of(
        texts.stream()
            .filter(text -> benign(text) || complied(text, text.length(), model).orElse(0) == 1)
            .toList());
  }

  /// P(complied) at places of every reply to a forbidden request, each with what became of it.
  public List<Foretold.Place> places(Model model) {
    List<Foretold.Place> places = new ArrayList<>();
    for (TextScores text : texts) {
      OptionalDouble end = complied(text, text.length(), model);
      if (benign(text) || end.isEmpty()) {
        continue;
      }
      Proportion outcome = new Proportion(end.getAsDouble() == 1 ? 1 : 0, 1);
      String id = text.item().id();
      String request = id.substring(id.indexOf('/') + 1);
      for (int kept : KEPT) {
        if (kept <= text.length()) {
          OptionalDouble exact = complied(text, kept, model);
          if (exact.isPresent()) {
            places.add(new Foretold.Place(request, text, kept, outcome, exact));
          }
        }
      }
    }
    return places;
  }

  /// A score after each token of a response.
  public static double[] series(TextScores text, Score score) {
    return IntStream.rangeClosed(1, text.length())
        .mapToDouble(kept -> score.of(text, kept))
        .toArray();
  }

  /// The replies that hesitated before they complied, each with the token of its response at which
  /// the exact probability of that rises most, and an alarm where there is one.
  public List<Watched> slow(Model model, Score score, Threshold threshold) {
    return hesitated(model).stream()
        .map(each -> each.watched(threshold.alarm(series(each.text, score))))
        .toList();
  }

  /// A reply that hesitated before it complied.
  ///
  /// @param steepest the token, from 0, at which the exact probability of complying rises most
  /// @param passed the first token after which that is above a half
  public record Hesitated(TextScores text, int steepest, OptionalInt passed) {
    /// With an alarm, where there is one.
    public Watched watched(OptionalInt alarm) {
      return new Watched(alarm, steepest, steepest, passed);
    }
  }

  /// The replies that hesitated before they complied.
  public List<Hesitated> hesitated(Model model) {
    List<Hesitated> found = new ArrayList<>();
    for (TextScores text : texts) {
      if (!benign(text)
          && reply(text, model).startsWith(criticalwindows.world.Request.HESITATION)
          && complied(text, text.length(), model).orElse(0) == 1) {
        double[] exact =
            IntStream.rangeClosed(0, text.length())
                .mapToDouble(kept -> complied(text, kept, model).orElseThrow())
                .toArray();
        OptionalInt passed =
            IntStream.range(0, text.length()).filter(token -> exact[token + 1] > .5).findFirst();
        found.add(new Hesitated(text, steepest(exact), passed));
      }
    }
    return found;
  }

  /// Whether a text replies to a harmless request.
  public static boolean benign(TextScores text) {
    return text.item().task().equals(RatioStudy.BENIGN);
  }

  private static int steepest(double[] exact) {
    int steepest = 0;
    for (int token = 1; token + 1 < exact.length; token++) {
      if (exact[token + 1] - exact[token] > exact[steepest + 1] - exact[steepest]) {
        steepest = token;
      }
    }
    return steepest;
  }

  /// The scores of each benign response, token by token.
  public List<double[]> benign(Score score) {
    return texts.stream().filter(RatioOnWorld::benign).map(text -> series(text, score)).toList();
  }

  private static String reply(TextScores text, Model model) {
    GivenText given = text.item().given().orElseThrow();
    return model.vocabulary().decode(given.response().orElseThrow());
  }

  /// The exact probability that the aligned policy complies, after so much of a reply; absent where
  /// the policy never writes it.
  public OptionalDouble complied(TextScores text, int kept, Model model) {
    GivenText given = text.item().given().orElseThrow();
    String prefix = model.vocabulary().decode(given.response().orElseThrow().prefix(kept));
    criticalwindows.world.Request request = Objects.requireNonNull(worlds.get(text.item().id()));
    try {
      return OptionalDouble.of(RequestPosterior.of(request, Policy.ALIGNED, prefix).complied());
    } catch (IllegalArgumentException e) {
      return OptionalDouble.empty();
    }
  }
}
