package criticalwindows.figure;

import java.util.List;

/// Colours that can be told apart by everybody.
///
/// *Source:* Okabe and Ito, "Color universal design" (2008), without its yellow, which is too light
/// on white.
final class Ink {
  static final String TEXT = "#1f2328";
  static final String SOFT = "#59636e";
  static final String GRID = "#d8dee4";
  static final String PAPER = "#ffffff";
  static final String GREY = "#8c959f";

  private static final List<String> SERIES =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00");

  private Ink() {}

  /// The colour of a series, counted from 0; after six they come again.
  static String of(int series) {
    return SERIES.get(series % SERIES.size());
  }
}
