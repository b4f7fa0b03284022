package criticalwindows.foresight;

import java.util.List;

/// How good forecasts of a problem's answer are, over all its options, and whether they move along
/// a response as forecasts should.
///
/// A forecast q of an answer with probabilities p has the expected Brier score Σ (q − p)² + Σ p (1
/// − p) and the expected log score −Σ p ln q. Only the first sum of the Brier score is the
/// forecast's own fault.
///
/// *Source:* Brier, Monthly Weather Review 78 (1950) 1–3; Good, J. R. Statist. Soc. B 14 (1952)
/// 107–114.
final class ForecastScores {
  /// No probability counts as less in the log score, which would be infinite where a
  /// single-precision number has become 0.
  static final double LEAST = 1e-6;

  private ForecastScores() {}

  /// Σ (q − p)²: the Brier score beyond what no forecast can take away, in [0, 2].
  static double excess(Forecast forecast, Forecast exact) {
    double sum = 0;
    for (int i = 0; i < exact.options(); i++) {
      double apart = forecast.of(i) - exact.of(i);
      sum += apart * apart;
    }
    return sum;
  }

  /// The same where p is known by counts alone: Σ (q − k/n)² − Σ k (n − k) ÷ (n² (n − 1)), which
  /// has Σ (q − p)² as its mean. It can come out below 0.
  ///
  /// @param counts of at least two continuations
  static double excess(Forecast forecast, AnswerCounts counts) {
    double n = counts.total();
    double sum = 0;
    for (int i = 0; i < counts.options(); i++) {
      double k = counts.of(i);
      double apart = forecast.of(i) - k / n;
      sum += apart * apart - k * (n - k) / (n * n * (n - 1));
    }
    return sum;
  }

  /// The expected Brier score, in [0, 2].
  static double brier(Forecast forecast, Forecast exact) {
    double sum = excess(forecast, exact);
    for (double p : exact.probabilities()) {
      sum += p * (1 - p);
    }
    return sum;
  }

  /// The expected log score in nats, at least 0.
  static double log(Forecast forecast, Forecast exact) {
    double sum = 0;
    for (int i = 0; i < exact.options(); i++) {
      sum -= exact.of(i) * StrictMath.log(StrictMath.max(LEAST, forecast.of(i)));
    }
    return sum;
  }

  /// How much the forecast of one option rose from the first place to the last. Of forecasts that
  /// are right its mean over responses is 0: what is expected to rise should have been said before.
  ///
  /// @param along the forecasts at the places of one response, at least one
  static double drift(List<Forecast> along, int option) {
    return along.getLast().of(option) - along.getFirst().of(option);
  }

  /// Σ (q′ − q) q over all options and all steps from one place to the next. Of forecasts that are
  /// right its mean over responses is 0, as no step can be foretold from where it begins. Below 0
  /// forecasts go back on themselves: they said too much. Above 0 they said too little.
  ///
  /// It is half of how much uncertainty they lost, Σ q² at the end less Σ q² at the beginning, less
  /// half of how far they moved, Σ (q′ − q)².
  ///
  /// *Source:* Augenblick and Rabin, "Belief movement, uncertainty reduction, and rational
  /// updating", Quarterly Journal of Economics 136 (2021) 933–985, where movement less reduction is
  /// tested.
  ///
  /// @param along the forecasts at the places of one response, at least one
  static double reversal(List<Forecast> along) {
    double sum = 0;
    for (int step = 1; step < along.size(); step++) {
      Forecast before = along.get(step - 1);
      for (int i = 0; i < before.options(); i++) {
        sum += (along.get(step).of(i) - before.of(i)) * before.of(i);
      }
    }
    return sum;
  }
}
