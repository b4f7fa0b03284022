package criticalwindows.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The area under the curve of a score, where rows count as positives and negatives in parts, and
/// rows of a cluster, such as places in texts of one item, are alike.
///
/// Its interval comes from pseudo-values, one for each cluster: their mean is the area, and their
/// spread is how far each cluster moves it.
///
/// *Source:* DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837–845, summed by clusters as
/// in Obuchowski, "Nonparametric analysis of clustered ROC curve data", Biometrics 53 (1997)
/// 567–578.
///
/// @param estimate in [0, 1]
/// @param values one pseudo-value for each cluster
/// @param positives their weight
/// @param negatives their weight
public record ClusteredArea(
    double estimate, List<Double> values, double positives, double negatives) {
  private static final double ROUNDING = 1e-9;

  /// A row.
  ///
  /// @param cluster in [0, clusters)
  /// @param positive how much it counts as a positive, at least 0
  /// @param negative how much it counts as a negative, at least 0
  public record Row(int cluster, double score, double positive, double negative) {}

  public ClusteredArea {
    values = List.copyOf(values);
  }

  /// The area of these rows.
  ///
  /// @param clusters how many there are, at least 1
  /// @return absent where there is no positive or no negative
  public static Optional<ClusteredArea> of(List<Row> rows, int clusters) {
    double positives = rows.stream().mapToDouble(Row::positive).sum();
    double negatives = rows.stream().mapToDouble(Row::negative).sum();
    if (!(positives > 0 && negatives > 0)) {
      return Optional.empty();
    }
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingDouble(Row::score));
    double[] won = new double[clusters];
    double[] lost = new double[clusters];
    double[] ofPositives = new double[clusters];
    double[] ofNegatives = new double[clusters];
    double below = 0;
    double positiveBelow = 0;
    double area = 0;
    for (int from = 0; from < sorted.size(); ) {
      int to = ties(sorted, from);
      double here = sorted.subList(from, to).stream().mapToDouble(Row::negative).sum();
      double positiveHere = sorted.subList(from, to).stream().mapToDouble(Row::positive).sum();
      double share = (below + here / 2) / negatives;
      double above = (positives - positiveBelow - positiveHere / 2) / positives;
      for (Row row : sorted.subList(from, to)) {
        won[row.cluster] += row.positive * share;
        lost[row.cluster] += row.negative * above;
        ofPositives[row.cluster] += row.positive;
        ofNegatives[row.cluster] += row.negative;
      }
      area += positiveHere * share / positives;
      below += here;
      positiveBelow += positiveHere;
      from = to;
    }
    Double[] values = new Double[clusters];
    for (int c = 0; c < clusters; c++) {
      double moved =
          (won[c] - area * ofPositives[c]) / positives
              + (lost[c] - area * ofNegatives[c]) / negatives;
      values[c] = area + clusters * moved;
    }
    return Optional.of(new ClusteredArea(area, Arrays.asList(values), positives, negatives));
  }

  private static int ties(List<Row> sorted, int from) {
    int to = from;
    while (to < sorted.size() && sorted.get(to).score == sorted.get(from).score) {
      to++;
    }
    return to;
  }

  /// The areas that a two-sided t test over clusters would not reject. Where positives and
  /// negatives are wholly apart, or wholly the wrong way round, it is that of [Roc] for as many
  /// independent ones as their weights say.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Interval interval(double level) {
    if (estimate < ROUNDING || estimate > 1 - ROUNDING) {
      double end = StrictMath.rint(estimate);
      return AreaError.interval(end, new AreaError(positives, negatives), level);
    }
    return Ratio.mean(values).interval(level, Interval.SHARE);
  }

  /// This area less another one of the same clusters, as a mean over these.
  public Ratio less(ClusteredArea other) {
    List<Double> differences = new ArrayList<>();
    for (int c = 0; c < values.size(); c++) {
      differences.add(values.get(c) - other.values.get(c));
    }
    return Ratio.mean(differences);
  }
}
