package criticalwindows.stats;

/// So many successes in so many trials.
///
/// @param successes in [0, trials]
/// @param trials at least 0
public record Proportion(long successes, long trials) {
  /// Nothing tried yet.
  public static final Proportion NONE = new Proportion(0, 0);

  public Proportion {
    if (successes < 0 || trials < successes) {
      throw new IllegalArgumentException(successes + " successes in " + trials + " trials");
    }
  }

  /// Whether anything was tried, so that [#estimate] exists.
  public boolean known() {
    return trials > 0;
  }

  /// Successes ÷ trials.
  ///
  /// @throws IllegalStateException if nothing was tried
  public double estimate() {
    if (trials == 0) {
      throw new IllegalStateException("no trials, no estimate");
    }
    return (double) successes / trials;
  }

  /// These trials and those together.
  public Proportion plus(Proportion more) {
    return new Proportion(successes + more.successes, trials + more.trials);
  }

  /// One more trial.
  public Proportion plus(Outcome outcome) {
    return new Proportion(successes + (outcome == Outcome.SUCCESS ? 1 : 0), trials + 1);
  }

  /// How one trial ended.
  public enum Outcome {
    SUCCESS,
    FAILURE;

    /// [#SUCCESS] where `succeeded`.
    public static Outcome of(boolean succeeded) {
      return succeeded ? SUCCESS : FAILURE;
    }
  }

  /// Wilson's score interval: the probabilities p that a two-sided z test at this level would not
  /// reject, given these counts. With no trials it is [0, 1].
  ///
  /// *Source:* Wilson, "Probable inference, the law of succession, and statistical inference", JASA
  /// 22 (1927) 209–212.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Interval wilson(double level) {
    if (trials == 0) {
      return new Interval(0, 1);
    }
    return Wilson.interval(estimate(), (double) trials, Normal.quantile((1 + level) / 2));
  }
}
