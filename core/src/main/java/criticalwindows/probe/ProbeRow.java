package criticalwindows.probe;

/// A place at which a probe is asked, and what it should say.
///
/// @param place index among the places of the activations
/// @param item what the text is about, such as a problem or a request: rows of one are alike
/// @param group what the item belongs to, such as a benchmark or a family of attacks
/// @param text id of the text
/// @param kept tokens of the response up to the place, at least 0
/// @param length tokens of the whole response
/// @param target what is to be forecast
public record ProbeRow(
    int place, String item, String group, String text, int kept, int length, Target target) {
  public ProbeRow {
    if (place < 0 || kept < 0) {
      throw new IllegalArgumentException("place " + place + " with " + kept + " tokens kept");
    }
  }

  /// The same with another target.
  ProbeRow with(Target other) {
    return new ProbeRow(place, item, group, text, kept, length, other);
  }
}
