package criticalwindows.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.probe.FitRow;
import criticalwindows.probe.FitTask;
import criticalwindows.probe.ProbeKind;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeNumbers;
import criticalwindows.probe.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TorchProbeFitterTest {
  private static final int TOKENS = 600;
  private static final int WIDTH = 6;
  private static final double PENALTY = .02;

  static Stream<ProbeKind> smooth() {
    return ProbeKinds.ALL.stream().filter(kind -> !kind.name().equals("max"));
  }

  /// Texts of six tokens, asked at each.
  private static FitTask task(ProbeKind kind, int classes) {
    RandomGenerator random = new SplittableRandom(3);
    float[][] vectors = new float[TOKENS][WIDTH];
    List<FitRow> rows = new ArrayList<>();
    for (int t = 0; t < TOKENS; t++) {
      for (int i = 0; i < WIDTH; i++) {
        vectors[t][i] = (float) (3 * random.nextGaussian() + i);
      }
      double p = 1 / (1 + Math.exp(-vectors[t][1] + 1));
      int[] counts = new int[classes];
      for (int trial = 0; trial < 5; trial++) {
        counts[random.nextDouble() < p ? 0 : 1 + random.nextInt(classes - 1)]++;
      }
      rows.add(new FitRow(t / 6 * 6, t, Target.counts(counts), 1 + t % 2));
    }
    return new FitTask(kind, classes, vectors, rows);
  }

  /// The derivative of loss and penalty by each number, in double: it is 0 at the least.
  @ParameterizedTest
  @MethodSource("smooth")
  void whereItEndsNothingFallsAnyMore(ProbeKind kind) {
    int classes = kind.name().equals("logistic") ? 2 : 3;
    FitTask task = task(kind, classes);
    ProbeNumbers found = new TorchProbeFitter(1).fit(task, List.of(1.0, PENALTY)).getLast();
    double[] scores = new double[TOKENS * task.scores()];
    double[][] standard = standard(task);
    for (int t = 0; t < TOKENS; t++) {
      for (int k = 0; k < task.scores(); k++) {
        double sum = found.biases()[k];
        for (int i = 0; i < WIDTH; i++) {
          sum += found.weights(k)[i] * standard[t][i];
        }
        scores[t * task.scores() + k] = sum;
      }
    }
    double[] slopes = new double[scores.length];
    task.loss(scores, slopes);
    for (int k = 0; k < task.scores(); k++) {
      double bias = 0;
      double[] gradient = new double[WIDTH];
      for (int t = 0; t < TOKENS; t++) {
        double slope = slopes[t * task.scores() + k];
        bias += slope;
        for (int i = 0; i < WIDTH; i++) {
          gradient[i] += slope * standard[t][i];
        }
      }
      assertThat(bias).as("bias " + k).isCloseTo(0, within(1e-4));
      for (int i = 0; i < WIDTH; i++) {
        double whole = gradient[i] + PENALTY * found.weights(k)[i];
        assertThat(whole).as("weight " + k + ", " + i).isCloseTo(0, within(1e-4));
      }
    }
  }

  private static double[][] standard(FitTask task) {
    double[][] all = new double[TOKENS][WIDTH];
    for (int t = 0; t < TOKENS; t++) {
      for (int i = 0; i < WIDTH; i++) {
        double apart = task.vector(t)[i] - task.standard().means()[i];
        all[t][i] = apart / task.standard().scales()[i];
      }
    }
    return all;
  }

  @Test
  void aProbeThatGoesByTheLargestScoreFallsToo() {
    FitTask task = task(ProbeKinds.named("max"), 2);
    ProbeNumbers found = new TorchProbeFitter(1).fit(task, List.of(1.0, .01)).getLast();
    double[] flat = new double[TOKENS];
    double[] scores = new double[TOKENS];
    double[][] standard = standard(task);
    for (int t = 0; t < TOKENS; t++) {
      scores[t] = found.biases()[0];
      for (int i = 0; i < WIDTH; i++) {
        scores[t] += found.weights(0)[i] * standard[t][i];
      }
    }
    double[] unused = new double[TOKENS];
    assertThat(task.loss(scores, unused)).isLessThan(task.loss(flat, unused) - .02);
  }

  @Test
  void theSameTaskGivesTheSameNumbers() {
    FitTask task = task(ProbeKinds.named("attention"), 2);
    TorchProbeFitter fitter = new TorchProbeFitter(1);
    ProbeNumbers one = fitter.fit(task, List.of(.1, .01)).getLast();
    ProbeNumbers other = fitter.fit(task, List.of(.1, .01)).getLast();
    assertThat(other.weights(0)).isEqualTo(one.weights(0));
    assertThat(other.biases()).isEqualTo(one.biases());
  }
}
