package criticalwindows.model;

/// What a model predicted where one token stands, from all that stands before it.
///
/// Two distributions are meant. The *plain* one has temperature 1 and nothing masked. The *drawn*
/// one is what a [Sampling] makes of it: the tokens that its temperature and its top-p leave, and
/// their shares. Of a greedy sampling it is the likeliest token alone.
///
/// @param entropy of the plain distribution, in nats, at least 0
/// @param likeliest the id that is likeliest, the lowest among equals
/// @param likeliestLogProb its plain natural-log probability
/// @param excess how much likelier the token is than a drawn one on average, in nats: its
///   log-probability in the drawn distribution, plus the entropy of that. A token that was drawn
///   has mean 0; one that is never drawn has -∞
/// @param variance of the drawn distribution's log-probability, in nats², at least 0
/// @param ratios how likely the token would have been at other temperatures
public record Prediction(
    float entropy,
    int likeliest,
    float likeliestLogProb,
    float excess,
    float variance,
    Ratios ratios) {
  public Prediction {
    if (!(entropy >= 0 && likeliest >= 0 && likeliestLogProb <= 0)) {
      throw new IllegalArgumentException(
          "entropy " + entropy + ", likeliest " + likeliest + " at " + likeliestLogProb);
    }
    if (!(excess < Float.POSITIVE_INFINITY && variance >= 0)) {
      throw new IllegalArgumentException("excess " + excess + ", variance " + variance);
    }
  }

  /// Whether the sampling can draw the token.
  public boolean possible() {
    return excess > Float.NEGATIVE_INFINITY;
  }

  /// How many times as likely the token is in the drawn distribution at another temperature, with
  /// the same tokens kept: natural logarithms. Of a token that was drawn, the mean of each number
  /// of times is 1. All are 0 where the sampling cannot draw the token, or none but it.
  ///
  /// @param colder at 8/11 of the sampling's temperature
  /// @param cooler at 8/9 of it
  /// @param warmer at 8/7 of it
  /// @param hotter at 8/5 of it
  public record Ratios(float colder, float cooler, float warmer, float hotter) {
    /// As likely at any temperature.
    public static final Ratios NONE = new Ratios(0, 0, 0, 0);

    public Ratios {
      if (!Float.isFinite(colder + cooler + warmer + hotter)) {
        throw new IllegalArgumentException(
            "ratios " + colder + ", " + cooler + ", " + warmer + ", " + hotter);
      }
    }
  }
}
