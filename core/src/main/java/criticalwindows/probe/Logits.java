package criticalwindows.probe;

/// Logits of classes: with two classes one score is enough, and the second class has the logit 0.
final class Logits {
  private Logits() {}

  /// How many scores tell so many classes apart.
  static int scores(int classes) {
    return classes == 2 ? 1 : classes;
  }

  /// The logits that scores stand for.
  static double[] of(double[] scores) {
    return scores.length == 1 ? new double[] {scores[0], 0} : scores.clone();
  }

  /// The probabilities that logits stand for.
  static double[] softmax(double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = StrictMath.max(most, logit);
    }
    double[] shares = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < shares.length; k++) {
      shares[k] = StrictMath.exp(logits[k] - most);
      sum += shares[k];
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= sum;
    }
    return shares;
  }
}
