package criticalwindows.model;

import java.util.List;

/// Texts that could stand at a place of a writing.
///
/// @param after what stands between the beginning of the writing and that place
/// @param texts none of them the beginning of another
public record Alternatives(Tokens after, List<Tokens> texts) {
  /// No texts.
  public static final Alternatives NONE = new Alternatives(Tokens.none(), List.of());

  public Alternatives {
    texts = List.copyOf(texts);
    for (int i = 0; i < texts.size(); i++) {
      for (int j = 0; j < texts.size(); j++) {
        if (i != j && texts.get(j).startsWith(texts.get(i))) {
          throw new IllegalArgumentException(texts.get(i) + " begins " + texts.get(j));
        }
      }
    }
  }

  /// The most tokens from the beginning of the writing to the end of a text.
  public int mostTokens() {
    return after.size() + texts.stream().mapToInt(Tokens::size).max().orElse(0);
  }
}
