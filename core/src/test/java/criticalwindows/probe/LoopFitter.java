package criticalwindows.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Fits in plain loops: L-BFGS with steps that are halved until the loss falls enough.
final class LoopFitter implements ProbeFitter {
  private static final int HISTORY = 20;

  @Override
  public List<ProbeNumbers> fit(FitTask task, List<Double> penalties) {
    Descent descent = new Descent(task);
    List<ProbeNumbers> all = new ArrayList<>();
    for (double penalty : penalties) {
      descent.go(penalty);
      all.add(descent.numbers());
    }
    return all;
  }

  /// The numbers lie as scores × (width + 1), the bias last.
  private static final class Descent {
    private final FitTask task;
    private final int wide;
    private final float[][] vectors;
    private double[] at;

    Descent(FitTask task) {
      this.task = task;
      wide = task.width() + 1;
      at = new double[task.scores() * wide];
      vectors = new float[task.tokens()][task.width()];
      double[] means = task.standard().means();
      double[] scales = task.standard().scales();
      for (int t = 0; t < vectors.length; t++) {
        for (int i = 0; i < task.width(); i++) {
          vectors[t][i] = (float) ((task.vector(t)[i] - means[i]) / scales[i]);
        }
      }
    }

    private double value(double[] numbers, double[] gradient, double penalty) {
      int count = task.scores();
      double[] scores = new double[task.tokens() * count];
      double[] slopes = new double[scores.length];
      for (int t = 0; t < vectors.length; t++) {
        for (int k = 0; k < count; k++) {
          double sum = numbers[k * wide + wide - 1];
          for (int i = 0; i < wide - 1; i++) {
            sum += numbers[k * wide + i] * vectors[t][i];
          }
          scores[t * count + k] = sum;
        }
      }
      double loss = task.loss(scores, slopes);
      Arrays.fill(gradient, 0);
      for (int t = 0; t < vectors.length; t++) {
        for (int k = 0; k < count; k++) {
          double slope = slopes[t * count + k];
          for (int i = 0; slope != 0 && i < wide - 1; i++) {
            gradient[k * wide + i] += slope * vectors[t][i];
          }
          gradient[k * wide + wide - 1] += slope;
        }
      }
      for (int i = 0; i < numbers.length; i++) {
        if (i % wide != wide - 1) {
          loss += penalty / 2 * numbers[i] * numbers[i];
          gradient[i] += penalty * numbers[i];
        }
      }
      return loss;
    }

    void go(double penalty) {
      List<double[][]> pairs = new ArrayList<>();
      double[] gradient = new double[at.length];
      double here = value(at, gradient, penalty);
      for (int step = 0; step < 100 && product(gradient, gradient) > 1e-16; step++) {
        double[] direction = direction(pairs, gradient);
        double length = pairs.isEmpty() ? Math.min(1, 1 / norm(gradient)) : 1;
        double[] next = moved(at, direction, length);
        double[] there = new double[at.length];
        double value = value(next, there, penalty);
        double slope = product(gradient, direction);
        while (value > here + 1e-4 * length * slope && length > 1e-12) {
          length /= 2;
          next = moved(at, direction, length);
          value = value(next, there, penalty);
        }
        if (length <= 1e-12) {
          return;
        }
        double[] s = moved(next, at, -1);
        double[] y = moved(there, gradient, -1);
        if (product(s, y) > 1e-14) {
          pairs.add(new double[][] {s, y});
          if (pairs.size() > HISTORY) {
            pairs.removeFirst();
          }
        }
        at = next;
        gradient = there;
        here = value;
      }
    }

    private static double[] direction(List<double[][]> pairs, double[] gradient) {
      double[] q = gradient.clone();
      double[] a = new double[pairs.size()];
      for (int i = pairs.size() - 1; i >= 0; i--) {
        double[][] pair = pairs.get(i);
        a[i] = product(pair[0], q) / product(pair[0], pair[1]);
        q = moved(q, pair[1], -a[i]);
      }
      if (!pairs.isEmpty()) {
        double[][] last = pairs.getLast();
        double scale = product(last[0], last[1]) / product(last[1], last[1]);
        q = moved(new double[q.length], q, scale);
      }
      for (int i = 0; i < pairs.size(); i++) {
        double[][] pair = pairs.get(i);
        double b = product(pair[1], q) / product(pair[0], pair[1]);
        q = moved(q, pair[0], a[i] - b);
      }
      return moved(new double[q.length], q, -1);
    }

    private static double norm(double[] a) {
      return Math.sqrt(product(a, a));
    }

    private static double product(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }

    private static double[] moved(double[] from, double[] by, double length) {
      double[] moved = new double[from.length];
      Arrays.setAll(moved, i -> from[i] + length * by[i]);
      return moved;
    }

    ProbeNumbers numbers() {
      double[][] weights = new double[task.scores()][];
      double[] biases = new double[weights.length];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = Arrays.copyOfRange(at, k * wide, (k + 1) * wide - 1);
        biases[k] = at[(k + 1) * wide - 1];
      }
      return new ProbeNumbers(weights, biases, task.standard());
    }
  }
}
