package criticalwindows.math;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which letters behind a value are its unit and not variables.
final class UnitWords {
  private static final int MOST = 60;
  private static final String POWER = "(?:\\s?(?:\\^\\s?\\{?\\s?[-−]?[0-9]\\s?}?|[²³]))?";

  /// `m/s`, `km/h`, `g/cm^3` as plain text.
  static final Pattern PLAIN =
      Pattern.compile(
          "([kcm]?m|ft|mi|[km]?g|m?[lL]|k?J|N|k?W|rad|rev)"
              + POWER
              + "\\s?/\\s?(?:s|h|hr|min|sec|[ckm]?m|k?g|m?[lL]|mol|K)"
              + POWER
              + "(?![\\p{L}0-9^_(/*])");

  /// `m²`, `cm³` as plain text, with nothing behind them: areas and volumes.
  static final Pattern RAISED =
      Pattern.compile("([kcdm]?m|ft|in|yd|mi)[²³](?!\\s?[\\p{L}0-9^_(/*+=<>·−-])");

  /// Of temperature.
  static final Pattern SCALE = Pattern.compile("[CF](?![\\p{L}0-9^_({])");

  private static final String LETTERS = "[A-Za-zµμΩ]{1,4}";
  private static final Pattern COMPOUND =
      Pattern.compile(
          LETTERS
              + POWER
              + "(?:\\s?(?:/|·|\\*|\\\\cdot|\\\\times|\\s)\\s?"
              + LETTERS
              + POWER
              + "){0,4}");
  private static final Pattern ONE = Pattern.compile("[mghslLNJWVAKCFTHΩ]" + POWER);

  /// Letters that stay variables or constants whatever stands around them.
  private static final Pattern NEVER = Pattern.compile("[xyznei]");

  private UnitWords() {}

  /// Whether the inside of a `\text` or `\mathrm` is a unit of what stands before it.
  static boolean are(String inside, List<MathToken> before) {
    String said = inside.replaceAll("~|\\\\[,;: !]", " ").strip();
    if (said.isEmpty() || said.length() > MOST || !behindValue(before)) {
      return false;
    }
    boolean apart = Character.isWhitespace(inside.charAt(0)) || inside.charAt(0) == '~';
    Matcher compound = COMPOUND.matcher(said);
    return ONE.matcher(said).matches()
        || (compound.matches() && (apart || said.length() > 1) && !NEVER.matcher(said).matches());
  }

  /// Whether a value came before, or its unit, a fraction bar between units included.
  private static boolean behindValue(List<MathToken> before) {
    int last = before.size() - 1;
    if (last < 0) {
      return false;
    }
    MathToken token = before.get(last);
    if (token.is("{")) {
      return last > 0
          && (before.get(last - 1).command("frac")
              ? last > 1 && isValue(before.get(last - 2))
              : last > 1 && before.get(last - 1).is("}") && isWords(before.get(last - 2)));
    }
    if (token.is("/") || token.is("*")) {
      return last > 0 && isWords(before.get(last - 1));
    }
    return isValue(token) || isWords(token);
  }

  private static boolean isWords(MathToken token) {
    return token.kind() == MathToken.Kind.WORDS;
  }

  private static boolean isValue(MathToken token) {
    return token.kind() == MathToken.Kind.NUMBER
        || token.is(")")
        || token.is("}")
        || token.is("°")
        || token.is("π");
  }

  /// Whether a degree sign came last.
  static boolean behindDegrees(List<MathToken> before) {
    int last = before.size() - 1;
    return last >= 0
        && (before.get(last).is("°")
            || (last > 0 && before.get(last).is("}") && before.get(last - 1).is("°")));
  }
}
