package criticalwindows.importing;

import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Token ids for texts whose file has none: a word with the white space before it is a token, and
/// each new word gets the next number. They are ids of no model, and mean the same within one run.
final class Pieces {
  private final Map<String, Integer> ids = new HashMap<>();

  /// A text that is given in parts, at whose ends tokens end too.
  Spelt spell(List<String> parts) {
    List<String> words = parts.stream().flatMap(part -> words(part).stream()).toList();
    return Spelt.of(words, Tokens.of(words.stream().mapToInt(this::id).toArray()));
  }

  /// The ids of a text.
  Tokens of(String text) {
    return Tokens.of(words(text).stream().mapToInt(this::id).toArray());
  }

  private int id(String word) {
    return ids.computeIfAbsent(word, added -> ids.size());
  }

  /// How many tokens a text has.
  static int count(String text) {
    return words(text).size();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = Character.isWhitespace(text.charAt(i));
      if (space && inside) {
        words.add(text.substring(from, i));
        from = i;
      }
      inside = !space;
    }
    if (from < text.length()) {
      words.add(text.substring(from));
    }
    return words;
  }
}
