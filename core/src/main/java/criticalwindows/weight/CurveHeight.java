package criticalwindows.weight;

import java.util.List;

/// `curve`: how likely the outcome is before a token.
final class CurveHeight implements Rule {
  @Override
  public String name() {
    return "curve";
  }

  @Override
  public String about() {
    return "measured probability of the response's own outcome given all before the token, on the"
        + " straight line between two cuts: more weight where it is high";
  }

  @Override
  public double[] weights(Response response, Among among) {
    double[] weights = new double[response.length()];
    List<Decided.Known> known = response.decided().known();
    for (int kept = 0; kept < weights.length; kept++) {
      weights[kept] = at(kept, known);
    }
    return weights;
  }

  /// Level before the first cut, and behind the last one where no end is known.
  private static double at(int kept, List<Decided.Known> known) {
    Decided.Known before = known.getFirst();
    for (Decided.Known after : known) {
      if (after.kept() > kept) {
        int between = after.kept() - before.kept();
        double along = between == 0 ? 0 : (double) (kept - before.kept()) / between;
        return before.share() + along * (after.share() - before.share());
      }
      before = after;
    }
    return before.share();
  }
}
