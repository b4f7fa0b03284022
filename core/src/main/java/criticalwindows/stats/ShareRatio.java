package criticalwindows.stats;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// How much more often something is seen among cases than among controls that are matched with
/// them, where both come in independent clusters: such as a kind of word within windows, and at the
/// same place of responses outside of theirs.
///
/// @param observed mean over clusters of the share among cases, in [0, 1]
/// @param expected the same, had each case the share of the controls of its stratum, in (0, 1]
/// @param interval of observed ÷ expected; its upper end may be infinite
/// @param clusters at least 2
public record ShareRatio(double observed, double expected, Interval interval, int clusters) {
  /// One cluster.
  ///
  /// @param observed share among its cases, in [0, 1]
  /// @param cases how many they are, at least 1
  /// @param strata share of its cases in each stratum; they sum to 1
  /// @param controls share among its controls in each stratum where it has any, in [0, 1]
  public record Cluster(
      double observed, int cases, Map<Integer, Double> strata, Map<Integer, Double> controls) {
    public Cluster {
      strata = Collections.unmodifiableMap(new TreeMap<>(strata));
      controls = Collections.unmodifiableMap(new TreeMap<>(controls));
      double sum = strata.values().stream().mapToDouble(share -> share).sum();
      if (!(observed >= 0 && observed <= 1) || cases < 1 || Math.abs(sum - 1) > 1e-6) {
        throw new IllegalArgumentException(
            observed + " of " + cases + " cases, with strata of " + sum + " in all");
      }
    }
  }

  /// observed ÷ expected.
  public double ratio() {
    return observed / expected;
  }

  /// The ratio of these clusters. Each share has Wilson's interval with the effective number of
  /// trials that its variance over clusters stands for; the two and their correlation make one by
  /// MOVER-R.
  ///
  /// *Source:* direct standardisation with a variance by linearisation over clusters: Cochran,
  /// Sampling Techniques, 3rd edition (1977), 6.4; Korn and Graubard, Survey Methodology 24 (1998)
  /// 193–201; Donner and Zou, Statistical Methods in Medical Research 21 (2012) 347–359.
  ///
  /// @param clusters at least 2; each stratum of a case has controls in some cluster, and some
  ///   control has what is looked for
  /// @param level of confidence, in (0, 1)
  public static ShareRatio of(List<Cluster> clusters, double level) {
    int n = clusters.size();
    if (n < 2) {
      throw new IllegalArgumentException("a ratio over " + n + " clusters");
    }
    double observed = clusters.stream().mapToDouble(Cluster::observed).average().orElseThrow();
    Map<Integer, Ratio> strata = strata(clusters);
    double expected =
        clusters.stream().mapToDouble(each -> expected(each, strata)).average().orElseThrow();
    if (!(expected > 0)) {
      throw new IllegalArgumentException("no control has it, so there is nothing to compare with");
    }
    List<Double> above = clusters.stream().map(each -> (each.observed - observed) / n).toList();
    List<Double> below = moved(clusters, strata, expected);
    double cases = clusters.stream().mapToLong(Cluster::cases).sum();
    Bounds of = new Bounds(observed, wilson(observed, trials(observed, above, cases), n, level));
    double free = Double.POSITIVE_INFINITY;
    Bounds to = new Bounds(expected, wilson(expected, trials(expected, below, free), n, level));
    return new ShareRatio(observed, expected, of.over(to, correlation(above, below)), n);
  }

  /// The mean share of controls in each stratum, each cluster once.
  private static Map<Integer, Ratio> strata(List<Cluster> clusters) {
    Map<Integer, Ratio> strata = new TreeMap<>();
    TreeSet<Integer> names = new TreeSet<>();
    clusters.forEach(each -> names.addAll(each.controls.keySet()));
    for (int stratum : names) {
      List<Double> shares =
          clusters.stream()
              .filter(each -> each.controls.containsKey(stratum))
              .map(each -> each.controls.get(stratum))
              .toList();
      strata.put(stratum, Ratio.mean(shares));
    }
    return strata;
  }

  private static double expected(Cluster cluster, Map<Integer, Ratio> strata) {
    double sum = 0;
    for (Map.Entry<Integer, Double> part : cluster.strata.entrySet()) {
      Ratio controls = strata.get(part.getKey());
      if (controls == null) {
        throw new IllegalArgumentException("no controls in stratum " + part.getKey());
      }
      sum += part.getValue() * controls.estimate();
    }
    return sum;
  }

  /// What each cluster moves the expected share by, with the place of its cases and with its
  /// controls.
  private static List<Double> moved(
      List<Cluster> clusters, Map<Integer, Ratio> strata, double expected) {
    int n = clusters.size();
    Map<Integer, Double> weights = new HashMap<>();
    clusters.forEach(
        each -> each.strata.forEach((stratum, w) -> weights.merge(stratum, w / n, Double::sum)));
    return clusters.stream()
        .map(each -> (expected(each, strata) - expected) / n + controls(each, strata, weights))
        .toList();
  }

  private static double controls(
      Cluster cluster, Map<Integer, Ratio> strata, Map<Integer, Double> weights) {
    double sum = 0;
    for (Map.Entry<Integer, Ratio> stratum : strata.entrySet()) {
      Ratio all = stratum.getValue();
      double own = cluster.controls.getOrDefault(stratum.getKey(), all.estimate());
      double weight = weights.getOrDefault(stratum.getKey(), 0.0);
      sum += weight * (own - all.estimate()) / all.clusters();
    }
    return sum;
  }

  /// Independent trials that vary as much as this share does; as many as clusters where all of them
  /// say the same.
  private static double trials(double share, List<Double> moved, double most) {
    int n = moved.size();
    double variance = products(moved, moved) * n / (n - 1.0);
    return variance == 0 ? n : Math.min(most, share * (1 - share) / variance);
  }

  private static double correlation(List<Double> one, List<Double> other) {
    double size = StrictMath.sqrt(products(one, one) * products(other, other));
    return size == 0 ? 0 : products(one, other) / size;
  }

  private static double products(List<Double> one, List<Double> other) {
    return IntStream.range(0, one.size()).mapToDouble(i -> one.get(i) * other.get(i)).sum();
  }

  private static Interval wilson(double share, double trials, int n, double level) {
    double z = Normal.quantile((1 + level) / 2);
    double widening = z / Student.quantile((1 + level) / 2, n - 1);
    return Wilson.interval(share, Math.max(1, trials * widening * widening), z);
  }

  /// A share and its interval.
  private record Bounds(double share, Interval interval) {
    /// The interval of this share over another that goes with it as a correlation says.
    Interval over(Bounds other, double r) {
      double product = share * other.share;
      double shorter = (share - interval.low()) * (other.interval.high() - other.share);
      double longer = (interval.high() - share) * (other.share - other.interval.low());
      return new Interval(
          lower(product - r * shorter, part(interval.low()), other.part(other.interval.high())),
          upper(product - r * longer, part(interval.high()), other.part(other.interval.low())));
    }

    private double part(double end) {
      return end * (2 * share - end);
    }

    private static double lower(double middle, double above, double below) {
      return above > 0 ? above / (middle + root(middle, above, below)) : 0;
    }

    private static double upper(double middle, double above, double below) {
      return below > 0 ? (middle + root(middle, above, below)) / below : Double.POSITIVE_INFINITY;
    }

    private static double root(double middle, double above, double below) {
      return StrictMath.sqrt(Math.max(0, middle * middle - above * below));
    }
  }
}
