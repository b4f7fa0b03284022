package criticalwindows.testbed;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;
import criticalwindows.testbed.Measurement.Label;
import criticalwindows.world.Question;
import java.util.ArrayList;
import java.util.List;

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

  /// The error beside the least there can be, by family and over all; then the jumps.
  public List<Measurement> measurements() {
    List<Measurement> found = new ArrayList<>();
    if (unchosen > 0) {
      List<SampledCurve> first = curves.subList(0, unchosen);
      found.add(error(first));
      // Where all is decided from the first token there is no chance, and no ratio to it.
      List<SampledCurve> open =
          first.stream().filter(curve -> CurveSimulation.expected(curve) > 0).toList();
      if (!open.isEmpty()) {
        found.add(ratio("", first, new Bar.AtMost(MOST_RATIO)));
      }
      for (String family : open.stream().map(SampledCurve::family).distinct().toList()) {
        List<SampledCurve> some =
            first.stream().filter(curve -> curve.family().equals(family)).toList();
        found.add(ratio(family, some, Bar.none()));
      }
    }
    List<SampledCurve> large =
        curves.stream().filter(curve -> curve.exactJump().rise() >= LARGE).toList();
    if (!large.isEmpty()) {
      found.add(jumps(large));
    }
    return found;
  }

  private static Measurement error(List<SampledCurve> curves) {
    Ratio ratio =
        Ratio.mean(
            curves.stream()
                .map(curve -> CurveSimulation.deviation(curve) / SampledCurve.CUTS)
                .toList());
    return line(
        "",
        "mean |sampled - exact|",
        Estimate.ratio(ratio, Interval.SHARE, curves.size()),
        Bar.none());
  }

  /// |k/n − p| summed over all cuts, divided by what the binomial distribution makes of it.
  private static Measurement ratio(String family, List<SampledCurve> curves, Bar bar) {
    List<Ratio.Share> shares =
        curves.stream()
            .map(
                curve ->
                    new Ratio.Share(
                        CurveSimulation.deviation(curve), CurveSimulation.expected(curve)))
            .toList();
    Estimate estimate =
        Estimate.ratio(Ratio.of(shares), Interval.POSITIVE, curves.size()).withNoise(noise(curves));
    return line(family, "that error / binomial expectation", estimate, bar).beside(1);
  }

  /// The standard error of the ratio if the model were exact.
  private static double noise(List<SampledCurve> curves) {
    double expected = curves.stream().mapToDouble(CurveSimulation::expected).sum();
    CurveSimulation simulation = new CurveSimulation(1);
    double squares = 0;
    for (int i = 0; i < SIMULATIONS; i++) {
      double seen = 0;
      for (SampledCurve curve : curves) {
        seen += CurveSimulation.deviation(simulation.again(curve));
      }
      squares += (seen / expected - 1) * (seen / expected - 1);
    }
    return Math.sqrt(squares / SIMULATIONS);
  }

  private static Measurement jumps(List<SampledCurve> large) {
    Estimate estimate = Estimate.share(share(large), LEAST_FOUND);
    String what = "exact jump >= 0.3 found in its interval";
    return line("", what, estimate, new Bar.AtLeast(LEAST_FOUND)).beside(byChance(large));
  }

  private static Proportion share(List<SampledCurve> curves) {
    long found =
        curves.stream()
            .filter(curve -> curve.sampledJump().interval() == curve.exactJump().interval())
            .count();
    return new Proportion(found, curves.size());
  }

  /// What an exact model would reach with as many continuations, for chance moves its jumps too.
  private static double byChance(List<SampledCurve> large) {
    CurveSimulation simulation = new CurveSimulation(1);
    Proportion found = Proportion.NONE;
    for (int i = 0; i < SIMULATIONS; i++) {
      found = found.plus(share(large.stream().map(simulation::again).toList()));
    }
    return found.estimate();
  }

  private static Measurement line(String family, String what, Estimate estimate, Bar bar) {
    return Measurement.held(new Label("consistency", family, what), estimate, bar);
  }
}
