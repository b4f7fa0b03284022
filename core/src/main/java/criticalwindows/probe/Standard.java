package criticalwindows.probe;

import java.util.Arrays;

/// The mean and the scale of each number of vectors, by which they are put to a common size.
public final class Standard {
  private final double[] means;
  private final double[] scales;

  /// @param means of shape \[width\]
  /// @param scales as many, each more than 0
  /// @throws IllegalArgumentException if these do not fit
  public Standard(double[] means, double[] scales) {
    this.means = means.clone();
    this.scales = scales.clone();
    if (means.length != scales.length || !Arrays.stream(scales).allMatch(scale -> scale > 0)) {
      throw new IllegalArgumentException(means.length + " means, scales not above 0");
    }
  }

  /// Those of vectors, each of which counts the same: mean and standard deviation. The scale of a
  /// number that is the same in all is 1.
  ///
  /// @param vectors of shape [any number from 1, width]
  static Standard of(float[][] vectors) {
    int width = vectors[0].length;
    double[] means = new double[width];
    for (float[] vector : vectors) {
      for (int i = 0; i < width; i++) {
        means[i] += vector[i];
      }
    }
    for (int i = 0; i < width; i++) {
      means[i] /= vectors.length;
    }
    double[] scales = new double[width];
    for (float[] vector : vectors) {
      for (int i = 0; i < width; i++) {
        double apart = vector[i] - means[i];
        scales[i] += apart * apart;
      }
    }
    for (int i = 0; i < width; i++) {
      double scale = StrictMath.sqrt(scales[i] / vectors.length);
      // What rounding alone leaves of a constant is no scale.
      scales[i] = scale > 1e-7 * StrictMath.abs(means[i]) && scale > 0 ? scale : 1;
    }
    return new Standard(means, scales);
  }

  /// The means, of shape \[width\].
  public double[] means() {
    return means.clone();
  }

  /// The scales, of shape \[width\].
  public double[] scales() {
    return scales.clone();
  }
}
