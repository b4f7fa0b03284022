package criticalwindows.model;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Draws tokens from rows of logits. One sampler serves one thread: it keeps scratch space of the
/// vocabulary's size.
public final class Sampler {
  private final double[] weights;
  private final long[] order;

  /// @param vocabulary the number of logits in a row
  public Sampler(int vocabulary) {
    weights = new double[vocabulary];
    order = new long[vocabulary];
  }

  /// A token and its log-probability.
  ///
  /// @param logProb natural log, under the model's plain distribution (temperature 1, nothing
  ///   masked), whatever it was drawn from
  public record Drawn(int id, float logProb) {
    /// The plain log-probabilities of these ids, from the row of logits that this was drawn from.
    public LogProbs probs(float[] logits, Tokens ids) {
      double total = logits[id] - (double) logProb;
      float[] probs = new float[ids.size()];
      for (int i = 0; i < probs.length; i++) {
        probs[i] = (float) StrictMath.min(0, logits[ids.at(i)] - total);
      }
      return LogProbs.of(probs);
    }
  }

  /// One token drawn from a row of logits. Takes one random number, or none when greedy.
  ///
  /// @param logits as many as the vocabulary; -∞ means never
  /// @throws IllegalStateException if the row holds a NaN, as a broken model or adapter gives
  public Drawn draw(float[] logits, Sampling sampling, RandomGenerator random) {
    int likeliest = argmax(logits);
    float max = logits[likeliest];
    double sum = weigh(logits, max, 1);
    int id = likeliest;
    if (!sampling.greedy()) {
      double share =
          sampling.temperature() == 1 ? sum : weigh(logits, max, 1 / sampling.temperature());
      double mass = random.nextDouble();
      id = sampling.topP() < 1 ? nucleus(share, sampling.topP(), mass) : walk(mass * share);
    }
    return new Drawn(id, (float) (logits[id] - max - Math.log(sum)));
  }

  /// The entropy of a row's plain distribution, in nats: from 0 to the logarithm of the vocabulary.
  public double entropy(float[] logits) {
    float max = logits[argmax(logits)];
    double sum = weigh(logits, max, 1);
    double mean = 0;
    for (int i = 0; i < logits.length; i++) {
      // What never comes adds nothing: 0 times -∞ is no number.
      mean += weights[i] > 0 ? weights[i] * (logits[i] - max) : 0;
    }
    return Math.max(0, Math.log(sum) - mean / sum);
  }

  /// The plain log-probabilities of these ids in a row of logits.
  public LogProbs probs(float[] logits, Tokens ids) {
    float max = logits[argmax(logits)];
    double log = Math.log(weigh(logits, max, 1));
    float[] probs = new float[ids.size()];
    for (int i = 0; i < probs.length; i++) {
      probs[i] = (float) (logits[ids.at(i)] - max - log);
    }
    return LogProbs.of(probs);
  }

  private int argmax(float[] logits) {
    if (logits.length != weights.length) {
      throw new IllegalArgumentException(
          logits.length + " logits for a vocabulary of " + weights.length);
    }
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    if (Float.isNaN(logits[best]) || logits[best] == Float.NEGATIVE_INFINITY) {
      throw new IllegalStateException("the model gave no finite logit");
    }
    return best;
  }

  private double weigh(float[] logits, float max, double inverseTemperature) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double weight = Math.exp((logits[i] - max) * inverseTemperature);
      weights[i] = weight;
      sum += weight;
    }
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("the model gave a logit that is not a number");
    }
    return sum;
  }

  private int walk(double target) {
    double reached = 0;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        reached += weights[i];
        last = i;
        if (reached > target) {
          return i;
        }
      }
    }
    return last;
  }

  /// The likeliest tokens that together reach `topP`, and one of them. Tokens that are too rare to
  /// matter even together are set aside before the rest is sorted.
  private int nucleus(double sum, double topP, double mass) {
    double floor = sum * (1 - topP) / weights.length;
    int candidates = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] >= floor) {
        // Weights are in [0, 1], so their float bits sort as they do; ids break ties.
        order[candidates++] = ((long) ~Float.floatToIntBits((float) weights[i]) << 32) | i;
      }
    }
    Arrays.sort(order, 0, candidates);
    double kept = 0;
    int size = 0;
    while (size < candidates && kept < topP * sum) {
      kept += weights[(int) order[size++]];
    }
    double reached = 0;
    for (int i = 0; i < size; i++) {
      int id = (int) order[i];
      reached += weights[id];
      if (reached > mass * kept) {
        return id;
      }
    }
    return (int) order[size - 1];
  }
}
