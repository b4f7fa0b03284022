package criticalwindows.model;

import java.util.Arrays;

/// Natural-log probabilities, one a token, of the model's plain distribution (temperature 1,
/// nothing masked). Each is at most 0. Stored as 32-bit floats.
public final class LogProbs {
  /// Of no token.
  public static final LogProbs NONE = new LogProbs(new float[0]);

  private final float[] values;

  private LogProbs(float[] values) {
    this.values = values;
  }

  /// A copy of `values`.
  public static LogProbs of(float... values) {
    return new LogProbs(values.clone());
  }

  /// The number of tokens they belong to.
  public int size() {
    return values.length;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return values.length == 0;
  }

  /// The log-probability of token `i`, counted from 0.
  public float at(int i) {
    return values[i];
  }

  /// The log-probability of the whole text: their sum, added in double precision.
  public double sum() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /// A copy as an array.
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogProbs that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
