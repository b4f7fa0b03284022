package criticalwindows.probe;

import java.util.Arrays;

/// The direction of a linear probe in a model's residual stream, for steering along it.
///
/// Its length is natural: the standard deviation of what activations have in its direction. So a
/// scale of 1 moves a text by one standard deviation of the texts that were given, whatever the
/// model and the layer.
public final class SteeringDirection {
  private final double[] unit;
  private final double deviation;

  private SteeringDirection(double[] unit, double deviation) {
    this.unit = unit;
    this.deviation = deviation;
  }

  /// Of a probe's weights.
  ///
  /// @param weights in the vectors' own units: those on standardised vectors, each divided by its
  ///   scale; not all 0
  /// @param vectors the activations, of shape \[places, width\], at least two
  /// @throws IllegalArgumentException if there is no direction, or the vectors do not vary along it
  public static SteeringDirection of(double[] weights, float[][] vectors) {
    double length = StrictMath.sqrt(Arrays.stream(weights).map(w -> w * w).sum());
    double[] unit = Arrays.stream(weights).map(w -> w / length).toArray();
    double[] along = Arrays.stream(vectors).mapToDouble(vector -> dot(unit, vector)).toArray();
    double mean = Arrays.stream(along).average().orElse(0);
    double squares = Arrays.stream(along).map(x -> (x - mean) * (x - mean)).sum();
    double deviation = StrictMath.sqrt(squares / (along.length - 1));
    if (!(length > 0 && deviation > 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException("weights of length " + length + ", spread " + deviation);
    }
    return new SteeringDirection(unit, deviation);
  }

  private static double dot(double[] unit, float[] vector) {
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      sum += unit[i] * vector[i];
    }
    return sum;
  }

  /// The standard deviation of the activations along it, above 0, in the vectors' own unit.
  public double deviation() {
    return deviation;
  }

  /// What a scale of 1 adds: the direction, as long as [#deviation].
  ///
  /// @return of shape \[width\]
  public float[] vector() {
    float[] vector = new float[unit.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (deviation * unit[i]);
    }
    return vector;
  }
}
