package criticalwindows.monitor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Scores that are mixed to one: each is standardised by what it is on benign responses, and they
/// are added with weights. Where a score has no value yet it counts as usual, with 0; where none
/// has, there is none.
///
/// @param parts at least one
public record MixedScore(List<Part> parts) {
  public MixedScore {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a mixture of nothing");
    }
  }

  /// A score of a mixture.
  public record Part(TokenScore score, Share share) {}

  /// How a score counts.
  ///
  /// @param weight finite
  public record Share(double weight, Standard standard) {
    /// Of one score that stays as it is.
    public static final Share WHOLE = new Share(1, Standard.NONE);

    public Share {
      if (!Double.isFinite(weight)) {
        throw new IllegalArgumentException("a weight of " + weight);
      }
    }

    private double of(double value) {
      return weight * (value - standard.mean) / standard.deviation;
    }
  }

  /// What a score is on benign responses.
  ///
  /// @param mean over all their tokens at which it has a value
  /// @param deviation likewise, the standard one, above 0
  public record Standard(double mean, double deviation) {
    /// Leaves a score as it is.
    public static final Standard NONE = new Standard(0, 1);

    public Standard {
      if (!Double.isFinite(mean) || !(deviation > 0) || !Double.isFinite(deviation)) {
        throw new IllegalArgumentException("mean " + mean + ", deviation " + deviation);
      }
    }

    /// Of a score on benign responses; where it never varies, its deviation counts as 1.
    ///
    /// @param benign its values token by token, of each response
    public static Standard of(List<double[]> benign) {
      double[] all =
          benign.stream().flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
      if (all.length == 0) {
        return NONE;
      }
      double mean = Arrays.stream(all).sum() / all.length;
      double square = Arrays.stream(all).map(each -> (each - mean) * (each - mean)).sum();
      double deviation = StrictMath.sqrt(square / all.length);
      return new Standard(mean, deviation > 0 ? deviation : 1);
    }
  }

  /// One score, as it is.
  public static MixedScore of(TokenScore score) {
    return new MixedScore(List.of(new Part(score, Share.WHOLE)));
  }

  /// The mixed score.
  ///
  /// @param values of the parts; −∞ where one has none yet
  double of(double[] values) {
    return sum(parts.stream().map(Part::share).toList(), values);
  }

  /// The mixed score.
  ///
  /// @param values one for each share; −∞ where there is none yet
  public static double sum(List<Share> shares, double[] values) {
    if (Arrays.stream(values).allMatch(value -> value == Double.NEGATIVE_INFINITY)) {
      return Double.NEGATIVE_INFINITY;
    }
    return IntStream.range(0, values.length)
        .filter(i -> values[i] != Double.NEGATIVE_INFINITY)
        .mapToDouble(i -> shares.get(i).of(values[i]))
        .sum();
  }
}
