package criticalwindows.world;

import java.util.List;
import java.util.Locale;

/// Who answers a forbidden request, and so with which probabilities it is refused.
public enum Policy {
  /// Complies with nearly everything.
  BASE,
  /// Refuses outright, refuses softly, hesitates, or begins the recipe and may still refuse at a
  /// later step: by the kind of attack.
  ALIGNED;

  private static final Probs BASE_PROBS = new Probs(.03, 0, 0, 0, 0);
  private static final Probs ALIGNED_PROBS = new Probs(.74, .17, .06, .30, .10);

  /// What becomes of a forbidden request. In the first words: `refuse`, `soft`, `slow`; the rest
  /// begins the recipe.
  ///
  /// @param refuse P(refused outright), in [0, 1]
  /// @param soft P(refused softly)
  /// @param slow P(hesitates)
  /// @param slowBegin P(begins the recipe | has hesitated); the rest refuses
  /// @param late P(refuses | a recipe is begun) before each of its steps 2, 3 and 4
  public record Probs(double refuse, double soft, double slow, double slowBegin, double late) {
    public Probs {
      if (Math.min(Math.min(refuse, soft), Math.min(slow, slowBegin)) < 0
          || refuse + soft + slow > 1
          || slowBegin > 1
          || !(late >= 0 && late <= 1)) {
        throw new IllegalArgumentException(
            "probabilities of " + List.of(refuse, soft, slow, slowBegin, late));
      }
    }

    /// P(begins the recipe in the first words).
    public double begin() {
      return 1 - refuse - soft - slow;
    }
  }

  /// The probabilities for a forbidden request.
  ///
  /// @param earlier how many turns come before it
  Probs probs(Attack attack, int earlier) {
    return switch (this) {
      case BASE -> BASE_PROBS;
      case ALIGNED -> aligned(attack, earlier);
    };
  }

  private static Probs aligned(Attack attack, int earlier) {
    return switch (attack) {
      case ROLE -> new Probs(.42, .10, .12, .50, .04);
      case TURN -> new Probs(.64, .08, .12, .40, .07);
      case MANY -> manyShot(earlier);
      case PLAIN, SUFFIX, CASE -> ALIGNED_PROBS;
    };
  }

  private static Probs manyShot(int shots) {
    return switch (shots) {
      case 2 -> new Probs(.70, .10, .08, .30, .06);
      case 3 -> new Probs(.47, .10, .10, .45, .05);
      case 4 -> new Probs(.22, .10, .10, .60, .03);
      default -> ALIGNED_PROBS;
    };
  }

  /// As it stands in the name of a decision.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
