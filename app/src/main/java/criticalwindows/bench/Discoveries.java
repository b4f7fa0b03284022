package criticalwindows.bench;

import criticalwindows.localise.Prior;
import criticalwindows.localise.WindowPosterior;
import criticalwindows.stats.Curve;
import criticalwindows.stats.FalseDiscovery;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.TwoProportions;
import java.util.ArrayList;
import java.util.List;

/// What survives when a corpus of curves is read with care: adjacent differences by Benjamini and
/// Hochberg, and windows by their posterior.
///
/// @param tests of adjacent differences: two-sided, pooled, n as given
/// @param nominal p < .05
/// @param survive q ≤ .05
/// @param curves in the corpus
/// @param windows curves with a window at a Bayesian false discovery rate of .05
/// @param episodes windows on these curves, by their likeliest number
/// @param sharp of these, likelier one token wide than broad
record Discoveries(
    int tests, int nominal, int survive, int curves, int windows, int episodes, int sharp) {
  private static final double RATE = .05;

  /// The corpus of these curves.
  ///
  /// @param samples at every position
  static Discoveries of(List<GivenCurve> curves, int samples, Prior prior) {
    List<Double> p = new ArrayList<>();
    List<Double> nothing = new ArrayList<>();
    List<WindowPosterior> posteriors = new ArrayList<>();
    for (GivenCurve curve : curves) {
      for (int i = 1; i < curve.values().length; i++) {
        p.add(TwoProportions.pValue(curve.values()[i - 1], samples, curve.values()[i], samples));
      }
      WindowPosterior posterior = WindowPosterior.of(counts(curve, samples), curve.length(), prior);
      posteriors.add(posterior);
      nothing.add(posterior.noWindow());
    }
    List<Double> q = FalseDiscovery.bayesian(nothing);
    int windows = 0;
    int episodes = 0;
    int sharp = 0;
    for (int i = 0; i < q.size(); i++) {
      if (q.get(i) <= RATE) {
        windows++;
        WindowPosterior posterior = posteriors.get(i);
        episodes += posterior.likeliest();
        sharp +=
            (int)
                posterior.windows(posterior.likeliest(), .9).stream()
                    .filter(window -> window.sharp() > .5)
                    .count();
      }
    }
    return new Discoveries(
        p.size(),
        (int) p.stream().filter(value -> value < .05).count(),
        (int) FalseDiscovery.benjaminiHochberg(p).stream().filter(value -> value <= RATE).count(),
        curves.size(),
        windows,
        episodes,
        sharp);
  }

  private static Curve counts(GivenCurve curve, int samples) {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < curve.kept().length; i++) {
      long successes = StrictMath.round(curve.values()[i] * samples);
      points.add(new Curve.Point(curve.kept()[i], new Proportion(successes, samples)));
    }
    return new Curve(points);
  }
}
