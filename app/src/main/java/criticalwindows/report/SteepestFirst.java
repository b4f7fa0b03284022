package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.localise.Window;
import criticalwindows.stats.Curve;
import java.util.Comparator;
import java.util.List;

/// Which problems of a large run are shown: those with a window first, the steepest before the
/// others; then those whose curve rises most.
public final class SteepestFirst {
  private static final Comparator<Ranked> ORDER =
      Comparator.comparingDouble(Ranked::window).thenComparingDouble(Ranked::rise).reversed();

  /// A finding, and what it is ranked by.
  ///
  /// @param window how steep its window is, 0 without
  /// @param rise the most that its curve rises from one cut to the next
  private record Ranked(CotFinding finding, double window, double rise) {
    static Ranked of(CotFinding finding) {
      return new Ranked(
          finding, finding.window().map(Window::rise).orElse(0.0), SteepestFirst.rise(finding));
    }
  }

  private SteepestFirst() {}

  /// So many of the findings, the steepest first; all of them in their own order where they are no
  /// more than that.
  public static List<CotFinding> most(List<CotFinding> findings, int count) {
    return findings.size() <= count
        ? findings
        : findings.stream()
            .map(Ranked::of)
            .sorted(ORDER)
            .limit(count)
            .map(Ranked::finding)
            .toList();
  }

  private static double rise(CotFinding finding) {
    List<Curve.Point> points = finding.consistency().points();
    double most = 0;
    for (int i = 1; i < points.size(); i++) {
      double before = points.get(i - 1).proportion().estimate();
      most = Math.max(most, points.get(i).proportion().estimate() - before);
    }
    return most;
  }
}
