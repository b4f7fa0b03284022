package criticalwindows.probe;

import java.util.Arrays;
import java.util.List;

/// Forecasts of rows by fits that have not seen them.
public final class HeldOutForecasts {
  private static final double LEAST = 1e-6;

  private final String name;
  private final List<ProbeRow> rows;
  private final double[][] forecasts;

  /// @param name of the forecaster
  /// @param rows with what came out
  /// @param forecasts of shape [rows, classes]; no probability counts as less than 1e-6
  public HeldOutForecasts(String name, List<ProbeRow> rows, double[][] forecasts) {
    this.name = name;
    this.rows = List.copyOf(rows);
    this.forecasts =
        Arrays.stream(forecasts).map(HeldOutForecasts::possible).toArray(double[][]::new);
    if (rows.size() != forecasts.length) {
      throw new IllegalArgumentException(forecasts.length + " forecasts of " + rows.size());
    }
  }

  /// A logarithm of 0 would make one row count more than all others.
  private static double[] possible(double[] forecast) {
    double[] clamped = Arrays.stream(forecast).map(q -> StrictMath.max(LEAST, q)).toArray();
    double sum = Arrays.stream(clamped).sum();
    return Arrays.stream(clamped).map(q -> q / sum).toArray();
  }

  /// The forecaster.
  public String name() {
    return name;
  }

  /// The rows.
  public List<ProbeRow> rows() {
    return rows;
  }

  /// The forecast of a class at a row.
  public double of(int row, int category) {
    return forecasts[row][category];
  }

  /// The log score of a row, in nats.
  double log(int row) {
    return log(row, rows.get(row).target());
  }

  /// The same of what else may have come out.
  double log(int row, Target target) {
    double sum = 0;
    for (int k = 0; k < target.classes(); k++) {
      sum -= target.share(k) * StrictMath.log(forecasts[row][k]);
    }
    return sum;
  }

  /// Half the mean of Σ (q − y)² over single outcomes y, in [0, 1].
  double brier(int row) {
    Target target = rows.get(row).target();
    double sum = 0;
    for (int k = 0; k < target.classes(); k++) {
      double q = forecasts[row][k];
      double p = target.share(k);
      sum += p * (1 - q) * (1 - q) + (1 - p) * q * q;
    }
    return sum / 2;
  }
}
