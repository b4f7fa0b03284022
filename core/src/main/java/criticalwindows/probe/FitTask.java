package criticalwindows.probe;

import java.util.List;

/// What a probe is fitted to.
///
/// The loss is the weighted mean over rows of −Σ share · ln p over the classes: the multinomial
/// likelihood of the counts, in which a row counts by its weight and not by its trials; nothing is
/// thresholded. Its derivatives by the scores of the tokens are computed here, so that a fitter
/// needs to know nothing of kinds.
public final class FitTask {
  private final ProbeKind kind;
  private final int classes;
  private final float[][] vectors;
  private final List<FitRow> rows;
  private final double mass;
  private final Standard standard;

  /// @param kind of the probe
  /// @param classes that it tells apart, at least two
  /// @param vectors of the tokens, of shape [tokens, width]; they are read in place
  /// @param rows at least one with a weight
  public FitTask(ProbeKind kind, int classes, float[][] vectors, List<FitRow> rows) {
    this.kind = kind;
    this.classes = classes;
    this.vectors = vectors;
    this.rows = List.copyOf(rows);
    mass = rows.stream().mapToDouble(FitRow::weight).sum();
    if (!(mass > 0)) {
      throw new IllegalArgumentException("nothing to fit in " + rows.size() + " rows");
    }
    standard = Standard.of(vectors);
  }

  /// How many tokens there are.
  public int tokens() {
    return vectors.length;
  }

  /// The size of a token's vectors.
  public int width() {
    return vectors[0].length;
  }

  /// How many scores of each token the probe goes by.
  public int scores() {
    return kind.scores(classes);
  }

  /// A token's vectors, of shape \[width\], as they are: not to be written to.
  public float[] vector(int token) {
    return vectors[token];
  }

  /// Mean and scale of the tokens' vectors.
  public Standard standard() {
    return standard;
  }

  /// The loss at these scores, without any penalty.
  ///
  /// @param scores of shape [tokens, scores]
  /// @param slopes of the same shape: what the loss's derivatives are written to
  /// @return in nats
  public double loss(double[] scores, double[] slopes) {
    java.util.Arrays.fill(slopes, 0);
    double sum = 0;
    for (FitRow row : rows) {
      Stretch stretch = new Stretch(scores, scores(), row.first(), row.last());
      double[] logits = kind.logits(stretch.state(kind));
      double share = row.weight() / mass;
      sum += share * loss(row.target(), logits);
      double[] asked = Logits.softmax(logits);
      for (int k = 0; k < asked.length; k++) {
        asked[k] = share * (asked[k] - row.target().share(k));
      }
      kind.back(stretch, asked, slopes);
    }
    return sum;
  }

  /// −Σ share · ln p, with p the softmax of the logits.
  static double loss(Target target, double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = StrictMath.max(most, logit);
    }
    double sum = 0;
    double at = 0;
    for (int k = 0; k < logits.length; k++) {
      sum += StrictMath.exp(logits[k] - most);
      at += target.share(k) * (logits[k] - most);
    }
    return StrictMath.log(sum) - at;
  }
}
