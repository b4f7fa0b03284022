package criticalwindows.weight;

import java.util.Arrays;
import java.util.List;

/// `rise`: how much the measured curve rises over a token.
final class Rise implements Rule {
  @Override
  public String name() {
    return "rise";
  }

  @Override
  public String about() {
    return "measured rise of the share of continuations with the response's own outcome, per token"
        + " between two cuts; 0 where it falls";
  }

  @Override
  public double[] weights(Response response, Among among) {
    double[] weights = new double[response.length()];
    List<Decided.Known> known = response.decided().known();
    for (int i = 1; i < known.size(); i++) {
      Decided.Known before = known.get(i - 1);
      Decided.Known after = known.get(i);
      double rise = Math.max(0, after.share() - before.share());
      Arrays.fill(
          weights,
          Math.min(before.kept(), weights.length),
          Math.min(after.kept(), weights.length),
          rise / (after.kept() - before.kept()));
    }
    return weights;
  }
}
