package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.explain.Explanation;
import criticalwindows.localise.Verdict;
import criticalwindows.window.WindowStudy;
import java.util.List;
import java.util.Optional;

/// Windows that are claimed although their own continuations contradict their place, as text.
final class ContradictedWindows {
  private ContradictedWindows() {}

  /// The warnings as lines of a table.
  static List<String> lines(CotStudy study) {
    return of(study).stream().map(warning -> "  warning: " + warning).toList();
  }

  /// A warning for each of them, among the problems that are shown.
  static List<String> of(CotStudy study) {
    return study.shown().stream()
        .filter(finding -> claimed(study.windows(), finding))
        .map(study.complete())
        .flatMap(
            finding ->
                study.windows().of(finding).flatMap(w -> Explanation.of(finding, w)).stream())
        .filter(Explanation::contradicted)
        .map(known -> line(known.finding().problem().id()))
        .toList();
  }

  private static boolean claimed(WindowStudy windows, CotFinding finding) {
    return windows.verdict(finding).equals(Optional.of(Verdict.CLAIMED));
  }

  private static String line(String problem) {
    return "of the window of "
        + problem
        + " its own continuations tell otherwise: cw explain RUN "
        + problem;
  }
}
