package criticalwindows.stats;

import java.util.List;

/// Wilson's score interval, for single counts and for counts that come in clusters.
///
/// *Source:* Wilson, "Probable inference, the law of succession, and statistical inference", JASA
/// 22 (1927) 209–212; for clusters, Korn and Graubard, "Confidence intervals for proportions with
/// small expected number of positive counts estimated from survey data", Survey Methodology 24
/// (1998) 193–201, with Wilson's interval in place of Clopper and Pearson's.
public final class Wilson {
  private Wilson() {}

  /// The probabilities p that a two-sided z test at this level would not reject.
  ///
  /// @param estimate in [0, 1]
  /// @param trials more than 0; need not be whole
  /// @param z the normal quantile of the level
  static Interval interval(double estimate, double trials, double z) {
    double share = z * z / trials;
    double centre = (estimate + share / 2) / (1 + share);
    double half =
        z
            * StrictMath.sqrt(estimate * (1 - estimate) / trials + share / (4 * trials))
            / (1 + share);
    double low = estimate == 0 ? 0 : StrictMath.max(0, centre - half);
    double high = estimate == 1 ? 1 : StrictMath.min(1, centre + half);
    return new Interval(low, high);
  }

  /// The interval of one proportion whose trials come in clusters, such as the resamples of one
  /// problem. Trials of a cluster resemble each other, so there are fewer independent ones than
  /// there are trials: the effective number is estimated from how much the clusters differ, and is
  /// that of the clusters where nothing varies.
  ///
  /// @param clusters those without trials are left out
  /// @param level of confidence, in (0, 1)
  /// @return [0, 1] where nothing was tried
  public static Interval clustered(List<Proportion> clusters, double level) {
    List<Proportion> tried = clusters.stream().filter(Proportion::known).toList();
    int count = tried.size();
    if (count == 0) {
      return new Interval(0, 1);
    }
    Proportion all = tried.stream().reduce(Proportion.NONE, Proportion::plus);
    double z = Normal.quantile((1 + level) / 2);
    double effective = effective(tried, all);
    double widening = count > 1 ? z / student((1 + level) / 2, count - 1) : 1;
    return interval(all.estimate(), StrictMath.max(1, effective * widening * widening), z);
  }

  private static double effective(List<Proportion> clusters, Proportion all) {
    double p = all.estimate();
    double spread = 0;
    for (Proportion cluster : clusters) {
      double excess = cluster.successes() - p * cluster.trials();
      spread += excess * excess;
    }
    int count = clusters.size();
    double variance =
        count > 1 ? spread * count / (count - 1.0) / ((double) all.trials() * all.trials()) : 0;
    return variance == 0 ? count : StrictMath.min((double) all.trials(), p * (1 - p) / variance);
  }

  /// Student's quantile by its expansion around the normal one.
  ///
  /// *Source:* Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
  static double student(double p, int freedom) {
    double z = Normal.quantile(p);
    double z2 = z * z;
    double first = z * (z2 + 1) / 4;
    double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double n = freedom;
    return z + first / n + second / (n * n) + third / (n * n * n);
  }
}
