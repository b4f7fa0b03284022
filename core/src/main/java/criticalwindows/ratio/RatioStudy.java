package criticalwindows.ratio;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Roc;
import criticalwindows.stats.Student;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How well scores tell the texts of each family of attacks from benign ones.
///
/// @param byFamily the attacks' texts, by family
/// @param benign the others
public record RatioStudy(Map<String, List<TextScores>> byFamily, List<TextScores> benign) {
  /// As the family of benign texts is called.
  public static final String BENIGN = "benign";

  private static final double LEVEL = .95;

  /// Texts by the family that their item names.
  public static RatioStudy of(List<TextScores> texts) {
    Map<String, List<TextScores>> byFamily = new TreeMap<>();
    List<TextScores> benign = new ArrayList<>();
    for (TextScores text : texts) {
      String family = text.item().task();
      if (family.equals(BENIGN)) {
        benign.add(text);
      } else {
        byFamily.computeIfAbsent(family, name -> new ArrayList<>()).add(text);
      }
    }
    return new RatioStudy(byFamily, benign);
  }

  /// What a score makes of a family.
  ///
  /// @param texts of the family
  /// @param area of the ROC curve: the chance that a text of the family scores higher than a benign
  ///   one
  /// @param interval 95 % of the area
  /// @param one what is caught at 1 % of false alarms
  /// @param five at 5 %
  public record Told(
      String family,
      Score score,
      int texts,
      double area,
      Interval interval,
      Roc.Caught one,
      Roc.Caught five) {}

  /// For each family and score; empty without benign texts.
  public List<Told> told() {
    List<Told> all = new ArrayList<>();
    byFamily
        .keySet()
        .forEach(
            family ->
                Scores.ALL.forEach(
                    score -> {
                      roc(family, score)
                          .ifPresent(
                              roc ->
                                  all.add(
                                      new Told(
                                          family,
                                          score,
                                          byFamily.getOrDefault(family, List.of()).size(),
                                          roc.area(),
                                          roc.areaInterval(.95),
                                          roc.at(.01),
                                          roc.at(.05))));
                    }));
    return all;
  }

  /// The ROC curve of a score for one family; absent where there are no texts of it, or none that
  /// are benign.
  public Optional<Roc> roc(String family, Score score) {
    List<TextScores> texts = byFamily.getOrDefault(family, List.of());
    return texts.isEmpty() || benign.isEmpty()
        ? Optional.empty()
        : Optional.of(Roc.of(values(texts, score), values(benign, score)));
  }

  private static double[] values(List<TextScores> texts, Score score) {
    return texts.stream().mapToDouble(score::of).toArray();
  }

  /// How far the two models are apart at one token of the responses.
  ///
  /// @param token from 0
  /// @param texts that are so long, at least 2
  /// @param mean of aligned less unaligned log-probability, in nats
  /// @param interval 95 % of it, by Student's t over texts
  public record Position(int token, int texts, double mean, Interval interval) {}

  /// The divergence of the models at each token, over the texts of a family. Over texts that the
  /// aligned model itself has sampled the mean is an unbiased estimate of the Kullback–Leibler
  /// divergence of the unaligned model from it at that token; over other texts it is not, and can
  /// be below 0.
  ///
  /// @param family or [#BENIGN]
  /// @return as long as there are two texts
  public List<Position> divergence(String family) {
    List<TextScores> texts =
        family.equals(BENIGN) ? benign : byFamily.getOrDefault(family, List.of());
    List<Position> positions = new ArrayList<>();
    for (int token = 0; ; token++) {
      int at = token;
      double[] each =
          texts.stream()
              .filter(text -> text.length() > at)
              .mapToDouble(text -> -text.ratio(at))
              .toArray();
      if (each.length < 2) {
        return positions;
      }
      positions.add(position(token, each));
    }
  }

  private static Position position(int token, double[] each) {
    double mean = Arrays.stream(each).average().orElseThrow();
    double squares = Arrays.stream(each).map(value -> (value - mean) * (value - mean)).sum();
    double error = StrictMath.sqrt(squares / (each.length - 1) / each.length);
    double half = Student.quantile((1 + LEVEL) / 2, each.length - 1) * error;
    return new Position(token, each.length, mean, new Interval(mean - half, mean + half));
  }
}
