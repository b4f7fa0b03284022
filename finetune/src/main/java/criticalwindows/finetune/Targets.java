package criticalwindows.finetune;

import java.util.Arrays;

/// Tokens whose probabilities matter: target `i` is the token `token(i)` right after the first
/// `place(i) + 1` tokens of a passage. Several may stand at one place.
public final class Targets {
  private final int[] places;
  private final int[] tokens;
  private final double[] numbers;

  /// @param places at least 0, in ascending order
  /// @param tokens one for each place
  /// @param numbers what each target counts for, finite and at least 0: its weight, or how often it
  ///   came out
  public Targets(int[] places, int[] tokens, double[] numbers) {
    if (places.length != tokens.length || places.length != numbers.length) {
      throw new IllegalArgumentException(
          tokens.length + " tokens and " + numbers.length + " numbers at " + places.length);
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] < (i == 0 ? 0 : places[i - 1]) || tokens[i] < 0) {
        throw new IllegalArgumentException("token " + tokens[i] + " at place " + places[i]);
      }
      if (!(numbers[i] >= 0 && numbers[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("the number " + numbers[i] + " of target " + i);
      }
    }
    this.places = places.clone();
    this.tokens = tokens.clone();
    this.numbers = numbers.clone();
  }

  /// Of which each counts for 1.
  public Targets(int[] places, int[] tokens) {
    this(places, tokens, ones(places.length));
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// How many there are.
  public int size() {
    return places.length;
  }

  /// The position of the last token that is read before target `i`, counted from 0.
  public int place(int i) {
    return places[i];
  }

  /// The id of target `i`.
  public int token(int i) {
    return tokens[i];
  }

  /// What target `i` counts for.
  public double number(int i) {
    return numbers[i];
  }

  /// The sum of what all count for.
  public double sum() {
    return Arrays.stream(numbers).sum();
  }

  /// The largest number.
  double most() {
    return Arrays.stream(numbers).max().orElse(0);
  }

  int lastPlace() {
    return places.length == 0 ? -1 : places[places.length - 1];
  }

  /// The largest id.
  public int largest() {
    return Arrays.stream(tokens).max().orElse(0);
  }
}
