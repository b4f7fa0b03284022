package criticalwindows.testbed;

import java.util.Optional;

/// One line of the table: what was measured, its value, the exact one, and its bar.
///
/// @param label what was measured
/// @param estimate of it
/// @param exact what an exact model would give, where that is one number
/// @param bar it is held to
public record Measurement(Label label, Estimate estimate, Optional<Double> exact, Bar bar) {
  /// What was measured.
  ///
  /// @param part of the bench, such as `accuracy`
  /// @param subject such as a family of problems; empty where it is all there is
  /// @param what in words
  public record Label(String part, String subject, String what) {}

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

  /// A value beside its bar.
  static Measurement held(Label label, Estimate estimate, Bar bar) {
    return new Measurement(label, estimate, Optional.empty(), bar);
  }

  /// A value that is held to nothing.
  static Measurement figure(Label label, Estimate estimate) {
    return held(label, estimate, Bar.none());
  }

  /// The same beside what an exact model would give.
  Measurement beside(double value) {
    return new Measurement(label, estimate, Optional.of(value), bar);
  }

  /// Whether the value meets its bar.
  ///
  /// @param slack in standard errors of the value's noise, added to the bar: 0 judges the value as
  ///   it stands, 4 calls only that missed which chance does to a model at its bar in about one of
  ///   ten thousand cases
  public Verdict verdict(double slack) {
    if (bar instanceof Bar.None) {
      return Verdict.FIGURE;
    }
    double allowance = slack == 0 ? 0 : slack * estimate.noise();
    return bar.excess(estimate.value()) <= allowance ? Verdict.MET : Verdict.MISSED;
  }
}
