package criticalwindows.bench;

import criticalwindows.probe.FitRow;
import criticalwindows.probe.FitTask;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.Target;
import criticalwindows.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// How long a fit to random vectors takes, and how near it comes to a direction that was planted.
///
/// @param rows places of the fit
/// @param width of a vector
record ProbeFitBench(int rows, int width) {
  static final ProbeFitBench FULL = new ProbeFitBench(100_000, 512);
  static final ProbeFitBench SMALL = new ProbeFitBench(2000, 32);

  private static final double PENALTY = .01;
  private static final int TRIALS = 8;

  /// Measures.
  ///
  /// @param rounds at least 1
  List<BenchTable.Row> measured(ProbeFitter fitter, int rounds) {
    double[] planted = planted();
    FitTask task = task(planted);
    List<Double> seconds = new ArrayList<>();
    List<Double> cosines = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      long begun = System.nanoTime();
      double[] found = fitter.fit(task, List.of(PENALTY)).getFirst().direction(0);
      seconds.add((System.nanoTime() - begun) / 1e9);
      cosines.add(cosine(planted, found));
    }
    String what = Numbers.count(rows) + " × " + Numbers.count(width) + ", logistic";
    return List.of(
        new BenchTable.Row("random", "seconds of one fit, " + what, "<= 30", seconds),
        new BenchTable.Row("random", "cosine with the planted direction", "", cosines));
  }

  private double[] planted() {
    RandomGenerator random = new SplittableRandom(1);
    double[] planted = new double[width];
    for (int i = 0; i < width; i++) {
      planted[i] = 1.5 * random.nextGaussian() / Math.sqrt(width);
    }
    return planted;
  }

  private FitTask task(double[] planted) {
    RandomGenerator random = new SplittableRandom(2);
    float[][] vectors = new float[rows][width];
    List<FitRow> fit = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double odds = 0;
      for (int i = 0; i < width; i++) {
        vectors[row][i] = (float) random.nextGaussian();
        odds += planted[i] * vectors[row][i];
      }
      double p = 1 / (1 + Math.exp(-odds));
      int yes = 0;
      for (int trial = 0; trial < TRIALS; trial++) {
        yes += random.nextDouble() < p ? 1 : 0;
      }
      fit.add(new FitRow(row, row, Target.counts(yes, TRIALS - yes), 1));
    }
    return new FitTask(ProbeKinds.named("logistic"), 2, vectors, fit);
  }

  private static double cosine(double[] one, double[] other) {
    double product = 0;
    double ones = 0;
    double others = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
      ones += one[i] * one[i];
      others += other[i] * other[i];
    }
    return product / Math.sqrt(ones * others);
  }
}
