package criticalwindows.monitor;

import criticalwindows.error.UserError;
import criticalwindows.stats.Beta;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Above which score an alarm is raised, chosen so that few benign responses raise one anywhere.
///
/// @param value an alarm is raised at the first token whose score lies above it
/// @param responses the benign ones that raise an alarm under it, of those it was chosen on
/// @param tokens the tokens of all of these, each response's up to its alarm
public record Threshold(double value, Proportion responses, long tokens) {
  /// Fewer benign responses than this are refused.
  public static final int LEAST = 100;

  private static final double LEVEL = .95;
  private static final double THOUSAND = 1000;

  /// The lowest threshold at which at most this share of the benign responses raises an alarm.
  ///
  /// @param benign the scores of each response, token by token
  /// @param rate of false alarms per benign response, in (0, 1)
  /// @throws UserError if they are too few to tell such a rate
  public static Threshold calibrate(List<double[]> benign, double rate) {
    requireRate(rate);
    requireEnough(benign.size(), rate);
    double[] highest = benign.stream().mapToDouble(Threshold::highest).sorted().toArray();
    int most = (int) Math.floor(rate * highest.length + 1e-9);
    return on(highest[highest.length - 1 - most], benign);
  }

  /// @throws UserError if this is no rate of false alarms
  public static void requireRate(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new UserError(
          "a rate of false alarms of " + rate, "give one above 0 and below 1, such as 0.01");
    }
  }

  /// @throws UserError if so many benign responses are too few to tell such a rate
  public static void requireEnough(int benign, double rate) {
    if (benign < LEAST || rate * benign < 1) {
      throw new UserError(
          "a threshold from "
              + benign
              + " benign texts: they tell no rate below "
              + (benign == 0 ? "1" : "1 in " + benign),
          "give at least " + (int) Math.ceil(Math.max(LEAST, 1 / rate)) + " benign texts");
    }
  }

  /// A threshold, and what raises an alarm under it.
  ///
  /// @param benign the scores of each response, token by token
  public static Threshold on(double value, List<double[]> benign) {
    long raised = 0;
    long tokens = 0;
    for (double[] scores : benign) {
      OptionalInt alarm = first(scores, value);
      raised += alarm.isPresent() ? 1 : 0;
      tokens += alarm.isPresent() ? alarm.getAsInt() + 1 : scores.length;
    }
    return new Threshold(value, new Proportion(raised, benign.size()), tokens);
  }

  private static double highest(double[] scores) {
    return Arrays.stream(scores).max().orElse(Double.NEGATIVE_INFINITY);
  }

  /// The token at which a response raises an alarm, from 0; absent where it raises none.
  public OptionalInt alarm(double[] scores) {
    return first(scores, value);
  }

  private static OptionalInt first(double[] scores, double value) {
    for (int token = 0; token < scores.length; token++) {
      if (scores[token] > value) {
        return OptionalInt.of(token);
      }
    }
    return OptionalInt.empty();
  }

  /// False alarms per benign response: its exact binomial 95 % interval.
  public Interval rate() {
    return Beta.exact(responses, LEVEL);
  }

  /// False alarms per 1,000 benign tokens that were watched.
  public double perThousandTokens() {
    return tokens == 0 ? 0 : THOUSAND * responses.successes() / tokens;
  }
}
