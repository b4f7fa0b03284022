package criticalwindows.importing;

import criticalwindows.model.Tokens;
import java.util.List;
import java.util.Optional;

/// Responses whose token ids a file has.
final class GivenIds {
  private GivenIds() {}

  /// A response whose ids are given, without its stop token where that is among its tokens: it has
  /// no text, or one that is not in the response's.
  ///
  /// @param texts one for each id
  /// @param recorded the text, where the file has it in one piece
  static Spelt spelt(
      ImportSource source, List<String> texts, List<Integer> ids, Optional<String> recorded) {
    int length = texts.size();
    while (length > 0 && texts.get(length - 1).isEmpty()) {
      length--;
    }
    Tokens tokens = Tokens.of(ids.stream().limit(length).mapToInt(Integer::intValue).toArray());
    Spelt whole = Spelt.of(texts.subList(0, length), tokens);
    if (recorded.isEmpty() || recorded.get().equals(whole.written().text())) {
      return whole;
    }
    if (length > 0) {
      int last = length - 1;
      Spelt ended = Spelt.of(texts.subList(0, last), tokens.prefix(last));
      if (recorded.get().equals(ended.written().text())) {
        return ended;
      }
    }
    source.count(
        "responses whose tokens spell other text than is recorded; shown as they spell it", 1);
    return whole;
  }
}
