package criticalwindows.testbed;

import criticalwindows.stats.Binomial;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;
import criticalwindows.testbed.Measurement.Label;
import criticalwindows.world.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Whether sampled consistency curves are the exact ones, and whether their largest jump is where
/// the exact one is.
///
/// @param curves of the first problems, whatever they look like, then only of such with a large
///   exact jump
/// @param unchosen how many of them were taken whatever they look like
/// @param replies of the model that were looked at, those outside the support among them
public record Consistency(List<SampledCurve> curves, int unchosen, int replies) {
  /// A jump of this height is large.
  static final double LARGE = .3;

  private static final double MOST_RATIO = 1.3;
  private static final double LEAST_FOUND = .9;
  private static final int SIMULATIONS = 200;

  public Consistency {
    curves = List.copyOf(curves);
  }

  /// How much is measured.
  ///
  /// @param problems whose replies lie in the support, at least
  /// @param jumps of them with an exact jump of at least .3, at least
  /// @param samples continuations from each cut
  public record Size(int problems, int jumps, int samples) {}

  /// A question and the family it is of.
  public record Asked(String family, Question question) {}

  /// Takes questions in order until there is enough, or until there are no more.
  ///
  /// @param partial is told what is known so far, after every few problems
  public static Consistency measure(
      Organism organism, List<Asked> questions, Size size, Consumer<Consistency> partial)
      throws InterruptedException {
    return new CurveSampler(organism, size).sample(questions, partial);
  }

  /// The error beside the least there can be, by family and over all; then the jumps.
  public List<Measurement> measurements() {
    List<Measurement> found = new ArrayList<>();
    if (unchosen > 0) {
      List<SampledCurve> first = curves.subList(0, unchosen);
      found.add(error(first));
      found.add(ratio("", first, new Bar.AtMost(MOST_RATIO)));
      for (String family : first.stream().map(SampledCurve::family).distinct().toList()) {
        List<SampledCurve> some =
            first.stream().filter(curve -> curve.family().equals(family)).toList();
        found.add(ratio(family, some, Bar.none()));
      }
    }
    List<SampledCurve> large =
        curves.stream().filter(curve -> curve.exactJump().rise() >= LARGE).toList();
    if (!large.isEmpty()) {
      found.add(jumps(large));
      found.add(jumpsByChance(large));
    }
    return found;
  }

  private static Measurement error(List<SampledCurve> curves) {
    Ratio ratio =
        Ratio.mean(curves.stream().map(curve -> deviation(curve) / curve.samples()).toList());
    return line("", "mean |sampled - exact|", Estimate.ratio(ratio, curves.size()), Bar.none());
  }

  /// Mean over the cuts of |k − n p|.
  private static double deviation(SampledCurve curve) {
    double sum = 0;
    for (int i = 0; i < curve.exact().size(); i++) {
      sum += Math.abs(curve.same().get(i) - curve.samples() * curve.exact().get(i));
    }
    return sum / curve.exact().size();
  }

  /// |k/n − p| summed over all cuts, divided by what the binomial distribution makes of it. Its
  /// noise is exact: cuts are written on independently of each other.
  private static Measurement ratio(String family, List<SampledCurve> curves, Bar bar) {
    List<Ratio.Share> shares = new ArrayList<>();
    double variance = 0;
    double all = 0;
    for (SampledCurve curve : curves) {
      double expected = 0;
      for (double p : curve.exact()) {
        Binomial binomial = new Binomial(curve.samples(), Math.clamp(p, 0.0, 1.0));
        expected += binomial.meanDeviation();
        variance += binomial.deviationVariance();
      }
      all += expected;
      double seen = deviation(curve) / curve.samples() * curve.exact().size();
      shares.add(new Ratio.Share(seen, expected));
    }
    Estimate estimate =
        Estimate.ratio(Ratio.of(shares), curves.size()).withNoise(Math.sqrt(variance) / all);
    return line(family, "that error / binomial expectation", estimate, bar).beside(1);
  }

  private static Measurement jumps(List<SampledCurve> large) {
    return line(
        "",
        "exact jump >= .3 found in its interval",
        Estimate.share(
            share(large, curve -> curve.sampledJump().interval() == curve.exactJump().interval()),
            LEAST_FOUND),
        new Bar.AtLeast(LEAST_FOUND));
  }

  private static Proportion share(List<SampledCurve> curves, Predicate<SampledCurve> found) {
    return new Proportion(curves.stream().filter(found).count(), curves.size());
  }

  /// What an exact model would reach with as many continuations: chance moves its jumps too.
  private static Measurement jumpsByChance(List<SampledCurve> large) {
    SplittableRandom random = new SplittableRandom(1);
    Proportion found = Proportion.NONE;
    for (SampledCurve curve : large) {
      int interval = curve.exactJump().interval();
      int hits = 0;
      for (int i = 0; i < SIMULATIONS; i++) {
        List<Double> drawn =
            curve.exact().stream().map(p -> drawn(random, curve.samples(), p)).toList();
        hits += SampledCurve.jump(drawn).interval() == interval ? 1 : 0;
      }
      found = found.plus(new Proportion(hits, SIMULATIONS));
    }
    return line(
        "",
        "  the same of an exact model (simulated)",
        Estimate.share(found, LEAST_FOUND),
        Bar.none());
  }

  private static double drawn(SplittableRandom random, int samples, double p) {
    int same = 0;
    for (int i = 0; i < samples; i++) {
      same += random.nextDouble() < p ? 1 : 0;
    }
    return (double) same / samples;
  }

  private static Measurement line(String family, String what, Estimate estimate, Bar bar) {
    return Measurement.held(new Label("consistency", family, what), estimate, bar);
  }
}
