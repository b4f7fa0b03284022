package criticalwindows.scoring;

import criticalwindows.hash.Sha256;
import criticalwindows.outcome.Outcome;
import criticalwindows.view.TerminalText;
import java.text.Normalizer;
import java.util.regex.Pattern;

/// A class that a text from outside names: the words of a response, or of a program. Two texts name
/// one class if they differ in nothing but white space and in how Unicode composes their letters.
///
/// @param key what it is compared by
/// @param text as it was written
record Quoted(String key, String text) implements Outcome {
  /// Letters that are kept; of a longer text a hash stands for the rest.
  private static final int LONGEST = 200;

  private static final int SHOWN = 60;
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]++");
  private static final Outcome EMPTY = new Fixed("empty");

  /// The class that a text names; `empty` where it has no letters.
  static Outcome of(String said) {
    String text = kept(said);
    return text.isEmpty() ? EMPTY : new Quoted(text, text);
  }

  /// As [#of], where capitals and small letters are the same.
  static Outcome folded(String said) {
    String text = kept(said);
    return text.isEmpty() ? EMPTY : new Quoted(kept(Letters.folded(said)), text);
  }

  private static String kept(String said) {
    String text = SPACE.matcher(said).replaceAll(" ").strip();
    return text.length() <= LONGEST
        ? Normalizer.normalize(text, Normalizer.Form.NFC)
        : text.substring(0, LONGEST) + "… " + Sha256.name(Sha256.of(text));
  }

  @Override
  public Object comparedBy() {
    return key;
  }

  @Override
  public boolean readable() {
    return true;
  }

  @Override
  public String show() {
    String line = TerminalText.line(text, SHOWN);
    return line.isEmpty() ? "?" : line;
  }
}
