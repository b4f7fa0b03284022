package criticalwindows.bench;

import criticalwindows.localise.Localiser;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.List;
import java.util.Optional;

/// What a search took for the window of a narrow curve where it took another place, and what it had
/// seen at both.
///
/// @param claims of all searches on the curve
/// @param misses of these, further than 5 % from the window
/// @param taken the place that it took, the middle one of all misses
/// @param window the place that it is about
record Miss(int line, int claims, int misses, Spot taken, Spot window) {

  /// A place of the response.
  ///
  /// @param at as a share of the response
  /// @param rise the most that the curve rises within 5 % of it
  /// @param before outcomes of the missing searches up to a tenth of the response before it
  /// @param after the same behind it
  record Spot(double at, double rise, Proportion before, Proportion after) {}

  /// Absent where nothing is missed, or the curve is not narrow.
  static Optional<Miss> of(GivenCurve curve, List<ReplayedSearch> replays) {
    if (curve.kind() != GivenCurve.Kind.NARROW) {
      return Optional.empty();
    }
    GivenCurve.Stretch window = curve.window().orElseThrow();
    List<ReplayedSearch> missing =
        replays.stream()
            .filter(replay -> replay.found().stream().anyMatch(found -> far(found, curve, window)))
            .toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    double[] places =
        missing.stream()
            .flatMap(replay -> replay.found().stream())
            .mapToDouble(found -> found.place().mean())
            .sorted()
            .toArray();
    int claims = (int) replays.stream().filter(replay -> replay.found().isPresent()).count();
    return Optional.of(
        new Miss(
            curve.line(),
            claims,
            missing.size(),
            spot(places[places.length / 2], curve, missing),
            spot(window.middle(), curve, missing)));
  }

  private static boolean far(Localiser.Found found, GivenCurve curve, GivenCurve.Stretch window) {
    return window.distance(found.place().mean()) > curve.near();
  }

  private static Spot spot(double at, GivenCurve curve, List<ReplayedSearch> replays) {
    double near = curve.near();
    return new Spot(
        at / curve.length(),
        curve.rise(at - near, at + near),
        seen(replays, at - 2 * near, at),
        seen(replays, at, at + 2 * near));
  }

  private static Proportion seen(List<ReplayedSearch> replays, double from, double to) {
    return replays.stream()
        .flatMap(replay -> replay.seen().points().stream())
        .filter(point -> point.position() >= from && point.position() < to)
        .map(Curve.Point::proportion)
        .reduce(Proportion.NONE, Proportion::plus);
  }
}
