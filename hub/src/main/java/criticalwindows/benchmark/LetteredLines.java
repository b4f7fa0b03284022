package criticalwindows.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Options on lines of their own that begin with their letters, as translators left them: `A.text`,
/// `a.text`, `A? text`, `A text`, or without a letter at all. Where each line has a letter of its
/// own with a mark, the letters say which is which; elsewhere the order does, and a letter is only
/// taken off where it is one for certain.
final class LetteredLines {
  private static final Pattern MARKED =
      Pattern.compile("([A-Za-z])\\s?[.．、:：)）?？]\\s*(.+)", Pattern.DOTALL);
  private static final Pattern BARE = Pattern.compile("([A-Z])\\s+([^\\p{Ll}].*)", Pattern.DOTALL);
  private static final Pattern BARE_OR_A_WORD =
      Pattern.compile("([A-Za-z])\\s+(\\p{Ll}.*)", Pattern.DOTALL);
  private static final int FEWEST_LETTERS = 2;

  private LetteredLines() {}

  /// What the lines say without their letters, in the order of the letters.
  ///
  /// @throws Unreadable if they are no such lines, or a letter may as well be a word: "A dog barks"
  static List<String> texts(List<String> lines) throws NotAProblem {
    SortedMap<Integer, String> marked = marked(lines);
    if (marked.size() == lines.size()) {
      return List.copyOf(marked.values());
    }
    List<String> texts = new ArrayList<>();
    int letters = 0;
    boolean bare = lines.stream().anyMatch(line -> BARE.matcher(line).matches());
    for (String line : lines) {
      String text = text(line, (char) ('A' + texts.size()), bare);
      letters += text.equals(line) ? 0 : 1;
      texts.add(text);
    }
    if (letters < FEWEST_LETTERS) {
      throw new NotAProblem("has no options that begin with their letters");
    }
    return texts;
  }

  /// What follows the letters from A on that stand with a mark, each once, by their places.
  private static SortedMap<Integer, String> marked(List<String> lines) {
    SortedMap<Integer, String> texts = new TreeMap<>();
    for (String line : lines) {
      Matcher marked = MARKED.matcher(line);
      int place = marked.matches() ? Character.toUpperCase(line.charAt(0)) - 'A' : lines.size();
      if (place < lines.size()) {
        texts.put(place, marked.group(2));
      }
    }
    return texts;
  }

  /// @param bare whether another line shows that the letters stand without a mark
  private static String text(String line, char letter, boolean bare) throws NotAProblem {
    Matcher marked = MARKED.matcher(line);
    if (marked.matches()) {
      if (Character.toUpperCase(marked.group(1).charAt(0)) == letter) {
        return marked.group(2);
      }
      throw new NotAProblem("has an option " + marked.group(1) + " in the place of " + letter);
    }
    Matcher plain = BARE.matcher(line);
    if (plain.matches() && plain.group(1).charAt(0) == letter) {
      return plain.group(2);
    }
    Matcher either = BARE_OR_A_WORD.matcher(line);
    if (either.matches() && Character.toUpperCase(either.group(1).charAt(0)) == letter) {
      if (bare) {
        return either.group(2);
      }
      throw new NotAProblem("has an option whose first letter may be a word: " + line);
    }
    return line;
  }
}
