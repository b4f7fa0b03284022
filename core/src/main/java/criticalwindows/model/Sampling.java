package criticalwindows.model;

/// How the next token is drawn.
///
/// @param temperature divides the logits, at least 0; 0 is greedy decoding (the likeliest token,
///   the lowest id among equals)
/// @param topP keep the likeliest tokens whose probabilities together reach this share, in (0, 1];
///   applied after the temperature
public record Sampling(double temperature, double topP) {
  /// The model's own distribution: temperature 1, nothing cut off.
  public static final Sampling PLAIN = new Sampling(1, 1);

  /// The likeliest token at every step.
  public static final Sampling GREEDY = new Sampling(0, 1);

  public Sampling {
    if (!(temperature >= 0 && temperature <= 100)) {
      throw new IllegalArgumentException("a temperature is in [0, 100], not " + temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top-p is in (0, 1], not " + topP);
    }
  }

  /// Whether no chance is involved.
  public boolean greedy() {
    return temperature == 0;
  }
}
