package criticalwindows.bench;

import criticalwindows.stats.Proportion;
import java.util.SplittableRandom;

/// Random numbers that simulations need.
final class Draws {
  private final SplittableRandom random;

  Draws(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// In 0 … bound − 1.
  int below(int bound) {
    return random.nextInt(bound);
  }

  /// In [0, 1).
  double uniform() {
    return random.nextDouble();
  }

  /// An index, each with its chance; these sum to 1.
  int among(double[] chances) {
    double rest = random.nextDouble();
    int index = 0;
    while (index < chances.length - 1 && rest >= chances[index]) {
      rest -= chances[index++];
    }
    return index;
  }

  Proportion trials(double probability, int count) {
    int successes = 0;
    for (int i = 0; i < count; i++) {
      successes += random.nextDouble() < probability ? 1 : 0;
    }
    return new Proportion(successes, count);
  }

  double beta(double a, double b) {
    double x = gamma(a);
    return x / (x + gamma(b));
  }

  /// *Source:* Marsaglia and Tsang, "A simple method for generating gamma variables", ACM Trans.
  /// Math. Softw. 26 (2000) 363–372.
  private double gamma(double shape) {
    if (shape < 1) {
      return gamma(shape + 1) * StrictMath.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1 / 3.0;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double log = .5 * x * x + d - d * v + d * StrictMath.log(v);
        if (StrictMath.log(1 - random.nextDouble()) < log) {
          return d * v;
        }
      }
    }
  }
}
