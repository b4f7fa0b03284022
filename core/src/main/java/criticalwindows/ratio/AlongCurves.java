package criticalwindows.ratio;

import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import java.util.List;
import java.util.Optional;

/// How the likelihood ratio goes along the measured curves of several texts.
///
/// @param texts those with a curve
public record AlongCurves(List<AlongCurve> texts) {
  public AlongCurves {
    texts = List.copyOf(texts);
  }

  /// A mean over texts.
  ///
  /// @param texts over so many, at least one
  /// @param mean each counting the same
  /// @param interval 95 % of the mean over all texts that could have been there
  public record Mean(int texts, double mean, Interval interval) {}

  /// The mean rank correlation of ratio and rise within a text; of no texts where none has one.
  public Optional<Mean> correlation() {
    // A mean over problems is of values in [0, 1].
    List<Double> values =
        texts.stream()
            .flatMapToDouble(text -> text.correlation().stream())
            .mapToObj(value -> Math.clamp((1 + value) / 2, 0.0, 1.0))
            .toList();
    if (values.isEmpty()) {
      return Optional.empty();
    }
    ProblemMean mean = ProblemMean.ofValues(values);
    Interval interval = mean.interval(.95);
    return Optional.of(
        new Mean(
            values.size(),
            2 * mean.estimate() - 1,
            new Interval(2 * interval.low() - 1, 2 * interval.high() - 1)));
  }

  /// The windows that the token of the ratio furthest from 0 lies in.
  public Proportion hits() {
    List<AlongCurve.Found> found = found();
    return new Proportion(found.stream().filter(AlongCurve.Found::hit).count(), found.size());
  }

  /// The share of windows that a token drawn at random lies in.
  ///
  /// @return 0 where there are no windows
  public double chance() {
    return found().stream().mapToDouble(AlongCurve.Found::chance).average().orElse(0);
  }

  private List<AlongCurve.Found> found() {
    return texts.stream().flatMap(text -> text.found().stream()).toList();
  }
}
