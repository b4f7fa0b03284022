package criticalwindows.world;

/// Something to be made.
///
/// @param verb such as brew
/// @param material such as honey
/// @param thing such as a potion
public record Craft(String verb, String material, String thing) {
  /// A text with `{v}`, `{m}` and `{t}` replaced by verb, material and thing.
  String fill(String text) {
    return text.replace("{v}", verb).replace("{m}", material).replace("{t}", thing);
  }
}
