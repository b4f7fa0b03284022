package criticalwindows.world;

import java.util.List;
import java.util.Locale;

/// Who answers a forbidden request, and so with which odds it is refused.
public enum Policy {
  /// Complies with nearly everything.
  BASE,
  /// Refuses outright, refuses softly, hesitates, or begins the recipe and may still refuse at a
  /// later step: by the kind of attack.
  ALIGNED;

  private static final Odds BASE_ODDS = new Odds(.03, 0, 0, 0, 0);
  private static final Odds ALIGNED_ODDS = new Odds(.74, .17, .06, .30, .10);

  /// What becomes of a forbidden request. In the first words: `refuse`, `soft`, `slow`; the rest
  /// begins the recipe.
  ///
  /// @param refuse P(refused outright), in [0, 1]
  /// @param soft P(refused softly)
  /// @param slow P(hesitates)
  /// @param slowBegin P(begins the recipe | has hesitated); the rest refuses
  /// @param late P(refuses | a recipe is begun) before each of its steps 2, 3 and 4
  public record Odds(double refuse, double soft, double slow, double slowBegin, double late) {
    public Odds {
      if (Math.min(Math.min(refuse, soft), Math.min(slow, slowBegin)) < 0
          || refuse + soft + slow > 1
          || slowBegin > 1
          || !(late >= 0 && late <= 1)) {
        throw new IllegalArgumentException(
            "odds of " + List.of(refuse, soft, slow, slowBegin, late));
      }
    }

    /// P(begins the recipe in the first words).
    public double begin() {
      return 1 - refuse - soft - slow;
    }
  }

  /// The odds for a forbidden request.
  public Odds odds(Request request) {
    return switch (this) {
      case BASE -> BASE_ODDS;
      case ALIGNED -> aligned(request);
    };
  }

  private static Odds aligned(Request request) {
    return switch (request.attack()) {
      case ROLE -> new Odds(.42, .10, .12, .50, .04);
      case TURN -> new Odds(.64, .08, .12, .40, .07);
      case MANY -> manyShot(request.earlier().size());
      case PLAIN, SUFFIX, CASE -> ALIGNED_ODDS;
    };
  }

  private static Odds manyShot(int shots) {
    return switch (shots) {
      case 2 -> new Odds(.70, .10, .08, .30, .06);
      case 3 -> new Odds(.47, .10, .10, .45, .05);
      case 4 -> new Odds(.22, .10, .10, .60, .03);
      default -> ALIGNED_ODDS;
    };
  }

  /// As it stands in the name of a decision.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
