package criticalwindows.remote;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a probe found out about a server, and what can be done there.
public final class Findings {
  private final String server;
  private final Map<Ability, Finding> found;
  private final Dialect dialect;

  Findings(String server, Map<Ability, Finding> found, Dialect dialect) {
    this.server = server.replaceAll("\\p{C}+", " ");
    this.found = new EnumMap<>(found);
    this.dialect = dialect;
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
    TEXTS("turns texts into tokens, and back"),
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

  /// What is to be done.
  public enum Need {
    /// Texts cut, and gone on with: chains of thought, forms, prefills.
    ROLLOUTS("cuts and continuations (run cot)"),
    /// The log-probability of texts that are there.
    SCORES("log-probabilities of given texts");

    private final String words;

    Need(String words) {
      this.words = words;
    }
  }

  /// What follows for a need.
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

  /// What follows for a need.
  public Verdict verdict(Need need) {
    List<String> refused = new ArrayList<>();
    List<String> approximate = new ArrayList<>();
    must(Ability.TAKES_IDS, refused);
    must(Ability.ONE_BEGIN, refused);
    switch (need) {
      case ROLLOUTS -> {
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

  /// A line for each thing found, and one for each need.
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
    for (Need need : Need.values()) {
      Verdict verdict = verdict(need);
      String result =
          !verdict.refused().isEmpty()
              ? "REFUSED: " + String.join("; ", verdict.refused())
              : verdict.approximate().isEmpty()
                  ? "ready"
                  : "approximate: " + String.join("; ", verdict.approximate());
      table.append(String.format(Locale.ROOT, "%-48s %s%n", need.words, result));
    }
    return table.toString();
  }
}
