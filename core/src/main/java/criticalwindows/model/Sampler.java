package criticalwindows.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /// What a row of logits predicts where a token stands.
  public Prediction prediction(float[] logits, Sampling sampling, int id) {
    return predictions(logits, sampling, id).getFirst();
  }

  /// What it predicts where each of these ids could stand, in their order.
  ///
  /// @param sampling whose drawn distribution is meant: exactly that of [#draw]
  public List<Prediction> predictions(float[] logits, Sampling sampling, int... ids) {
    int likeliest = argmax(logits);
    double sum = weigh(logits, logits[likeliest], 1);
    double entropy = entropy(logits, logits[likeliest], sum);
    drawn(logits, likeliest, sum, sampling);
    Spread drawn = Spread.of(weights);
    List<Prediction> all = new ArrayList<>();
    for (int id : ids) {
      all.add(
          new Prediction(
              (float) entropy,
              likeliest,
              (float) -Math.log(sum),
              (float) drawn.excess(weights[id]),
              (float) drawn.variance(),
              drawn.ratios(weights[id])));
    }
    return all;
  }

  /// Of the plain distribution, whose weights there are.
  private double entropy(float[] logits, float max, double sum) {
    double mean = 0;
    for (int i = 0; i < logits.length; i++) {
      // What never comes adds nothing: 0 times -∞ is no number.
      mean += weights[i] > 0 ? weights[i] * (logits[i] - max) : 0;
    }
    return Math.max(0, Math.log(sum) - mean / sum);
  }

  /// Leaves the weights that a sampling draws by, 0 for what it never draws.
  ///
  /// @param sum of the plain weights, which are there
  private void drawn(float[] logits, int likeliest, double sum, Sampling sampling) {
    if (sampling.greedy()) {
      Arrays.fill(weights, 0);
      weights[likeliest] = 1;
    } else {
      double share =
          sampling.temperature() == 1
              ? sum
              : weigh(logits, logits[likeliest], 1 / sampling.temperature());
      if (sampling.topP() < 1) {
        keep(share, sampling.topP());
      }
    }
  }

  /// Leaves the weights of a nucleus alone.
  private void keep(double sum, double topP) {
    int size = fill(sum, topP);
    double[] kept = new double[size];
    for (int i = 0; i < size; i++) {
      kept[i] = weights[(int) order[i]];
    }
    Arrays.fill(weights, 0);
    for (int i = 0; i < size; i++) {
      weights[(int) order[i]] = kept[i];
    }
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

  /// One of the likeliest tokens that together reach `topP`.
  private int nucleus(double sum, double topP, double mass) {
    int size = fill(sum, topP);
    double kept = 0;
    for (int i = 0; i < size; i++) {
      kept += weights[(int) order[i]];
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

  /// Puts the likeliest tokens that together reach `topP` first in [#order]. Tokens that are too
  /// rare to matter even together are set aside before the rest is sorted.
  ///
  /// @return how many they are
  private int fill(double sum, double topP) {
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
    return size;
  }
}
