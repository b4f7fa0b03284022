package criticalwindows.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.model.Prediction;
import criticalwindows.model.Sampling;
import criticalwindows.model.Scored;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Predictions by their definitions.
final class Predictions {
  private static final double CLOSE = 2e-5;

  private final double[] plain;
  private final double[] drawn;
  private final int likeliest;
  private final double entropy;
  private final double mean;
  private final double variance;
  private final Map<Double, double[]> other = new HashMap<>();

  private Predictions(double[] logProbs, Sampling sampling) {
    plain = normal(Arrays.stream(logProbs).map(Math::exp).toArray());
    likeliest = order(plain).getFirst();
    drawn = sampling.greedy() ? new double[plain.length] : cut(sampling);
    if (sampling.greedy()) {
      drawn[likeliest] = 1;
    }
    entropy = entropy(plain);
    mean = -entropy(drawn);
    variance = variance();
    for (double factor : new double[] {8. / 11, 8. / 9, 8. / 7, 1.6}) {
      other.put(factor, normal(Arrays.stream(drawn).map(q -> Math.pow(q, 1 / factor)).toArray()));
    }
  }

  /// @param place what was found of every id at one place, in their order
  static void assertExact(List<Scored> place, Sampling sampling) {
    double[] logProbs = place.stream().mapToDouble(scored -> scored.logProbs().at(0)).toArray();
    Predictions exact = new Predictions(logProbs, sampling);
    for (int id = 0; id < logProbs.length; id++) {
      exact.assertThatOf(id, place.get(id).predictions().getFirst());
    }
  }

  private void assertThatOf(int id, Prediction found) {
    assertThat((double) found.entropy()).isCloseTo(entropy, within(CLOSE));
    assertThat(found.likeliest()).isEqualTo(likeliest);
    assertThat((double) found.likeliestLogProb())
        .isCloseTo(Math.log(plain[likeliest]), within(CLOSE));
    assertThat((double) found.variance()).isCloseTo(variance, within(CLOSE));
    assertThat(found.possible())
        .as("%s of %s, plain %s", id, found, plain[id])
        .isEqualTo(drawn[id] > 0);
    if (found.possible()) {
      double excess = Math.log(drawn[id]) - mean;
      assertThat((double) found.excess()).isCloseTo(excess, within(CLOSE));
      assertThat((double) found.ratios().colder()).isCloseTo(ratio(id, 8. / 11), within(CLOSE));
      assertThat((double) found.ratios().cooler()).isCloseTo(ratio(id, 8. / 9), within(CLOSE));
      assertThat((double) found.ratios().warmer()).isCloseTo(ratio(id, 8. / 7), within(CLOSE));
      assertThat((double) found.ratios().hotter()).isCloseTo(ratio(id, 1.6), within(CLOSE));
    } else {
      assertThat(found.ratios()).isEqualTo(Prediction.Ratios.NONE);
    }
  }

  /// The likeliest that together reach top-p, the lower id first among equals.
  private double[] cut(Sampling sampling) {
    double[] all =
        normal(Arrays.stream(plain).map(p -> Math.pow(p, 1 / sampling.temperature())).toArray());
    if (sampling.topP() == 1) {
      return all;
    }
    double[] kept = new double[all.length];
    double reached = 0;
    for (int id : order(all)) {
      if (reached < sampling.topP()) {
        kept[id] = all[id];
        reached += all[id];
      }
    }
    return normal(kept);
  }

  private static List<Integer> order(double[] probs) {
    // As floats, so that equals are equal whatever their last bits.
    return IntStream.range(0, probs.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer id) -> -(float) probs[id]))
        .toList();
  }

  private double ratio(int id, double factor) {
    return Math.log(Objects.requireNonNull(other.get(factor))[id] / drawn[id]);
  }

  private double variance() {
    return Arrays.stream(drawn)
        .filter(q -> q > 0)
        .map(q -> q * (Math.log(q) - mean) * (Math.log(q) - mean))
        .sum();
  }

  private static double entropy(double[] probs) {
    return -Arrays.stream(probs).filter(p -> p > 0).map(p -> p * Math.log(p)).sum();
  }

  private static double[] normal(double[] weights) {
    double sum = DoubleStream.of(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }
}
