package criticalwindows.ratio;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.RankCorrelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// The log-likelihood ratio of a text's tokens on the axis of its measured curve.
///
/// @param text its scores
/// @param curve what continuations came to
public record AlongCurve(TextScores text, MeasuredCurve curve) {
  /// The tokens between two neighbouring cuts.
  ///
  /// @param from tokens kept at the first cut
  /// @param to tokens kept at the second one
  /// @param ratio of these tokens together, in nats
  /// @param rise of the measured share from the first cut to the second
  public record Stretch(int from, int to, double ratio, double rise) {}

  /// Every stretch between cuts, in order.
  public List<Stretch> stretches() {
    List<Curve.Point> points = points();
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      int from = points.get(i - 1).position();
      int to = points.get(i).position();
      double rise =
          points.get(i).proportion().estimate() - points.get(i - 1).proportion().estimate();
      double ratio = IntStream.range(from, to).mapToDouble(text::ratio).sum();
      stretches.add(new Stretch(from, to, ratio, rise));
    }
    return stretches;
  }

  private List<Curve.Point> points() {
    return curve.curve().points().stream()
        .filter(point -> point.position() <= text.length() && point.proportion().known())
        .toList();
  }

  /// Spearman's correlation of ratio and rise over the stretches, in [−1, 1].
  ///
  /// @return absent with fewer than three stretches, or where all rises or all ratios are equal
  public OptionalDouble correlation() {
    List<Stretch> all = stretches();
    return all.size() < 3
        ? OptionalDouble.empty()
        : RankCorrelation.of(
            all.stream().mapToDouble(Stretch::ratio).toArray(),
            all.stream().mapToDouble(Stretch::rise).toArray());
  }

  /// The window, and whether the likelihood ratio finds it.
  ///
  /// @param token the one between the first cut and the last whose ratio is furthest from 0; the
  ///   first of equal ones
  /// @param hit whether it lies in the window: token i takes a text from i tokens kept to i + 1,
  ///   and this stretch meets the window's interval
  /// @param chance the share of the tokens between the first cut and the last that lie so, which is
  ///   what a token drawn at random hits
  public record Found(int token, Interval window, boolean hit, double chance) {}

  /// What the ratio finds; absent where no window is claimed, or there are not two cuts.
  public Optional<Found> found() {
    List<Curve.Point> points = points();
    if (curve.window().isEmpty() || points.size() < 2) {
      return Optional.empty();
    }
    Interval window = curve.window().get();
    int from = points.getFirst().position();
    int to = points.getLast().position();
    int largest = from;
    for (int token = from; token < to; token++) {
      if (Math.abs(text.ratio(token)) > Math.abs(text.ratio(largest))) {
        largest = token;
      }
    }
    long within = IntStream.range(from, to).filter(token -> meets(token, window)).count();
    return Optional.of(
        new Found(largest, window, meets(largest, window), within / (double) (to - from)));
  }

  private static boolean meets(int token, Interval window) {
    return token <= window.high() && token + 1 >= window.low();
  }
}
