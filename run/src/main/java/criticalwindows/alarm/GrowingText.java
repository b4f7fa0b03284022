package criticalwindows.alarm;

import criticalwindows.model.Tokens;
import criticalwindows.prompt.Prompter;
import criticalwindows.reading.StreamLine.Words;
import criticalwindows.trace.Sources;

/// A response that comes in pieces, as token ids of the models that read it.
///
/// Pieces of text end anywhere, also within a token. So the whole text is tokenised again with each
/// piece, and the last token is held back until more follows or the response ends. Where more text
/// makes other tokens of what was given out, the difference is given out again.
public final class GrowingText {
  private final Prompter prompter;
  private final StringBuilder text = new StringBuilder();
  private Tokens given = Tokens.none();

  public GrowingText(Prompter prompter) {
    this.prompter = prompter;
  }

  /// Tokens that come next.
  ///
  /// @param kept so many of those before stand; others come in the place of the rest
  /// @param next perhaps none
  public record Next(int kept, Tokens next) {}

  /// Takes a piece.
  ///
  /// @param end whether it is the last one
  public Next add(Words words, boolean end) {
    Tokens now =
        switch (words) {
          case Words.Ids(Tokens ids) -> given.plus(ids);
          case Words.Text(String piece) -> tokens(piece, end);
        };
    int kept = given.commonPrefix(now);
    given = now;
    return new Next(kept, now.slice(kept, now.size()));
  }

  private Tokens tokens(String piece, boolean end) {
    text.append(piece);
    if (text.isEmpty()) {
      return given; // Its pieces are ids.
    }
    Tokens all = new Sources.Text(text.toString()).response(prompter).orElseThrow();
    return end || all.isEmpty() ? all : all.prefix(all.size() - 1);
  }
}
