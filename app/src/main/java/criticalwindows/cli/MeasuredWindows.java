package criticalwindows.cli;

import criticalwindows.localise.Episode;
import criticalwindows.localise.Verdict;
import criticalwindows.monitor.Watched;
import criticalwindows.outcome.CutOutcomes;
import criticalwindows.stats.Curve;
import criticalwindows.window.WindowStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// When the responses of a run were decided, beside when a monitor raised its alarm.
final class MeasuredWindows {
  private MeasuredWindows() {}

  /// The responses that came to the class that curves follow, by a window that is claimed.
  ///
  /// @param windows of these
  /// @param alarm the token of each response at which an alarm was raised, from 0
  static List<Watched> watched(
      List<? extends CutOutcomes> findings,
      WindowStudy windows,
      Function<String, OptionalInt> alarm) {
    List<Watched> all = new ArrayList<>();
    for (CutOutcomes finding : findings) {
      boolean came = finding.readable() && finding.outcome().same(finding.followed());
      if (came && windows.verdict(finding).equals(Optional.of(Verdict.CLAIMED))) {
        Episode window = windows.of(finding).orElseThrow().window();
        int from = (int) Math.floor(window.from().interval().low());
        int to = (int) Math.ceil(window.to().interval().high()) - 1;
        all.add(
            new Watched(
                alarm.apply(finding.item().id()),
                Math.max(0, from),
                Math.max(Math.max(0, from), to),
                passed(finding.consistency())));
      }
    }
    return all;
  }

  /// The token after which more than half of the continuations come to the class, at the first cut
  /// where they do; absent where they do before the response.
  private static OptionalInt passed(Curve curve) {
    for (Curve.Point point : curve.points()) {
      if (point.proportion().estimate() > .5) {
        return point.position() == 0 ? OptionalInt.empty() : OptionalInt.of(point.position() - 1);
      }
    }
    return OptionalInt.empty();
  }
}
