package criticalwindows.probe;

import criticalwindows.stats.ClusteredArea;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import java.util.Optional;
import java.util.stream.IntStream;

/// A probe that was fitted to one group of items and judged on another: whether it has learnt what
/// it is to tell, or what the group is about.
///
/// @param from the group that it was fitted to
/// @param to the group that it is judged on; on its own by cross-validation
/// @param items of `to`
/// @param area under the curve of the first class; absent where one kind is missing
/// @param log score, in nats
/// @param rate log score of the group's own base rate, in nats, which is known in hindsight
public record Transfer(
    String from, String to, int items, Optional<Measured> area, Measured log, double rate) {
  static Transfer of(String from, String to, HeldOutForecasts held) {
    ForecastScore score = new ForecastScore(held, IntStream.range(0, held.rows().size()).toArray());
    Optional<ClusteredArea> area = score.area();
    Ratio log = score.mean(held::log);
    int classes = held.rows().getFirst().target().classes();
    double rate = 0;
    for (int k = 0; k < classes; k++) {
      int of = k;
      double share = score.mean(row -> held.rows().get(row).target().share(of)).estimate();
      rate -= share > 0 ? share * StrictMath.log(share) : 0;
    }
    return new Transfer(
        from,
        to,
        score.items(),
        area.map(each -> new Measured(each.estimate(), each.interval(.95))),
        new Measured(log.estimate(), log.interval(.95, Interval.POSITIVE)),
        rate);
  }
}
