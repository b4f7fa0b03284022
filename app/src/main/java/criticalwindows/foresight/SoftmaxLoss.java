package criticalwindows.foresight;

import java.util.List;

/// The loss of a linear softmax on states, and where it is least.
///
/// It is convex, and Newton's method finds its minimum: each step is found by conjugate gradients,
/// so that the matrix of second derivatives is never written down, and is halved until the loss
/// falls.
///
/// *Source:* Nocedal and Wright, Numerical Optimization (2nd edition, 2006), algorithm 7.1.
final class SoftmaxLoss {
  /// No problem of the world has more options.
  static final int CLASSES = 5;

  private static final int STEPS = 60;
  private static final int INNER = 60;
  private static final double SMALL = 1e-7;
  private static final double ENOUGH = 1e-4;

  private final float[][] states;
  private final List<AnswerCounts> counts;
  private final double penalty;
  private final double mass;

  /// @param states of shape [rows, size]
  /// @param counts one for each row
  SoftmaxLoss(float[][] states, List<AnswerCounts> counts, double penalty) {
    this.states = states;
    this.counts = counts;
    this.penalty = penalty;
    mass = counts.stream().mapToDouble(AnswerCounts::total).sum();
  }

  /// The logits of the first classes.
  ///
  /// @param weights class by class: one for each number of a state, and one that is added
  static double[] logits(double[] weights, float[] state, int classes) {
    double[] logits = new double[classes];
    int wide = state.length + 1;
    for (int k = 0; k < classes; k++) {
      double sum = weights[k * wide + state.length];
      for (int i = 0; i < state.length; i++) {
        sum += weights[k * wide + i] * state[i];
      }
      logits[k] = sum;
    }
    return logits;
  }

  /// The weights of least loss.
  ///
  /// @param start where the search begins
  double[] least(double[] start) {
    double[] weights = start.clone();
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = gradient(weights);
      double norm = StrictMath.sqrt(product(gradient, gradient));
      if (norm < SMALL) {
        break;
      }
      double[] direction = direction(weights, gradient, norm);
      double before = value(weights);
      double slope = product(gradient, direction);
      double length = 1;
      double[] next = moved(weights, direction, length);
      while (value(next) > before + ENOUGH * length * slope && length > SMALL) {
        length /= 2;
        next = moved(weights, direction, length);
      }
      if (length <= SMALL) {
        break;
      }
      weights = next;
    }
    return weights;
  }

  /// Newton's step, by conjugate gradients.
  private double[] direction(double[] weights, double[] gradient, double norm) {
    double[][] probabilities = probabilities(weights);
    double[] step = new double[gradient.length];
    double[] residual = moved(new double[gradient.length], gradient, -1);
    double[] search = residual.clone();
    double square = norm * norm;
    double enough = StrictMath.min(.5, StrictMath.sqrt(norm)) * norm;
    for (int i = 0; i < INNER && StrictMath.sqrt(square) > enough; i++) {
      double[] curved = curvature(probabilities, search);
      double along = product(search, curved);
      if (!(along > 0)) {
        break;
      }
      double length = square / along;
      step = moved(step, search, length);
      residual = moved(residual, curved, -length);
      double next = product(residual, residual);
      search = moved(residual, search, next / square);
      square = next;
    }
    return step;
  }

  private double[][] probabilities(double[] weights) {
    double[][] all = new double[states.length][];
    for (int row = 0; row < all.length; row++) {
      all[row] = softmax(logits(weights, states[row], counts.get(row).options()));
    }
    return all;
  }

  private static double[] softmax(double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = StrictMath.max(most, logit);
    }
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      logits[k] = StrictMath.exp(logits[k] - most);
      sum += logits[k];
    }
    for (int k = 0; k < logits.length; k++) {
      logits[k] /= sum;
    }
    return logits;
  }

  /// The mean loss of a continuation, and the penalty.
  double value(double[] weights) {
    double loss = 0;
    for (int row = 0; row < states.length; row++) {
      AnswerCounts found = counts.get(row);
      double[] probabilities = softmax(logits(weights, states[row], found.options()));
      for (int k = 0; k < probabilities.length; k++) {
        if (found.of(k) > 0) {
          loss -= found.of(k) * StrictMath.log(StrictMath.max(Double.MIN_NORMAL, probabilities[k]));
        }
      }
    }
    double squares = 0;
    int wide = weights.length / CLASSES;
    for (int i = 0; i < weights.length; i++) {
      squares += i % wide == wide - 1 ? 0 : weights[i] * weights[i];
    }
    return loss / mass + penalty / 2 * squares;
  }

  private double[] gradient(double[] weights) {
    double[] gradient = penalised(weights);
    for (int row = 0; row < states.length; row++) {
      AnswerCounts found = counts.get(row);
      double[] slopes = softmax(logits(weights, states[row], found.options()));
      for (int k = 0; k < slopes.length; k++) {
        slopes[k] = found.total() * slopes[k] - found.of(k);
      }
      add(gradient, slopes, states[row]);
    }
    return gradient;
  }

  /// The matrix of second derivatives times a vector.
  private double[] curvature(double[][] probabilities, double[] vector) {
    double[] product = penalised(vector);
    for (int row = 0; row < states.length; row++) {
      double[] p = probabilities[row];
      double[] moves = logits(vector, states[row], p.length);
      double mean = 0;
      for (int k = 0; k < p.length; k++) {
        mean += p[k] * moves[k];
      }
      for (int k = 0; k < p.length; k++) {
        moves[k] = counts.get(row).total() * p[k] * (moves[k] - mean);
      }
      add(product, moves, states[row]);
    }
    return product;
  }

  private double[] penalised(double[] weights) {
    double[] result = new double[weights.length];
    int wide = weights.length / CLASSES;
    for (int i = 0; i < weights.length; i++) {
      result[i] = i % wide == wide - 1 ? 0 : penalty * weights[i];
    }
    return result;
  }

  private void add(double[] to, double[] slopes, float[] state) {
    int wide = state.length + 1;
    for (int k = 0; k < slopes.length; k++) {
      double slope = slopes[k] / mass;
      for (int i = 0; i < state.length; i++) {
        to[k * wide + i] += slope * state[i];
      }
      to[k * wide + state.length] += slope;
    }
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    double[] moved = new double[from.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = from[i] + length * direction[i];
    }
    return moved;
  }
}
