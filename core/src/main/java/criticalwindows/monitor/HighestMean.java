package criticalwindows.monitor;

import java.util.List;

/// The highest mean of neighbours so far: once suspicious, a response stays so.
///
/// @param mean of how many
record HighestMean(MeanOfLast mean) implements Gathering {
  static final String NAME = "highest";

  @Override
  public String name() {
    return NAME + ":" + mean.window();
  }

  @Override
  public String about() {
    return "the highest mean so far of " + mean.window() + " log-odds that stand side by side";
  }

  @Override
  public double after(List<Double> odds, List<Double> before) {
    double now = mean.after(odds, before);
    return before.isEmpty() ? now : Math.max(before.getLast(), now);
  }
}
