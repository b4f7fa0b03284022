package criticalwindows.importing;

import criticalwindows.model.Tokens;
import criticalwindows.noise.Written;
import java.util.ArrayList;
import java.util.List;

/// A text as token ids, with the place where each ends in it.
record Spelt(Written written, Tokens ids) {
  Spelt {
    if (written.ends().size() != ids.size()) {
      throw new IllegalArgumentException(written.ends().size() + " ends of " + ids.size());
    }
  }

  /// Ids that are given, with the text of each.
  ///
  /// @param texts one for each id
  static Spelt of(List<String> texts, Tokens ids) {
    StringBuilder text = new StringBuilder();
    List<Integer> ends = new ArrayList<>();
    for (String each : texts) {
      text.append(each);
      ends.add(text.length());
    }
    return new Spelt(new Written(text.toString(), ends), ids);
  }
}
