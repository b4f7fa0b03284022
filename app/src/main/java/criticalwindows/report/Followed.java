package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.outcome.Outcome;
import criticalwindows.view.TerminalText;
import java.util.Optional;
import java.util.stream.Stream;

/// How the class is called whose share curves show.
final class Followed {
  private static final int LETTERS = 24;

  private Followed() {}

  /// `P(complied)`; absent where each response's own class is followed.
  static Optional<String> label(CotStudy study) {
    return Stream.concat(study.shown().stream(), study.rest().stream())
        .findFirst()
        .flatMap(Followed::name)
        .map(name -> "P(" + name + ")");
  }

  /// `complied`.
  static Optional<String> name(CotFinding finding) {
    return finding.fixed().map(Outcome::show).map(name -> TerminalText.line(name, LETTERS));
  }

  /// `the same answer`, or `complied`.
  static String same(CotFinding finding) {
    return name(finding).orElse("the same answer");
  }
}
