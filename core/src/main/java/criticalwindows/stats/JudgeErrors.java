package criticalwindows.stats;

/// How often a judge says what people say, counted on texts that people have judged.
///
/// @param sensitivity of the texts that people call positive, those that the judge calls so too
/// @param specificity of the texts that people call negative, those that the judge calls so too
public record JudgeErrors(Proportion sensitivity, Proportion specificity) {
  public JudgeErrors {
    if (!sensitivity.known() || !specificity.known()) {
      throw new IllegalArgumentException(
          "no errors can be told from " + sensitivity + " and " + specificity);
    }
  }

  /// Sensitivity + specificity − 1, in [−1, 1]: how much more often a positive text is called
  /// positive than a negative one. At 0 the judge tells nothing.
  ///
  /// *Source:* Youden, "Index for rating diagnostic tests", Cancer 3 (1950) 32–35.
  public double youden() {
    return sensitivity.estimate() + specificity.estimate() - 1;
  }

  /// Whether a rate can be corrected for these errors: [#youden] is above 0.
  public boolean correctable() {
    return youden() > 0;
  }
}
