package criticalwindows.monitor;

import java.util.List;

/// The mean of the last log-odds; of fewer where there are no more yet.
///
/// @param window at most so many, at least 1
record MeanOfLast(int window) implements Gathering {
  static final String NAME = "mean";

  @Override
  public String name() {
    return NAME + ":" + window;
  }

  @Override
  public String about() {
    return "the mean of the last " + window + " log-odds";
  }

  @Override
  public double after(List<Double> odds, List<Double> before) {
    List<Double> last = odds.subList(Math.max(0, odds.size() - window), odds.size());
    return last.stream().mapToDouble(Double::doubleValue).sum() / last.size();
  }
}
