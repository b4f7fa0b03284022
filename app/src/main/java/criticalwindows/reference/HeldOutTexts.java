package criticalwindows.reference;

import java.util.List;

/// Texts that all repetitions are measured on.
///
/// @param texts the first ones have exact values
/// @param values P(the class | the first tokens) of these, by tokens kept, from 0 to all
/// @param measured of the first of them, what continuations from some cuts came to
record HeldOutTexts(List<KnownText> texts, List<List<Double>> values, List<Segments> measured) {
  HeldOutTexts {
    texts = List.copyOf(texts);
    values = List.copyOf(values);
    measured = List.copyOf(measured);
  }

  /// What continuations from some cuts of a text came to.
  ///
  /// @param kept tokens kept at each cut, growing, the text's end last
  /// @param shares of continuations in the class
  record Segments(List<Integer> kept, List<Double> shares) {}
}
