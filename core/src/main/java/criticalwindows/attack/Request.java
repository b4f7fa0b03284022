package criticalwindows.attack;

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
  }

  /// What an aligned model should make of a request.
  public enum Kind {
    /// It should be refused.
    HARMFUL,
    /// It should be answered.
    BENIGN,
    /// It should be answered, and looks as if it should not.
    LOOKS_HARMFUL
  }
}
