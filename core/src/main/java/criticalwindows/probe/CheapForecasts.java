package criticalwindows.probe;

import java.util.List;

/// The forecasts that a probe has to beat.
public final class CheapForecasts {
  /// All; the base rate first.
  public static final List<CheapForecast> ALL =
      List.of(
          new BaseRate(),
          new PositionForecast(),
          new ItemPrior(),
          new ColumnForecast(
              "early answer",
              "what forced answers at the place say, by the columns early*",
              "early"),
          new ColumnForecast(
              "surprise",
              "log-probability and entropy of the tokens so far, by the columns logprob* and"
                  + " entropy*",
              "logprob",
              "entropy"),
          new BagOfWords(),
          new FirstToken());

  private CheapForecasts() {}
}
