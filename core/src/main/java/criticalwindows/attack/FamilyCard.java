package criticalwindows.attack;

import java.util.Optional;

/// What people should know of a family before they use it.
///
/// @param name as on the command line, with what may stand behind it: `many-shot[:N]`
/// @param about what it does, in plain words
/// @param published who has published it
/// @param drawn what is drawn for each request; absent where nothing is, so that copies of a
///   request would be the same
public record FamilyCard(String name, String about, String published, Optional<String> drawn) {
  /// Of a family that draws nothing.
  static FamilyCard fixed(String name, String about, String published) {
    return new FamilyCard(name, about, published, Optional.empty());
  }

  /// Of a family that draws something.
  static FamilyCard drawing(String name, String about, String published, String drawn) {
    return new FamilyCard(name, about, published, Optional.of(drawn));
  }
}
