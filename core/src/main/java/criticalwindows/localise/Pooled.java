package criticalwindows.localise;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A curve of many positions made smaller: neighbours count as one position where the curve is
/// settled, and stay apart where it turns.
///
/// All positions are pooled into even groups; then, round by round, the groups around which one
/// more outcome would say most about the curve are halved.
final class Pooled {
  /// So many positions are taken as they are.
  static final int MOST = 48;

  private static final int FIRST = 24;
  private static final int ROUND = 8;

  private Pooled() {}

  /// The curve with [#MOST] positions or fewer.
  static Curve of(Curve curve, int length, Prior prior) {
    List<Curve.Point> points =
        curve.points().stream().filter(point -> point.proportion().known()).toList();
    if (points.size() <= MOST) {
      return curve;
    }
    List<List<Curve.Point>> groups = new ArrayList<>();
    for (int i = 0; i < FIRST; i++) {
      groups.add(points.subList(i * points.size() / FIRST, (i + 1) * points.size() / FIRST));
    }
    while (groups.size() < MOST) {
      groups = halved(groups, Chain.of(curve(groups, curve.end()), length, prior));
    }
    return curve(groups, curve.end());
  }

  private static Curve curve(List<List<Curve.Point>> groups, Optional<Curve.End> end) {
    return new Curve(groups.stream().map(Pooled::point).toList(), end);
  }

  private static Curve.Point point(List<Curve.Point> group) {
    Proportion all =
        group.stream().map(Curve.Point::proportion).reduce(Proportion.NONE, Proportion::plus);
    return new Curve.Point(group.get(group.size() / 2).position(), all);
  }

  private static List<List<Curve.Point>> halved(List<List<Curve.Point>> groups, Chain chain) {
    double[] telling = telling(chain, groups);
    List<List<Curve.Point>> chosen =
        groups.stream()
            .filter(group -> group.size() > 1)
            .sorted(Comparator.comparingDouble(group -> -telling[groups.indexOf(group)]))
            .limit(ROUND)
            .toList();
    List<List<Curve.Point>> finer = new ArrayList<>();
    for (List<Curve.Point> group : groups) {
      if (chosen.contains(group)) {
        finer.add(group.subList(0, group.size() / 2));
        finer.add(group.subList(group.size() / 2, group.size()));
      } else {
        finer.add(group);
      }
    }
    return finer;
  }

  /// The greatest expected information between a group and its neighbours.
  private static double[] telling(Chain chain, List<List<Curve.Point>> groups) {
    double[][] shares = CurveShares.of(chain);
    double[] telling = new double[groups.size()];
    int place = 0;
    double[] before = shares[0];
    for (int g = 0; g < groups.size(); g++) {
      while (chain.lattice.place(place) < point(groups.get(g)).position()) {
        place++;
      }
      double between = Information.of(before, shares[place]);
      telling[g] = StrictMath.max(telling[g], between);
      if (g > 0) {
        telling[g - 1] = StrictMath.max(telling[g - 1], between);
      }
      before = shares[place];
    }
    telling[groups.size() - 1] =
        StrictMath.max(
            telling[groups.size() - 1], Information.of(before, shares[shares.length - 1]));
    return telling;
  }
}
