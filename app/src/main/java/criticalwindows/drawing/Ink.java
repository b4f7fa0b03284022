package criticalwindows.drawing;

import java.util.List;

/// A colour that can be told apart by everybody.
///
/// A page gives each ink a colour of its own for light and for dark, by its name.
///
/// *Source:* for the series, Okabe and Ito, "Color universal design" (2008), without its yellow,
/// which is too light on white.
///
/// @param name of small letters and `-`
/// @param colour on white paper, as `#rrggbb`
public record Ink(String name, String colour) {
  public static final Ink TEXT = new Ink("text", "#1f2328");
  public static final Ink SOFT = new Ink("soft", "#59636e");
  public static final Ink GRID = new Ink("grid", "#d8dee4");
  public static final Ink GREY = new Ink("grey", "#8c959f");

  /// The same answer as the original's.
  public static final Ink SAME = new Ink("same", "#2f5fd0");

  /// The right answer.
  public static final Ink RIGHT = new Ink("right", "#1b8a5a");

  /// An early answer, or another way of sampling.
  public static final Ink EARLY = new Ink("early", "#b8730a");

  /// What is exactly known.
  public static final Ink EXACT = new Ink("exact", "#c0288f");

  /// Where something was decided.
  public static final Ink WINDOW = new Ink("window", "#ffe59a");

  private static final List<Ink> SERIES =
      List.of(
          new Ink("blue", "#0072b2"),
          new Ink("orange", "#d55e00"),
          new Ink("green", "#009e73"),
          new Ink("pink", "#cc79a7"),
          new Ink("sky", "#56b4e9"),
          new Ink("amber", "#e69f00"));

  public Ink {
    if (!name.matches("[a-z-]+") || !colour.matches("#[0-9a-f]{6}")) {
      throw new IllegalArgumentException("the ink " + name + " of " + colour);
    }
  }

  /// The ink of a series, counted from 0; after six they come again.
  public static Ink of(int series) {
    return SERIES.get(series % SERIES.size());
  }
}
