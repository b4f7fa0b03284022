package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.probe.FitRow;
import criticalwindows.probe.FitTask;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.Target;
import criticalwindows.view.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cw bench probes`: how long a fit takes, and how near it comes to a direction that was planted.
@Command(
    name = "probes",
    description = {
      "Measures fits of probes to random vectors with a direction that was planted: seconds of one"
          + " fit, and the direction that it finds."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw bench probes --rounds 3 --json probes.json"})
final class ProbeFitBench implements Callable<Integer> {
  private static final double PENALTY = .01;
  private static final int TRIALS = 8;

  private final Console console;
  private final Optional<ProbeFitter> fitter;
  private final BenchTable table = new BenchTable();

  @Option(
      names = "--rows",
      defaultValue = "100000",
      description = "Places of the fit (default: ${DEFAULT-VALUE}).")
  int rows = 100_000;

  @Option(
      names = "--width",
      defaultValue = "512",
      description = "Of a vector (default: ${DEFAULT-VALUE}).")
  int width = 512;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Repetitions (default: ${DEFAULT-VALUE}).")
  int rounds = 3;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers there too.")
  Optional<Path> json = Optional.empty();

  ProbeFitBench(Console console, Optional<ProbeFitter> fitter) {
    this.console = console;
    this.fitter = fitter;
  }

  @Override
  public Integer call() {
    ProbeFitter with = ProbeFitter.required(fitter, "bench probes");
    double[] planted = planted();
    FitTask task = task(planted);
    List<Double> seconds = new ArrayList<>();
    List<Double> cosines = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      long begun = System.nanoTime();
      double[] found = with.fit(task, List.of(PENALTY)).getFirst().direction(0);
      seconds.add((System.nanoTime() - begun) / 1e9);
      cosines.add(cosine(planted, found));
    }
    String what = Numbers.count(rows) + " × " + Numbers.count(width) + ", logistic";
    say(new BenchTable.Row("random", "seconds of one fit, " + what, "<= 30", seconds));
    say(new BenchTable.Row("random", "cosine with the planted direction", "", cosines));
    json.ifPresent(table::write);
    return 0;
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

  private void say(BenchTable.Row row) {
    table.add(row, "");
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%-8s %-50s %-24s %s",
                row.model(),
                row.what(),
                BenchTable.spread(row.values()),
                row.bar()));
  }
}
