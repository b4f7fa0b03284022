package criticalwindows.grade;

import criticalwindows.math.CanonicalForm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Values for people.
final class Shown {
  private static final int MOST = 80;

  private Shown() {}

  /// A number in its plainest form, the same for the same number; anything else as it was written.
  static String of(CanonicalForm form, String written) {
    if (form.kind() == CanonicalForm.Kind.NUMBER) {
      return number(form.key());
    }
    String plain = written.replaceAll("[$\\s]+", " ").strip();
    return plain.length() <= MOST ? plain : plain.substring(0, MOST - 1) + "…";
  }

  /// Decimals where four places are enough, fractions otherwise.
  private static String number(String key) {
    int bar = key.indexOf('/');
    if (bar < 0 || key.length() > 40) {
      return key;
    }
    BigDecimal top = new BigDecimal(key.substring(0, bar));
    BigDecimal bottom = new BigDecimal(key.substring(bar + 1));
    BigDecimal decimal = top.divide(bottom, new MathContext(40, RoundingMode.HALF_EVEN));
    boolean exact = decimal.multiply(bottom).compareTo(top) == 0;
    return exact && decimal.stripTrailingZeros().scale() <= 4
        ? decimal.stripTrailingZeros().toPlainString()
        : key;
  }
}
