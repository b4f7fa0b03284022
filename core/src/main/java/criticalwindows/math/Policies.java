package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What counts as the same answer. Every one is an equivalence by itself, since it only chooses the
/// canonical form.
///
/// @param percent what `50 %` is
/// @param units what becomes of `cm`, degrees and dollars
/// @param order whether the order of a bare list matters; tuples always have theirs
/// @param digits significant digits that numbers are rounded to before they are compared; 0 for
///   exact
/// @param fractions whether `2/4` is `1/2`
/// @param names whether `x = 5` is `5`, and `x ∈ [0, 1]` is `[0, 1]`
/// @param comma what `1,22` is
public record Policies(
    Percent percent,
    Units units,
    Order order,
    int digits,
    Unreduced fractions,
    Names names,
    Comma comma) {

  /// What `50 %` is.
  public enum Percent {
    /// 50, as MATH's own grading has it, which drops the sign.
    NUMBER,
    /// 0.5.
    FRACTION,
    /// A class of its own, neither 50 nor 0.5.
    KEPT
  }

  /// What becomes of units.
  public enum Units {
    /// `5 cm`, `5°` and `$5` are `5`, as in MATH's own grading: the question asks for the unit.
    DROPPED,
    /// `5 cm` is neither `5` nor `5 m`.
    KEPT
  }

  /// The order of a list without brackets, such as `1, 2`.
  public enum Order {
    /// Does not matter: `1, 2` is `2, 1` and `{1, 2}`.
    FREE,
    /// Matters; sets in braces still have none.
    KEPT
  }

  /// Fractions that are not in lowest terms.
  public enum Unreduced {
    /// `2/4` is `1/2`.
    SAME,
    /// `2/4` is a class of its own, since it was asked for in lowest terms.
    DIFFERENT
  }

  /// The name before an equals sign, or `x ∈`.
  public enum Names {
    /// `x = 5` is `5`.
    DROPPED,
    /// `x = 5` is neither `5` nor `y = 5`.
    KEPT
  }

  /// A single comma between digits that groups no thousands, as in `1,22`, `0,5` and `1000,99`.
  public enum Comma {
    /// A decimal point, where two digits follow it, or a 0 or four digits stand before it, unless
    /// the right answer to the question is a list.
    DECIMAL,
    /// Always between two items of a list.
    LIST
  }

  /// What MATH's own grading means to do.
  public static final Policies STANDARD =
      new Policies(
          Percent.NUMBER,
          Units.DROPPED,
          Order.FREE,
          0,
          Unreduced.SAME,
          Names.DROPPED,
          Comma.DECIMAL);

  public Policies {
    if (digits < 0 || digits > 30) {
      throw new IllegalArgumentException("digits=" + digits + " is not from 0 (exact) to 30");
    }
  }

  /// Policies from text such as `percent=fraction,digits=4`; what is not named is standard.
  ///
  /// @throws IllegalArgumentException if a policy or its value is unknown
  public static Policies parse(String text) {
    Policies policies = STANDARD;
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        String[] sides = part.strip().split("=", 2);
        policies = policies.with(sides[0].strip(), sides.length == 2 ? sides[1].strip() : "");
      }
    }
    return policies;
  }

  /// With commas between the items of lists.
  Policies withLists() {
    return new Policies(percent, units, order, digits, fractions, names, Comma.LIST);
  }

  private Policies with(String name, String value) {
    return switch (name) {
      case "percent" ->
          new Policies(
              one(Percent.class, name, value), units, order, digits, fractions, names, comma);
      case "units" ->
          new Policies(
              percent, one(Units.class, name, value), order, digits, fractions, names, comma);
      case "order" ->
          new Policies(
              percent, units, one(Order.class, name, value), digits, fractions, names, comma);
      case "digits" -> new Policies(percent, units, order, number(value), fractions, names, comma);
      case "fractions" ->
          new Policies(
              percent, units, order, digits, one(Unreduced.class, name, value), names, comma);
      case "names" ->
          new Policies(
              percent, units, order, digits, fractions, one(Names.class, name, value), comma);
      case "comma" ->
          new Policies(
              percent, units, order, digits, fractions, names, one(Comma.class, name, value));
      default ->
          throw new IllegalArgumentException(
              "there is no policy " + name + ", but " + String.join(", ", NAMES));
    };
  }

  private static final List<String> NAMES =
      List.of("percent", "units", "order", "digits", "fractions", "names", "comma");

  private static int number(String value) {
    if (!value.matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException("digits=" + value + " is not from 0 (exact) to 30");
    }
    return Integer.parseInt(value);
  }

  private static <E extends Enum<E>> E one(Class<E> kind, String name, String value) {
    List<String> known = new ArrayList<>();
    for (E each : kind.getEnumConstants()) {
      String word = word(each);
      if (word.equals(value)) {
        return each;
      }
      known.add(word);
    }
    throw new IllegalArgumentException(
        name + "=" + value + " is not one of " + String.join(", ", known));
  }

  /// As [#parse] reads it, every policy named.
  @Override
  public String toString() {
    return "percent="
        + word(percent)
        + ",units="
        + word(units)
        + ",order="
        + word(order)
        + ",digits="
        + digits
        + ",fractions="
        + word(fractions)
        + ",names="
        + word(names)
        + ",comma="
        + word(comma);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
