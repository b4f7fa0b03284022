package criticalwindows.finetune;

/// Tokens whose probabilities matter: target `i` is the token `token(i)` right after the first
/// `place(i) + 1` tokens of a passage. Several may stand at one place.
public final class Targets {
  private final int[] places;
  private final int[] tokens;

  /// @param places at least 0, in ascending order
  /// @param tokens one for each place
  public Targets(int[] places, int[] tokens) {
    if (places.length != tokens.length) {
      throw new IllegalArgumentException(tokens.length + " tokens at " + places.length + " places");
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] < (i == 0 ? 0 : places[i - 1]) || tokens[i] < 0) {
        throw new IllegalArgumentException("token " + tokens[i] + " at place " + places[i]);
      }
    }
    this.places = places.clone();
    this.tokens = tokens.clone();
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

  int lastPlace() {
    return places.length == 0 ? -1 : places[places.length - 1];
  }
}
