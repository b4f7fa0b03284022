package criticalwindows.testbed;

/// One line of the table: what was measured, its value, and its bar.
///
/// @param part of the bench, such as `accuracy`
/// @param subject such as a family of problems; empty where it is all there is
/// @param what is measured, in words
public record Measurement(String part, String subject, String what, Estimate estimate, Bar bar) {
  /// How a value stands to its bar.
  public enum Verdict {
    FIGURE("figure"),
    MET("met"),
    MISSED("missed");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /// As a table says it.
    public String word() {
      return word;
    }
  }

  /// Whether the value meets its bar.
  ///
  /// @param slack in standard errors of the value's noise, added to the bar: 0 judges the value as
  ///   it stands, 4 calls only that missed which chance does to a model at its bar in less than one
  ///   of ten thousand cases
  public Verdict verdict(double slack) {
    if (bar instanceof Bar.None) {
      return Verdict.FIGURE;
    }
    double allowance = slack == 0 ? 0 : slack * estimate.noise();
    return bar.excess(estimate.value()) <= allowance ? Verdict.MET : Verdict.MISSED;
  }
}
