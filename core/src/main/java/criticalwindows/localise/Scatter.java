package criticalwindows.localise;

import criticalwindows.stats.Curve;
import java.util.List;

/// Whether counts at neighbouring positions scatter more than those of independent outcomes, as
/// they do where a server shares seeds or a cache among continuations.
///
/// The probability of all counts, over all curves of the prior, is compared for several
/// concentrations. Where one of the low ones makes the counts [#TIMES] times as probable as the
/// prior's own, it takes its place: intervals widen, and less is claimed.
///
/// @param concentration that is used
/// @param wide whether it is less than the prior's own
public record Scatter(double concentration, boolean wide) {
  private static final double[] LOW = {20, 8, 3, 1};

  /// So much more probable the counts are to be before anything is widened.
  private static final double TIMES = 20;

  /// More curves than these say nothing new.
  private static final int MOST = 40;

  /// The counts of one response.
  ///
  /// @param length of it, in tokens
  public record Seen(Curve curve, int length) {}

  /// How the counts of these responses scatter.
  public static Scatter of(List<Seen> responses, Prior prior) {
    double own = log(responses, prior);
    double most = own + StrictMath.log(TIMES);
    Scatter best = new Scatter(prior.concentration(), false);
    for (double low : LOW) {
      double log = log(responses, prior.scattered(low));
      if (low < prior.concentration() && log > most) {
        most = log;
        best = new Scatter(low, true);
      }
    }
    return best;
  }

  /// The prior, with this scatter.
  public Prior of(Prior prior) {
    return wide ? prior.scattered(concentration) : prior;
  }

  /// The correlation of two outcomes from one position, given the curve: 1 ÷ (κ + 1).
  public double correlation() {
    return 1 / (concentration + 1);
  }

  private static double log(List<Seen> responses, Prior prior) {
    double sum = 0;
    int count = StrictMath.min(MOST, responses.size());
    for (int i = 0; i < count; i++) {
      Seen seen = responses.get((int) ((long) i * responses.size() / count));
      sum += WindowPosterior.of(seen.curve(), seen.length(), prior).logEvidence();
    }
    return sum;
  }
}
