package criticalwindows.testbed;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Normal;
import criticalwindows.testbed.Measurement.Label;
import criticalwindows.world.Posterior;
import criticalwindows.world.Program;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// How long an exact posterior takes, at random places of random texts, after warm-up.
///
/// @param family of the programs
/// @param milliseconds one for each posterior, from the quickest to the slowest; at least one
public record PosteriorTimes(String family, List<Double> milliseconds) {
  private static final double MOST_MEDIAN = 5;
  private static final double MOST_RARE = 50;
  private static final double RARE = .999;
  private static final double WARM_UP = .5;

  public PosteriorTimes {
    milliseconds = milliseconds.stream().sorted().toList();
  }

  /// @param nanoseconds a clock, best one of this thread's own work alone
  public static PosteriorTimes measure(
      String family, List<Program> programs, RandomGenerator random, LongSupplier nanoseconds) {
    List<Double> times = new ArrayList<>();
    int unheard = (int) (programs.size() * WARM_UP);
    for (int i = -unheard; i < programs.size(); i++) {
      Program program = programs.get(Math.floorMod(i, programs.size()));
      String text = WrittenReply.sample(program, random).text();
      String prefix = text.substring(0, random.nextInt(text.length() + 1));
      long begun = nanoseconds.getAsLong();
      boolean possible = Posterior.of(program, prefix).inSupport();
      long taken = nanoseconds.getAsLong() - begun;
      if (!possible) {
        throw new IllegalStateException("a program denies its own text: " + prefix);
      }
      if (i >= 0) {
        times.add(taken / 1e6);
      }
    }
    return new PosteriorTimes(family, times);
  }

  /// Those of all families together.
  public static PosteriorTimes together(List<PosteriorTimes> families) {
    List<Double> all = new ArrayList<>();
    families.forEach(each -> all.addAll(each.milliseconds));
    return new PosteriorTimes("all", all);
  }

  /// Median and 99.9th percentile.
  public List<Measurement> measurements() {
    return List.of(
        quantile("milliseconds, median", .5, MOST_MEDIAN),
        quantile("milliseconds, p99.9", RARE, MOST_RARE));
  }

  private Measurement quantile(String what, double p, double most) {
    Estimate estimate = new Estimate(at(p), interval(p), milliseconds.size(), 0);
    return Measurement.held(new Label("posterior", family, what), estimate, new Bar.AtMost(most));
  }

  /// By ranks: the number of times below a quantile is binomial.
  private Interval interval(double p) {
    double z = Normal.quantile((1 + Estimate.LEVEL) / 2);
    double half = z * Math.sqrt(p * (1 - p) / milliseconds.size());
    return new Interval(at(p - half), at(p + half));
  }

  private double at(double p) {
    int rank = (int) Math.ceil(p * milliseconds.size()) - 1;
    return milliseconds.get(Math.clamp(rank, 0, milliseconds.size() - 1));
  }
}
