package criticalwindows.localise;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.Optional;

/// The original work's rule: there is a window where the curve jumps by more than a threshold
/// between two adjacent levels, unless it drops by more than another anywhere. The largest jump is
/// the window; the earliest among equals.
///
/// Jumps are compared on counts, in whole numbers: .7 − .2 is .5 here, and not the
/// .49999999999999994 of floating point. It has no notion of noise; on flat curves it fires in at
/// most 1 % of cases at n = 10, and .03 % at n = 25.
///
/// *Source:* Li, Karan and Chen, arXiv 2502.00921, section on chain of thought, and its public
/// code.
///
/// @param rise in tenths; a jump of more than this many tenths makes a window
/// @param drop in tenths; a fall of more than this many tenths anywhere unmakes it
public record JumpRule(int rise, int drop) {
  /// As published: a jump > .5 and no drop < −.3.
  public static final JumpRule PUBLISHED = new JumpRule(5, 3);

  /// The window of a curve, where it has one. Points without trials are left out.
  public Optional<Window> window(Curve curve) {
    var points = curve.points().stream().filter(point -> point.proportion().known()).toList();
    int best = -1;
    for (int i = 1; i < points.size(); i++) {
      Proportion before = points.get(i - 1).proportion();
      Proportion after = points.get(i).proportion();
      if (risesBy(after, before, drop)) {
        return Optional.empty();
      }
      if (risesBy(before, after, rise) && (best < 0 || larger(points, i, best))) {
        best = i;
      }
    }
    if (best < 0) {
      return Optional.empty();
    }
    Curve.Point from = points.get(best - 1);
    Curve.Point to = points.get(best);
    double height = to.proportion().estimate() - from.proportion().estimate();
    return Optional.of(new Window(from.position(), to.position(), height));
  }

  /// Whether `to` lies more than `tenths` / 10 above `from`: 10 (k₂n₁ − k₁n₂) > tenths · n₁n₂.
  private static boolean risesBy(Proportion from, Proportion to, int tenths) {
    return 10 * cross(from, to) > tenths * from.trials() * to.trials();
  }

  private static boolean larger(java.util.List<Curve.Point> points, int i, int j) {
    Proportion fromI = points.get(i - 1).proportion();
    Proportion toI = points.get(i).proportion();
    Proportion fromJ = points.get(j - 1).proportion();
    Proportion toJ = points.get(j).proportion();
    return Math.multiplyExact(cross(fromI, toI), fromJ.trials() * toJ.trials())
        > Math.multiplyExact(cross(fromJ, toJ), fromI.trials() * toI.trials());
  }

  private static long cross(Proportion from, Proportion to) {
    return to.successes() * from.trials() - from.successes() * to.trials();
  }
}
