package criticalwindows.noise;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A response as it reads.
///
/// @param ends for each token, how many characters of the text there are once it is written; a
///   character that several tokens spell is there with the last of them
public record Written(String text, List<Integer> ends) {
  public Written {
    ends = List.copyOf(ends);
    for (int i = 0; i < ends.size(); i++) {
      if (ends.get(i) < 0 || ends.get(i) > text.length()) {
        throw new IllegalArgumentException(
            "token " + i + " ends at " + ends.get(i) + " of " + text.length() + " characters");
      }
    }
  }

  /// These tokens as their vocabulary spells them.
  public static Written of(Vocabulary vocabulary, Tokens tokens) {
    String text = vocabulary.decode(tokens);
    char[] all = text.toCharArray();
    List<Integer> ends = new ArrayList<>();
    for (int kept = 1; kept <= tokens.size(); kept++) {
      int same = Arrays.mismatch(vocabulary.decode(tokens.prefix(kept)).toCharArray(), all);
      ends.add(same < 0 ? text.length() : same);
    }
    return new Written(text, ends);
  }

  /// How many tokens it takes to write the first `characters` of the text.
  ///
  /// @param characters at least 0; where the tokens never get there, all of them
  public int tokensFor(int characters) {
    int kept = 0;
    int there = 0;
    while (there < characters && kept < ends.size()) {
      there = Math.max(there, ends.get(kept));
      kept++;
    }
    return kept;
  }
}
