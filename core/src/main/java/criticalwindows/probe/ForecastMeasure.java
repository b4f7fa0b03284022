package criticalwindows.probe;

import java.util.Arrays;
import java.util.Optional;

/// A measure of forecasts. Those of one class go by the first class.
public enum ForecastMeasure {
  AREA(
      "AUROC",
      "P(a continuation of the first class has a higher forecast than one of another class); ½ is"
          + " chance"),
  BRIER("Brier", "mean of half the squared distance from forecast to single outcomes; 0 is best"),
  BEYOND(
      "Brier beyond",
      "the same with the noise of single outcomes taken off: the forecast's own fault; 0 is best"),
  LOG("log score", "mean of −ln of the forecast of what came out, in nats; 0 is best"),
  SKILL(
      "skill",
      "share of the base rate's log score that is saved; 1 is best, below 0 is worse than the base"
          + " rate"),
  CALIBRATION(
      "ECE",
      "mean distance from forecast to outcome over ten bins of equal weight; noise alone makes it"
          + " larger than 0"),
  CALIBRATION_NOISE("ECE noise", "what that would be by noise alone, if forecasts had no error"),
  CAUGHT_1("TP at 1 %", "share of the first class above a threshold that 1 % of the others pass"),
  CAUGHT_5("TP at 5 %", "share of the first class above a threshold that 5 % of the others pass"),
  DRIFT(
      "drift", "by how much a forecast of one half rises to the next place; of right forecasts 0"),
  PULL(
      "pull",
      "how much less the step is for each unit of forecast: below 0 forecasts go back on"
          + " themselves; of right ones 0"),
  MARTINGALE("martingale p", "how often right forecasts give as much drift and pull by chance");

  private final String word;
  private final String about;

  ForecastMeasure(String word, String about) {
    this.word = word;
    this.about = about;
  }

  /// The measure of a name; absent where there is none.
  public static Optional<ForecastMeasure> named(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /// As people and files name it.
  public String word() {
    return word;
  }

  /// What it means, for people.
  public String about() {
    return about;
  }
}
