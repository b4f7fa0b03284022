package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.view.TerminalText;

/// What several tables of a run have in their cells.
final class CotCells {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private CotCells() {}

  /// The original's outcome, marked where it is known to be wrong.
  static String answer(CotFinding finding) {
    boolean wrong = finding.gold().isPresent() && !finding.right();
    return TerminalText.line((wrong ? "≠ " : "") + finding.outcome().show(), 8);
  }

  /// The tokens from after so many kept up to so many kept.
  static String tokens(long from, long to) {
    return to <= from + 1 ? "token " + (from + 1) : "tokens " + (from + 1) + "–" + to;
  }

  /// A bar of this height.
  ///
  /// @param share in [0, 1]
  static char bar(double share) {
    return BARS.charAt((int) Math.min(BARS.length() - 1, share * BARS.length()));
  }
}
