package criticalwindows.probe;

import criticalwindows.stats.Interval;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Where a place stands to the measured window of its text.
public enum WindowPart {
  ALL("all", "all places"),
  BEFORE("before", "nothing of the text's window is kept yet"),
  IN("in", "some of the window's tokens are kept, and not all"),
  AFTER("after", "the whole window is kept"),
  NONE("no window", "the text has no window, or none was measured");

  private final String word;
  private final String about;

  WindowPart(String word, String about) {
    this.word = word;
    this.about = about;
  }

  /// The part of a name; absent where there is none.
  public static Optional<WindowPart> named(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /// As people and files name it.
  public String word() {
    return word;
  }

  /// What it means, for people.
  public String about() {
    return about;
  }

  /// Whether a row belongs to this part.
  ///
  /// @param windows of texts by their id: from the last tokens kept before it to the first after it
  boolean holds(ProbeRow row, Map<String, Interval> windows) {
    Interval window = windows.get(row.text());
    return switch (this) {
      case ALL -> true;
      case NONE -> window == null;
      case BEFORE -> window != null && row.kept() <= window.low();
      case AFTER -> window != null && row.kept() > window.low() && row.kept() >= window.high();
      case IN -> window != null && row.kept() > window.low() && row.kept() < window.high();
    };
  }
}
