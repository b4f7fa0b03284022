package criticalwindows.probestudy;

import java.util.Locale;

/// The names of texts and of their places in files.
final class Keys {
  private Keys() {}

  static String text(int number) {
    return String.format(Locale.ROOT, "%03d", number);
  }

  static String place(String text, int kept) {
    return text + "@" + String.format(Locale.ROOT, "%03d", kept);
  }

  static String textOf(String place) {
    return place.substring(0, place.lastIndexOf('@'));
  }

  static int keptOf(String place) {
    return Integer.parseInt(place.substring(place.lastIndexOf('@') + 1));
  }
}
