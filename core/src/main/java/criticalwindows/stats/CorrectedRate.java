package criticalwindows.stats;

/// A rate as it would be without a judge's errors, which are known from counts and so uncertain
/// themselves.
///
/// @param estimate in [0, 1]
/// @param interval of the rate, within [0, 1]
public record CorrectedRate(double estimate, Interval interval) {
  /// Steps of the search for an end of the interval: to 1e-9.
  private static final int HALVINGS = 30;

  /// Corrects a share of independent texts.
  ///
  /// The estimate is Rogan and Gladen's, (share + specificity − 1) ÷ (sensitivity + specificity −
  /// 1), within [0, 1]. The interval has the rates that a likelihood ratio test at this level would
  /// not reject, the errors being whatever fits the rate best: counts of judged texts and of the
  /// calibration together. To each class of the calibration half a text of each verdict is added,
  /// since no judge is known never to err.
  ///
  /// *Source:* Rogan and Gladen, "Estimating prevalence from the results of a screening test",
  /// American Journal of Epidemiology 107 (1978) 71–76, for the estimate; Wilks, "The large-sample
  /// distribution of the likelihood ratio", Annals of Mathematical Statistics 9 (1938) 60–62, for
  /// the interval.
  ///
  /// @param judged what the judge called positive
  /// @param level of confidence, in (0, 1), such as .95
  /// @throws IllegalArgumentException if the errors cannot be corrected for
  public static CorrectedRate of(Proportion judged, JudgeErrors errors, double level) {
    if (!judged.known()) {
      requireCorrectable(errors);
      return new CorrectedRate(.5, Interval.SHARE);
    }
    return of(judged.estimate(), (double) judged.trials(), errors, level);
  }

  /// Corrects a mean over problems: like a share of as many texts as would have so wide an
  /// interval.
  ///
  /// @param judged shares of each problem that the judge called positive
  public static CorrectedRate of(ProblemMean judged, JudgeErrors errors, double level) {
    if (!judged.known()) {
      return of(Proportion.NONE, errors, level);
    }
    return of(judged.estimate(), worth(judged, level), errors, level);
  }

  /// So many texts have an interval as wide as a mean's.
  private static double worth(ProblemMean mean, double level) {
    double wide = mean.interval(level).width();
    double z = Normal.quantile((1 + level) / 2);
    double low = .01;
    double high = 1e9;
    for (int i = 0; i < 2 * HALVINGS; i++) {
      double middle = StrictMath.sqrt(low * high);
      if (Wilson.interval(mean.estimate(), middle, z).width() > wide) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static CorrectedRate of(double share, double trials, JudgeErrors errors, double level) {
    requireCorrectable(errors);
    double estimate =
        Math.clamp((share + errors.specificity().estimate() - 1) / errors.youden(), 0, 1);
    ErrorLikelihood likelihood = ErrorLikelihood.of(share * trials, trials, errors);
    double z = Normal.quantile((1 + level) / 2);
    double least = likelihood.best() - z * z / 2;
    double top = likelihood.peak();
    double low = StrictMath.min(estimate, end(likelihood, least, top, 0));
    double high = StrictMath.max(estimate, end(likelihood, least, top, 1));
    return new CorrectedRate(estimate, new Interval(low, high));
  }

  private static void requireCorrectable(JudgeErrors errors) {
    if (!errors.correctable()) {
      throw new IllegalArgumentException(
          "sensitivity + specificity is " + (1 + errors.youden()) + ", not above 1");
    }
  }

  /// The rate between one that is likely enough and a bound beyond which none is.
  private static double end(ErrorLikelihood likelihood, double least, double inside, double bound) {
    if (likelihood.at(bound) >= least) {
      return bound;
    }
    double in = inside;
    double out = bound;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (in + out) / 2;
      if (likelihood.at(middle) >= least) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return in;
  }
}
