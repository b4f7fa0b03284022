package criticalwindows.remote;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// A vocabulary that decodes here, and encodes by whatever is given.
final class RemoteVocabulary implements Vocabulary {
  private final Pieces pieces;
  private final Encoding encoding;

  /// Turns plain text into ids.
  @FunctionalInterface
  interface Encoding {
    Tokens encode(String text);
  }

  RemoteVocabulary(Pieces pieces, Encoding encoding) {
    this.pieces = pieces;
    this.encoding = encoding;
  }

  @Override
  public int size() {
    return pieces.size();
  }

  @Override
  public Tokens encode(String text) {
    return text.isEmpty() ? Tokens.none() : encoding.encode(text);
  }

  @Override
  public String decode(Tokens tokens) {
    return pieces.decode(tokens);
  }

  @Override
  public String show(int id) {
    return pieces.show(id);
  }

  @Override
  public byte[] piece(int id) {
    return pieces.piece(id);
  }

  @Override
  public Map<String, Integer> controls() {
    return pieces.controls();
  }

  @Override
  public OptionalInt begin() {
    return pieces.begin();
  }

  @Override
  public Set<Integer> stops() {
    return pieces.stops();
  }
}
