package criticalwindows.stats;

import java.util.List;

/// Whether the steps of forecasts can be foretold. Forecasts that are right form a martingale:
/// given all before, the next one is on average the same. So a regression of the steps on the
/// forecast before them, step = drift + pull · (forecast − ½), has both coefficients 0.
///
/// A drift above 0 says that forecasts rise where they should have been high before. A pull below 0
/// says that they go back on themselves: they said too much.
///
/// *Source:* the covariance is Liang's and Zeger's, Biometrika 73 (1986) 13–22, by clusters, with
/// the correction n ÷ (n − 1); both coefficients are tested together by Hotelling's T².
///
/// @param drift the step from a forecast of one half
/// @param pull how much less the step is for each unit of forecast
/// @param statistic F with 2 and clusters − 2 degrees of freedom
/// @param pValue how often chance alone gives as much, in [0, 1]; 1 with fewer than 3 clusters
/// @param steps so many
/// @param clusters that have a step
public record StepTest(
    double drift, double pull, double statistic, double pValue, int steps, int clusters) {
  /// A step.
  ///
  /// @param cluster any number; steps with the same one are alike
  /// @param before the forecast, in [0, 1]
  /// @param after the next one, in [0, 1]
  public record Move(int cluster, double before, double after) {}

  /// Tests steps.
  ///
  /// @param moves any number
  public static StepTest of(List<Move> moves) {
    int most = moves.stream().mapToInt(Move::cluster).max().orElse(0) + 1;
    int clusters = (int) moves.stream().mapToInt(Move::cluster).distinct().count();
    Fit fit = Fit.of(moves);
    if (clusters < 3 || !(fit.determinant() > 1e-12)) {
      double drift = moves.stream().mapToDouble(m -> m.after - m.before).average().orElse(0);
      return new StepTest(drift, 0, 0, 1, moves.size(), clusters);
    }
    double[][] pieces = new double[most][2];
    for (Move move : moves) {
      double rest = fit.rest(move);
      pieces[move.cluster][0] += rest;
      pieces[move.cluster][1] += rest * (move.before - .5);
    }
    double f = fit.wald(pieces, clusters) * (clusters - 2) / (2.0 * (clusters - 1));
    // P(F > f) with 2 degrees above.
    double p = StrictMath.pow(1 + 2 * f / (clusters - 2), -(clusters - 2) / 2.0);
    return new StepTest(fit.drift, fit.pull, f, p, moves.size(), clusters);
  }

  /// The least-squares line.
  private record Fit(double n, double x, double xx, double drift, double pull) {
    static Fit of(List<Move> moves) {
      double x = 0;
      double xx = 0;
      double y = 0;
      double xy = 0;
      for (Move move : moves) {
        double at = move.before - .5;
        double step = move.after - move.before;
        x += at;
        xx += at * at;
        y += step;
        xy += at * step;
      }
      int n = moves.size();
      double determinant = n * xx - x * x;
      return new Fit(n, x, xx, (xx * y - x * xy) / determinant, (n * xy - x * y) / determinant);
    }

    double determinant() {
      return n * xx - x * x;
    }

    double rest(Move move) {
      return move.after - move.before - drift - pull * (move.before - .5);
    }

    /// β′ V⁻¹ β with V = A⁻¹ M A⁻¹: that is (A β)′ M⁻¹ (A β).
    double wald(double[][] pieces, int clusters) {
      double aa = 0;
      double ab = 0;
      double bb = 0;
      for (double[] piece : pieces) {
        aa += piece[0] * piece[0];
        ab += piece[0] * piece[1];
        bb += piece[1] * piece[1];
      }
      double correction = clusters / (clusters - 1.0);
      double u = n * drift + x * pull;
      double v = x * drift + xx * pull;
      double area = aa * bb - ab * ab;
      return area > 0 ? (bb * u * u - 2 * ab * u * v + aa * v * v) / (area * correction) : 0;
    }
  }
}
