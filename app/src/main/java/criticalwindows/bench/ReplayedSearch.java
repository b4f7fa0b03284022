package criticalwindows.bench;

import criticalwindows.localise.Localiser;
import criticalwindows.localise.Move;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One search on a curve that is given, with simulated outcomes.
///
/// @param seen all its outcomes
/// @param tokens of all continuations
record ReplayedSearch(Optional<Localiser.Found> found, Curve seen, long rollouts, double tokens) {
  static ReplayedSearch of(Localiser localiser, GivenCurve curve, Draws draws) {
    Map<Integer, Proportion> counts = new TreeMap<>();
    Curve seen = curve(counts, curve);
    long rollouts = 0;
    double tokens = 0;
    while (localiser.next(seen, curve.length()) instanceof Move.Sample sample) {
      for (Move.Draw draw : sample.draws()) {
        Proportion more = draws.trials(curve.value(draw.position()), draw.count());
        counts.merge(draw.position(), more, Proportion::plus);
        rollouts += draw.count();
        tokens += draw.count() * curve.tokens(draw.position());
      }
      seen = curve(counts, curve);
    }
    return new ReplayedSearch(localiser.found(seen, curve.length()), seen, rollouts, tokens);
  }

  private static Curve curve(Map<Integer, Proportion> counts, GivenCurve given) {
    List<Curve.Point> points = new ArrayList<>();
    counts.forEach((position, seen) -> points.add(new Curve.Point(position, seen)));
    return new Curve(points, given.end());
  }
}
