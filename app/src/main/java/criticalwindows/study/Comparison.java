package criticalwindows.study;

import criticalwindows.stats.CrossedMean;
import criticalwindows.stats.Holm;
import java.util.ArrayList;
import java.util.List;

/// One arm against another.
///
/// @param pair of the arms
/// @param difference the first less the second, paired by item within each repetition
/// @param p how often chance alone gives as much, after Holm's correction for all comparisons of
///   its family; in [0, 1]
public record Comparison(Pair pair, String measure, CrossedMean difference, double p) {
  /// At which a comparison counts as found.
  public static final double ALPHA = .05;

  /// @param arm that is looked at
  /// @param control that would explain its effect away
  public record Pair(String arm, String control) {}

  /// All comparisons that answer one question, corrected together.
  ///
  /// @param pairs at least one, each of arms that share items
  public static List<Comparison> family(Results results, String measure, List<Pair> pairs) {
    List<CrossedMean> differences =
        pairs.stream().map(pair -> results.difference(pair.arm, pair.control, measure)).toList();
    List<Double> p = Holm.adjusted(differences.stream().map(CrossedMean::pValue).toList());
    List<Comparison> family = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      family.add(new Comparison(pairs.get(i), measure, differences.get(i), p.get(i)));
    }
    return family;
  }

  /// Whether it is more than chance gives at [#ALPHA].
  public boolean found() {
    return p < ALPHA;
  }

  /// Whether it is found, and above 0.
  public boolean higher() {
    return found() && difference.estimate() > 0;
  }

  /// Whether it is found, and below 0.
  public boolean lower() {
    return found() && difference.estimate() < 0;
  }
}
