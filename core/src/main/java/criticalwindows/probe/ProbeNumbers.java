package criticalwindows.probe;

/// The numbers of a probe: for each score a weight for each number of the vectors and a bias, and
/// the mean and scale by which vectors are put to a common size first.
///
/// The score of a vector x is bias + Σ weight · (x − mean) ÷ scale.
public final class ProbeNumbers {
  private final double[][] weights;
  private final double[] biases;
  private final double[] means;
  private final double[] scales;
  private final double[][] folded;
  private final double[] offsets;

  /// @param weights of shape [scores, width]
  /// @param biases one for each score
  /// @param standard of the vectors
  /// @throws IllegalArgumentException if the shapes do not fit, or a number is not finite
  public ProbeNumbers(double[][] weights, double[] biases, Standard standard) {
    this.biases = biases.clone();
    this.means = standard.means();
    this.scales = standard.scales();
    this.weights = new double[weights.length][];
    this.folded = new double[weights.length][means.length];
    this.offsets = biases.clone();
    if (biases.length != weights.length) {
      throw new IllegalArgumentException(biases.length + " biases of " + weights.length);
    }
    for (int k = 0; k < weights.length; k++) {
      this.weights[k] = weights[k].clone();
      fold(k);
    }
  }

  private void fold(int score) {
    if (weights[score].length != means.length) {
      throw new IllegalArgumentException(weights[score].length + " weights of " + means.length);
    }
    for (int i = 0; i < means.length; i++) {
      folded[score][i] = weights[score][i] / scales[i];
      offsets[score] -= folded[score][i] * means[i];
    }
    if (!Double.isFinite(offsets[score])) {
      throw new IllegalArgumentException("score " + score + " is not finite");
    }
  }

  /// How many scores there are.
  public int scores() {
    return weights.length;
  }

  /// The size of the vectors of a token.
  public int width() {
    return means.length;
  }

  /// A score's weights in standardised units, of shape \[width\].
  ///
  /// @param score from 0
  public double[] weights(int score) {
    return weights[score].clone();
  }

  /// The biases, one for each score.
  public double[] biases() {
    return biases.clone();
  }

  /// Mean and scale of the vectors.
  public Standard standard() {
    return new Standard(means, scales);
  }

  /// A score's weights in the vectors' own units, of shape \[width\]: the direction in which the
  /// score rises.
  ///
  /// @param score from 0
  public double[] direction(int score) {
    return folded[score].clone();
  }

  /// The scores of a token.
  ///
  /// @param vectors of shape \[width\]
  double[] of(float[] vectors) {
    if (vectors.length != means.length) {
      throw new IllegalArgumentException(vectors.length + " numbers, not " + means.length);
    }
    double[] scores = offsets.clone();
    for (int k = 0; k < scores.length; k++) {
      double sum = 0;
      double[] row = folded[k];
      for (int i = 0; i < row.length; i++) {
        sum += row[i] * vectors[i];
      }
      scores[k] += sum;
    }
    return scores;
  }
}
