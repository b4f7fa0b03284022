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

  private static final WatchedLogProbs BASE_PROBS = new WatchedLogProbs(.03, 0, 0, 0, 0);
  private static final WatchedLogProbs ALIGNED_PROBS = new WatchedLogProbs(.74, .17, .06, .30, .10);

  /// What becomes of a forbidden request. In the first words: `refuse`, `soft`, `slow`; the rest
  /// begins the recipe.
  ///
  /// @param refuse P(refused outright), in [0, 1]
  /// @param soft P(refused softly)
  /// @param slow P(hesitates)
  /// @param slowBegin P(begins the recipe | has hesitated); the rest refuses
  /// @param late P(refuses | a recipe is begun) before each of its steps 2, 3 and 4
  public record WatchedLogProbs(
      double refuse, double soft, double slow, double slowBegin, double late) {
    public WatchedLogProbs {
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
  public WatchedLogProbs probs(Request request) {
    return switch (this) {
      case BASE -> BASE_PROBS;
      case ALIGNED -> aligned(request);
    };
  }

  private static WatchedLogProbs aligned(Request request) {
    return switch (request.attack()) {
      case ROLE -> new WatchedLogProbs(.42, .10, .12, .50, .04);
      case TURN -> new WatchedLogProbs(.64, .08, .12, .40, .07);
      case MANY -> manyShot(request.earlier().size());
      case PLAIN, SUFFIX, CASE -> ALIGNED_PROBS;
    };
  }

  private static WatchedLogProbs manyShot(int shots) {
    return switch (shots) {
      case 2 -> new WatchedLogProbs(.70, .10, .08, .30, .06);
      case 3 -> new WatchedLogProbs(.47, .10, .10, .45, .05);
      case 4 -> new WatchedLogProbs(.22, .10, .10, .60, .03);
      default -> ALIGNED_PROBS;
    };
  }

  /// As it stands in the name of a decision.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
