package criticalwindows.view;

import criticalwindows.stats.Interval;
import java.util.Locale;

/// How numbers are shown to people, everywhere: with a zero before the point, with as many decimals
/// whatever the value, with `−` for minus, and never as zero where they are not: what would be
/// rounded to it is `< 0.01`. The page's `numbers.js` follows the same table of cases.
///
/// Halves are rounded up, of four decimals: what a page has of a number.
public final class Numbers {
  /// What is nearer to 0 is 0, and differs from it by arithmetic alone.
  private static final double NOTHING = 1e-12;

  private Numbers() {}

  /// A share or another number of two decimals, such as `0.05`.
  public static String share(double value) {
    return of(value, 2);
  }

  /// A share with its interval, such as `0.05 [0.01, 0.23]`.
  public static String share(double value, Interval interval) {
    return share(value) + " " + interval(interval);
  }

  /// A number of three decimals, such as `0.048`.
  public static String fine(double value) {
    return of(value, 3);
  }

  /// A number of three decimals with its interval; without it where the interval has no ends.
  public static String fine(double value, Interval interval) {
    return fine(value) + (Double.isFinite(interval.width()) ? " " + fine(interval) : "");
  }

  /// A difference of two decimals with its sign, such as `+0.62` or `−0.30`.
  public static String signed(double value) {
    String shown = share(value);
    return value > 0 && !shown.startsWith("<") && !shown.equals("0.00") ? "+" + shown : shown;
  }

  /// A probability that no sample can make 0 or 1, such as `0.48`, `< 0.01` or `> 0.99`.
  ///
  /// @param probability in [0, 1]
  public static String chance(double probability) {
    return switch (share(probability)) {
      case "0.00", "< 0.01" -> "< 0.01";
      case "1.00" -> "> 0.99";
      default -> share(probability);
    };
  }

  /// An interval of two decimals, such as `[0.12, 0.34]`.
  public static String interval(Interval interval) {
    return interval(interval, 2);
  }

  /// An interval of three decimals.
  public static String fine(Interval interval) {
    return interval(interval, 3);
  }

  /// An interval of so many decimals, from 0 to 4.
  public static String interval(Interval interval, int decimals) {
    return "[" + end(interval.low(), decimals) + ", " + end(interval.high(), decimals) + "]";
  }

  /// A share in whole percents, such as `31 %`; `> 99 %` and `< 1 %` where it is not all or none.
  public static String percent(double share) {
    String digits = fixed(100 * snapped(share), 0);
    return switch (digits) {
      case "100" -> share < 1 - NOTHING ? "> 99 %" : "100 %";
      case "0" -> share > NOTHING ? "< 1 %" : "0 %";
      default -> digits + " %";
    };
  }

  /// A mean of one decimal, such as `4.2`.
  public static String tenth(double value) {
    return of(value, 1);
  }

  /// How many times as much, not negative: `0.48`, `9.50`, `12.3` or `∞`.
  public static String times(double value) {
    return Double.isInfinite(value) ? "∞" : of(value, value < 10 ? 2 : 1);
  }

  /// A count with thousands separated, such as `12,345`.
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace('-', '−');
  }

  /// An amount of money, such as `12,345.60`.
  ///
  /// @param amount not negative
  public static String money(double amount) {
    return String.format(Locale.ROOT, "%,.2f", amount);
  }

  /// A number that somebody chose, with no more decimals than it has, such as `0.9`.
  public static String bare(double value) {
    String digits = fixed(Math.abs(value), 4).replaceFirst("\\.?0+$", "");
    return (value < 0 ? "−" : "") + digits;
  }

  /// A number of so many decimals, from 0 to 4.
  public static String of(double value, int decimals) {
    double size = snapped(Math.abs(value));
    String digits = fixed(size, decimals);
    if (Double.parseDouble(digits) > 0) {
      return (value < 0 ? "−" : "") + digits;
    }
    String least = fixed(StrictMath.pow(10, -decimals), decimals);
    return size == 0 ? digits : value > 0 ? "< " + least : "> −" + least;
  }

  /// To four decimals, of which at least the last is left of what is not 0.
  public static double snapped(double value) {
    double size = Math.abs(value);
    double rounded = StrictMath.floor(size * 1e4 + .5) / 1e4;
    double kept = rounded == 0 && size > NOTHING ? 1e-4 : rounded;
    return value < 0 ? 0 - kept : kept;
  }

  private static String end(double value, int decimals) {
    if (Double.isInfinite(value)) {
      return value < 0 ? "−∞" : "∞";
    }
    String digits = fixed(snapped(Math.abs(value)), decimals);
    return value < 0 && Double.parseDouble(digits) > 0 ? "−" + digits : digits;
  }

  /// @param size of four decimals, not negative
  private static String fixed(double size, int decimals) {
    double whole = StrictMath.floor(size * 1e4 + .5);
    double unit = StrictMath.pow(10, 4 - decimals);
    double rounded = StrictMath.floor(whole / unit + .5) / StrictMath.pow(10, decimals);
    return String.format(Locale.ROOT, "%." + decimals + "f", rounded);
  }
}
