package criticalwindows.grade;

import criticalwindows.dataset.Choice;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The choices of a problem as a text repeats them, one behind the other: they say nothing of which
/// one is meant.
///
/// @param choices in the order in which they may be repeated
record Listing(List<Choice> choices, NamedChoices naming) {
  private static final int TRIES = 16;
  private static final Pattern BETWEEN =
      Pattern.compile(
          "(?:[\\s\\p{Z}.,;:!?*_$`\"“”'’)\\]|•·>-]|(?:and|or)\\s)*+(?=[(\\[{\\p{L}\\p{N}])[(\\[{]?");

  /// A text with a new line in the place of each listing of two choices or more.
  String removed(String text) {
    StringBuilder kept = new StringBuilder();
    int from = 0;
    Matcher first = first().matcher(text);
    for (int i = 0; i < TRIES && first.find(from); i++) {
      int end = end(text, first.start());
      kept.append(text, from, end < 0 ? first.end() : first.start()).append(end < 0 ? "" : "\n");
      from = end < 0 ? first.end() : end;
    }
    return kept.append(text, from, text.length()).toString();
  }

  private Pattern first() {
    String label = Pattern.quote(choices.getFirst().label());
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + label + "(?![\\p{L}\\p{N}])");
  }

  /// Where the listing that begins at a place ends; -1 where there is none.
  private int end(String text, int start) {
    int end = naming.own(text, start, 0);
    int count = end < 0 ? 0 : 1;
    while (count > 0 && count < choices.size()) {
      Matcher between = BETWEEN.matcher(text).region(end, text.length());
      int next = between.lookingAt() ? naming.own(text, between.end(), count) : -1;
      if (next < 0) {
        break;
      }
      end = next;
      count++;
    }
    return count < 2 ? -1 : end;
  }
}
