package criticalwindows.math;

import java.util.Locale;
import java.util.Map;

/// Units as words, for the policy that keeps them.
final class Units {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("degree", "°"),
          Map.entry("dollar", "$"),
          Map.entry("centimeter", "cm"),
          Map.entry("meter", "m"),
          Map.entry("kilometer", "km"),
          Map.entry("inche", "in"),
          Map.entry("inch", "in"),
          Map.entry("feet", "ft"),
          Map.entry("foot", "ft"),
          Map.entry("hour", "hr"),
          Map.entry("minute", "min"),
          Map.entry("second", "sec"));

  private Units() {}

  /// A unit in lower case, without spaces and the plural's `s`, by its short name if it has one.
  static String plain(String unit) {
    String lower = unit.toLowerCase(Locale.ROOT).replaceAll("[\\s.]+", "");
    String singular = lower.length() > 2 ? lower.replaceFirst("s(?=$|\\^)", "") : lower;
    String base = singular.replaceFirst("\\^.*", "");
    return SHORT.getOrDefault(base, base) + singular.substring(base.length());
  }
}
