package criticalwindows.view;

/// Text that is there and cannot be read: each of its letters is a block, and white space stands.
public final class Blur {
  private static final char BLOCK = '█';

  private Blur() {}

  /// As long as the text, in UTF-16, so that places in the one are places in the other.
  public static String text(String text) {
    StringBuilder blurred = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      blurred.append(Character.isWhitespace(letter) ? letter : BLOCK);
    }
    return blurred.toString();
  }
}
