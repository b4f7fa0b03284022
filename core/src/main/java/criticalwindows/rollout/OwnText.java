package criticalwindows.rollout;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Prediction;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Whether a text looks like one that the model wrote itself, drawn by the sampling of its
/// predictions.
///
/// A text that was drawn so is `t` times likelier at another temperature with probability `1/t` at
/// most, whatever the model and however long the text: the number of times is 1 on average at each
/// token (Ville 1939). Texts of others are unlikely by the model, as those of a higher temperature
/// are; texts chosen for their likelihood look like those of a lower one.
///
/// @param tokens how many were looked at, at least 1
/// @param impossible how many of them the sampling never draws
/// @param z the sum of excesses ÷ the root of the sum of variances: mean 0 and variance 1 for an
///   own text, and nearly normal for a long one; -∞ where a token is impossible, 0 where the
///   sampling leaves no choice
/// @param perplexity exp of the mean of -log p, p plain
/// @param evidence natural logarithm of how many times likelier the text is at other temperatures:
///   the mean over those of [Prediction.Ratios]; impossible tokens left out
public record OwnText(int tokens, int impossible, double z, double perplexity, double evidence) {
  /// From here on a text counts as another's: 10,000 times likelier.
  public static final double ENOUGH = Math.log(10_000);

  /// What single precision can make of an excess of 0.
  private static final double ROUNDING = 1e-6;

  private static final List<ToDoubleFunction<Prediction.Ratios>> TEMPERATURES =
      List.of(
          Prediction.Ratios::colder,
          Prediction.Ratios::cooler,
          Prediction.Ratios::warmer,
          Prediction.Ratios::hotter);

  public OwnText {
    if (tokens < 1 || impossible < 0 || impossible > tokens) {
      throw new IllegalArgumentException(impossible + " of " + tokens + " tokens");
    }
  }

  /// What the predictions of a text say.
  ///
  /// @param predictions at least one; of the text's first tokens
  /// @param logProbs of the same tokens, and maybe of more
  public static OwnText of(List<Prediction> predictions, LogProbs logProbs) {
    int tokens = predictions.size();
    int impossible = (int) predictions.stream().filter(one -> !one.possible()).count();
    double log = 0;
    for (int i = 0; i < tokens; i++) {
      log += logProbs.at(i);
    }
    double z = impossible > 0 ? Double.NEGATIVE_INFINITY : z(predictions);
    return new OwnText(tokens, impossible, z, Math.exp(-log / tokens), evidence(predictions));
  }

  private static double z(List<Prediction> predictions) {
    double excess = predictions.stream().mapToDouble(Prediction::excess).sum();
    double variance = predictions.stream().mapToDouble(Prediction::variance).sum();
    return Math.abs(excess) <= ROUNDING * predictions.size() ? 0 : excess / Math.sqrt(variance);
  }

  private static double evidence(List<Prediction> predictions) {
    double[] sums =
        TEMPERATURES.stream()
            .mapToDouble(
                at -> predictions.stream().mapToDouble(p -> at.applyAsDouble(p.ratios())).sum())
            .toArray();
    double most = Double.NEGATIVE_INFINITY;
    for (double sum : sums) {
      most = Math.max(most, sum);
    }
    double times = 0;
    for (double sum : sums) {
      times += Math.exp(sum - most) / sums.length;
    }
    return most + Math.log(times);
  }

  /// Whether it is not a text that the sampling drew: it could not draw it, or of 10,000 texts that
  /// it draws one at most looks so.
  public boolean offPolicy() {
    return impossible > 0 || evidence >= ENOUGH;
  }
}
