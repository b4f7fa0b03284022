package criticalwindows.scoring;

import java.io.Serial;

/// A text that can be looked at so many times and no more: whatever reads it comes to an end.
final class MeteredText implements CharSequence {
  private final String text;
  private long left;

  /// @param looks at single characters
  MeteredText(String text, long looks) {
    this.text = text;
    this.left = looks;
  }

  /// It was looked at as often as is allowed.
  static final class Spent extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    Spent() {
      super("looked at too often", null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new Spent();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
