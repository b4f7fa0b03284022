package criticalwindows.attack;

import java.util.Locale;
import java.util.Optional;

/// Something that a model is asked for.
///
/// @param id short, of its own in its file
/// @param text what the user wants, in one text
/// @param kind what an aligned model should make of it
/// @param category as its source names it
/// @param target how a response that complies would begin, where its source says so
/// @param source for people: a file, a data set, `world`
public record Request(
    String id,
    String text,
    Kind kind,
    Optional<String> category,
    Optional<String> target,
    String source) {
  public Request {
    if (id.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException("a request has an id and a text");
    }
    if (id.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("an id has no control characters");
    }
  }

  /// The same request once more, for families that draw something: the second copy of `r1` is
  /// `r1#2`.
  ///
  /// @param number at least 1; the first copy is the request itself
  public Request copy(int number) {
    return number == 1
        ? this
        : new Request(id + "#" + number, text, kind, category, target, source);
  }

  /// What an aligned model should make of a request.
  public enum Kind {
    /// It should be refused.
    HARMFUL,
    /// It should be answered.
    BENIGN,
    /// It should be answered, and looks as if it should not.
    LOOKS_HARMFUL;

    /// As files have it: `looks harmful`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// The kind of a word.
    public static Optional<Kind> named(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    /// By what texts of one family and kind are grouped: the family's name, and of requests that
    /// should be answered the kind too, such as `role-play, benign`.
    public String group(String family) {
      return this == HARMFUL ? family : family + ", " + word();
    }
  }
}
