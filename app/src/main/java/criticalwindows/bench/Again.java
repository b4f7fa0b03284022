package criticalwindows.bench;

import java.util.Arrays;
import java.util.List;

/// Narrow windows looked for at whatever price: every position that is given is measured with so
/// many rollouts, and the window is read off by its definition. It is what plain counting gives,
/// and no bound.
///
/// @param each rollouts at every given position
/// @param curves how many have a narrow window
/// @param rollouts of a response, mean
/// @param found share of measurements with a rise of .5
/// @param near share of these whose window has its middle within 5 % of the curve's own window
record Again(
    int each, int curves, Replays.Figure rollouts, Replays.Figure found, Replays.Figure near) {
  private static final int[] EACH = {25, 100, 400, 1600};

  /// A row for 25, 100, 400 and 1,600 rollouts at every position; none where no window is narrow.
  ///
  /// @param replays measurements of each curve
  static List<Again> rows(List<GivenCurve> curves, int replays) {
    List<GivenCurve> narrow =
        curves.stream().filter(curve -> curve.kind() == GivenCurve.Kind.NARROW).toList();
    return narrow.isEmpty()
        ? List.of()
        : Arrays.stream(EACH).mapToObj(each -> row(narrow, each, replays)).toList();
  }

  private static Again row(List<GivenCurve> narrow, int each, int replays) {
    Clusters rollouts = new Clusters();
    Clusters found = new Clusters();
    Clusters near = new Clusters();
    for (GivenCurve curve : narrow) {
      Draws draws = new Draws(5_000_011L * curve.line() + each);
      GivenCurve.Stretch window = curve.window().orElseThrow();
      int rises = 0;
      int hits = 0;
      for (int i = 0; i < replays; i++) {
        GivenCurve again = measured(curve, each, draws);
        if (again.window().isPresent()) {
          rises++;
          double off = window.distance(again.window().get().middle());
          hits += off <= curve.near() ? 1 : 0;
        }
      }
      rollouts.add((double) each * curve.kept().length, 1);
      found.add(rises, replays);
      near.add(hits, rises);
    }
    return new Again(each, narrow.size(), figure(rollouts), figure(found), figure(near));
  }

  private static GivenCurve measured(GivenCurve curve, int each, Draws draws) {
    double[] shares =
        Arrays.stream(curve.values()).map(p -> draws.trials(p, each).estimate()).toArray();
    return new GivenCurve(
        curve.id(), curve.line(), curve.length(), curve.kept(), shares, curve.tokens());
  }

  private static Replays.Figure figure(Clusters clusters) {
    return new Replays.Figure(clusters.ratio(), clusters.interval());
  }
}
