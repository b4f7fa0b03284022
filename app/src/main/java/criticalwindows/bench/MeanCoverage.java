package criticalwindows.bench;

import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// How often the interval of a mean over problems holds the mean of the law that they come from.
///
/// @param problems in a study
/// @param held share of the studies whose interval holds it
/// @param width of the interval, on average
record MeanCoverage(Law law, Samples samples, int problems, double held, double width) {
  /// Confidence of the intervals.
  static final double LEVEL = .95;

  /// How the shares of problems differ.
  enum Law {
    /// Most problems are decided, one way or the other.
    EXTREME("Beta(0.2, 0.1)", .2 / .3),
    /// Every share is as frequent.
    EVEN("Beta(1, 1)", .5),
    /// Most shares are large.
    HIGH("Beta(3, 1)", .75),
    /// All problems are alike.
    ALIKE("all 0.95", .95),
    /// Most problems are nearly certain, and rare ones are not.
    RARE("97 % at 0.999, 3 % at 0.3", .97 * .999 + .03 * .3);

    private final String words;
    private final double mean;

    Law(String words, double mean) {
      this.words = words;
      this.mean = mean;
    }

    /// For people.
    String words() {
      return words;
    }

    /// The share of one problem.
    double draw(RandomGenerator random) {
      return switch (this) {
        case EXTREME -> beta(random, .2, .1);
        case EVEN -> random.nextDouble();
        case HIGH -> StrictMath.cbrt(random.nextDouble());
        case ALIKE -> .95;
        case RARE -> random.nextDouble() < .03 ? .3 : .999;
      };
    }

    /// *Source:* Jöhnk, "Erzeugung von betaverteilten und gammaverteilten Zufallszahlen", Metrika 8
    /// (1964) 5–15; for parameters up to 1.
    private static double beta(RandomGenerator random, double a, double b) {
      while (true) {
        double x = StrictMath.pow(random.nextDouble(), 1 / a);
        double y = StrictMath.pow(random.nextDouble(), 1 / b);
        if (x + y > 0 && x + y <= 1) {
          return x / (x + y);
        }
      }
    }
  }

  /// How many samples a problem has.
  enum Samples {
    ONE("1"),
    MANY("25"),
    /// As likely the one as the other.
    UNEQUAL("10 or 100");

    private final String words;

    Samples(String words) {
      this.words = words;
    }

    /// For people.
    String words() {
      return words;
    }

    private int draw(RandomGenerator random) {
      return switch (this) {
        case ONE -> 1;
        case MANY -> 25;
        case UNEQUAL -> random.nextBoolean() ? 10 : 100;
      };
    }
  }

  /// Every law with every number of samples and of problems.
  ///
  /// @param problems numbers of them, each at least 1
  /// @param studies of each kind, at least 1
  static List<MeanCoverage> of(List<Integer> problems, int studies, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<MeanCoverage> rows = new ArrayList<>();
    for (Law law : Law.values()) {
      for (Samples samples : Samples.values()) {
        for (int number : problems) {
          int held = 0;
          double width = 0;
          for (int study = 0; study < studies; study++) {
            Interval interval = study(law, samples, number, random).interval(LEVEL);
            held += interval.holds(law.mean) ? 1 : 0;
            width += interval.width();
          }
          double all = studies;
          rows.add(new MeanCoverage(law, samples, number, held / all, width / all));
        }
      }
    }
    return List.copyOf(rows);
  }

  private static ProblemMean study(Law law, Samples samples, int problems, RandomGenerator random) {
    Proportion[] shares = new Proportion[problems];
    Arrays.setAll(shares, i -> share(law, samples, random));
    return ProblemMean.of(List.of(shares));
  }

  private static Proportion share(Law law, Samples samples, RandomGenerator random) {
    double p = law.draw(random);
    int trials = samples.draw(random);
    int successes = 0;
    for (int i = 0; i < trials; i++) {
      successes += random.nextDouble() < p ? 1 : 0;
    }
    return new Proportion(successes, trials);
  }
}
