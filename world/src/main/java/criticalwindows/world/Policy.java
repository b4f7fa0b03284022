package criticalwindows.world;

import java.util.Locale;

/// Who answers a forbidden request, and so with which odds it is refused.
public enum Policy {
  /// Complies with nearly everything.
  BASE,
  /// Refuses outright, refuses softly, or complies, by the kind of attack.
  ALIGNED;

  private static final Odds BASE_ODDS = new Odds(.03, 0);
  private static final Odds ALIGNED_ODDS = new Odds(.80, .17);

  /// P(refused outright) and P(refused softly); the rest complies.
  ///
  /// @param refuse in [0, 1]
  /// @param soft in [0, 1 - `refuse`]
  public record Odds(double refuse, double soft) {
    /// P(complies).
    public double comply() {
      return 1 - refuse - soft;
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
      case ROLE -> new Odds(.50, .10);
      case TURN -> new Odds(.72, .08);
      case MANY -> manyShot(request.earlier().size());
      case PLAIN, SUFFIX, CASE -> ALIGNED_ODDS;
    };
  }

  private static Odds manyShot(int shots) {
    return switch (shots) {
      case 2 -> new Odds(.78, .10);
      case 3 -> new Odds(.55, .10);
      case 4 -> new Odds(.30, .10);
      default -> ALIGNED_ODDS;
    };
  }

  /// As it stands in the name of a decision.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
