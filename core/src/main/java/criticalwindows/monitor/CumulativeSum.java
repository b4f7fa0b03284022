package criticalwindows.monitor;

import java.util.List;

/// A sum of log-odds less an allowance, which never falls below 0: what is suspicious for a while
/// adds up, and what was long ago is forgotten where benign tokens follow.
///
/// *Source:* E. S. Page, Continuous inspection schemes, Biometrika 41 (1954), with log-odds as the
/// increments.
///
/// @param allowance taken off at each token, in nats
record CumulativeSum(double allowance) implements Gathering {
  static final String NAME = "cusum";

  @Override
  public String name() {
    return NAME + ":" + allowance;
  }

  @Override
  public String about() {
    return "the sum of log-odds less " + allowance + " each, set to 0 wherever it falls below";
  }

  @Override
  public double after(List<Double> odds, List<Double> before) {
    return Math.max(0, (before.isEmpty() ? 0 : before.getLast()) + odds.getLast() - allowance);
  }
}
