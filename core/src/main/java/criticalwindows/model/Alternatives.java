package criticalwindows.model;

import java.util.List;

/// Texts that could stand at a place of a writing.
///
/// @param after what stands between the place from which it is read and the texts; it is not scored
/// @param texts at least one, none empty
public record Alternatives(Tokens after, List<Tokens> texts) {
  public Alternatives {
    texts = List.copyOf(texts);
    if (texts.isEmpty() || texts.stream().anyMatch(Tokens::isEmpty)) {
      throw new IllegalArgumentException("nothing to score");
    }
  }

  /// The most tokens to the end of a text.
  public int mostTokens() {
    return after.size() + texts.stream().mapToInt(Tokens::size).max().orElseThrow();
  }
}
