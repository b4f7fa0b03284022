package criticalwindows.remote;

import criticalwindows.model.Sampling;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a probe found out about a server, and what can be done there.
public final class Findings {
  private static final String ORDERED = "the same with --top-p below 1";

  private final String server;
  private final Map<Ability, Finding> found;
  private final Dialect dialect;
  private final String answersAs;

  /// @param answersAs the model's name in answers, which need not be the one in requests; empty:
  ///   none
  Findings(String server, Map<Ability, Finding> found, Dialect dialect, String answersAs) {
    this.server = server.replaceAll("\\p{C}+", " ");
    this.found = new EnumMap<>(found);
    this.dialect = dialect;
    this.answersAs = answersAs;
  }

  /// The same with one thing more.
  Findings with(Ability ability, Finding finding) {
    Map<Ability, Finding> more = new EnumMap<>(Ability.class);
    more.putAll(found);
    more.put(ability, finding);
    return new Findings(server, more, dialect, answersAs);
  }

  /// An answer must come from the model that was probed.
  void requireModel(JsonNode reply) throws CallFailure {
    String says = reply.path("model").asString("");
    if (!answersAs.isEmpty() && !says.isEmpty() && !says.equals(answersAs)) {
      throw CallFailure.forbidden(
          "the model " + says + " answers, where it was " + answersAs + " at the start",
          "start " + answersAs + " there again");
    }
  }

  String answersAs() {
    return answersAs;
  }

  /// What a server may be able to do.
  public enum Ability {
    TAKES_IDS("takes token ids"),
    ONE_BEGIN("adds no token of its own"),
    GIVES_IDS("gives token ids back"),
    LOG_PROBS("log-probabilities of what it writes"),
    CONTINUES("goes on from a cut as it went on before"),
    VARIES("another seed, another text"),
    REPEATS("the same seed, the same text"),
    CHOICES("n different samples in one call"),
    STOP_IDS("stops at the ids it is told"),
    PROMPT_LOG_PROBS("log-probabilities of a prompt"),
    RAW("log-probabilities of the plain distribution"),
    ORDER("temperature first, then top-p"),
    TEXTS("turns texts into tokens, and back"),
    VOCABULARY("its vocabulary is known here"),
    CONVERSATIONS("conversations can be written down"),
    PREFIX_CACHE("reuses prefixes"),
    CONTEXT("context length"),
    SPEED("speed");

    private final String words;

    Ability(String words) {
      this.words = words;
    }
  }

  /// How far.
  public enum Answer {
    YES,
    PARTLY,
    NO,
    UNKNOWN
  }

  /// One thing that was found.
  ///
  /// @param detail for people, without control characters
  public record Finding(Answer answer, String detail) {
    public Finding {
      detail = detail.replaceAll("\\p{C}+", " ");
    }
  }

  /// What a server is used for.
  public enum Use {
    /// Texts cut, and gone on with: chains of thought, forms, prefills.
    ROLLOUTS("cuts and continuations (run cot)"),
    /// The log-probability of texts that are there.
    SCORES("log-probabilities of given texts");

    private final String words;

    Use(String words) {
      this.words = words;
    }
  }

  /// What follows for a use.
  ///
  /// @param refused why it cannot be done; empty: it can
  /// @param approximate why what comes of it is approximate; empty: it is exact
  public record Verdict(List<String> refused, List<String> approximate) {
    public Verdict {
      refused = List.copyOf(refused);
      approximate = List.copyOf(approximate);
    }
  }

  /// What was found of an ability.
  public Finding of(Ability ability) {
    return found.getOrDefault(ability, new Finding(Answer.UNKNOWN, "not tried"));
  }

  Dialect dialect() {
    return dialect;
  }

  /// What follows for cuts and continuations that are sampled so.
  public Verdict verdict(Sampling sampling) {
    Verdict verdict = verdict(Use.ROLLOUTS);
    boolean nothing = of(Ability.ORDER).answer() == Answer.NO;
    boolean matters =
        !sampling.greedy() && sampling.topP() < 1 && (nothing || sampling.temperature() != 1);
    if (!verdict.refused().isEmpty() || !matters || of(Ability.ORDER).answer() == Answer.YES) {
      return verdict;
    }
    List<String> approximate = new ArrayList<>(verdict.approximate());
    approximate.add(says(Ability.ORDER));
    return new Verdict(List.of(), approximate);
  }

  /// What follows for a use.
  public Verdict verdict(Use use) {
    List<String> refused = new ArrayList<>();
    List<String> approximate = new ArrayList<>();
    must(Ability.TAKES_IDS, refused);
    must(Ability.ONE_BEGIN, refused);
    must(Ability.VOCABULARY, refused);
    switch (use) {
      case ROLLOUTS -> {
        must(Ability.CONVERSATIONS, refused);
        for (Ability ability :
            List.of(Ability.GIVES_IDS, Ability.LOG_PROBS, Ability.CONTINUES, Ability.VARIES)) {
          must(ability, refused);
          should(ability, approximate);
        }
        if (of(Ability.RAW).answer() == Answer.NO) {
          approximate.add(says(Ability.RAW));
        }
      }
      case SCORES -> {
        must(Ability.PROMPT_LOG_PROBS, refused);
        should(Ability.PROMPT_LOG_PROBS, approximate);
      }
    }
    return new Verdict(refused, refused.isEmpty() ? approximate : List.of());
  }

  private void must(Ability ability, List<String> refused) {
    if (of(ability).answer() == Answer.NO) {
      refused.add(says(ability));
    }
  }

  private void should(Ability ability, List<String> approximate) {
    Answer answer = of(ability).answer();
    if (answer == Answer.PARTLY || answer == Answer.UNKNOWN) {
      approximate.add(says(ability));
    }
  }

  private String says(Ability ability) {
    Finding finding = of(ability);
    return finding.detail().isEmpty()
        ? ability.words + ": " + word(finding.answer())
        : ability.words + ": " + word(finding.answer()) + ", " + finding.detail();
  }

  private static String word(Answer answer) {
    return answer.name().toLowerCase(Locale.ROOT);
  }

  /// A line for each thing found, and one for each use.
  public String table() {
    StringBuilder table = new StringBuilder(server).append('\n');
    for (Ability ability : Ability.values()) {
      Finding finding = of(ability);
      table.append(
          String.format(
              Locale.ROOT,
              "  %-46s %-8s %s%n",
              ability.words,
              word(finding.answer()),
              finding.detail()));
    }
    for (Use use : Use.values()) {
      Verdict verdict = verdict(use);
      String result =
          !verdict.refused().isEmpty()
              ? "REFUSED: " + String.join("; ", verdict.refused())
              : verdict.approximate().isEmpty()
                  ? "ready"
                  : "approximate: " + String.join("; ", verdict.approximate());
      table.append(String.format(Locale.ROOT, "%-48s %s%n", use.words, result));
    }
    if (of(Ability.ORDER).answer() != Answer.YES && verdict(Use.ROLLOUTS).refused().isEmpty()) {
      table.append(
          String.format(Locale.ROOT, "%-48s %s%n", ORDERED, "approximate: " + says(Ability.ORDER)));
    }
    return table.toString();
  }
}
