package criticalwindows.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What chance alone gives where windows lie anywhere in their tenth of their response: a
/// randomisation test, valid for as few windows as there are.
///
/// *Source:* Phipson and Smyth, "Permutation p-values should never be zero", Statistical
/// Applications in Genetics and Molecular Biology 9 (2010), article 39, for p-values by drawing.
///
/// @param more P(the kind is at least as frequent in the windows), by chance
/// @param less P(it is at most as frequent)
record ChancePlace(double more, double less) {
  /// Stretches of a response, within which places are compared.
  static final int STRETCHES = 10;

  private static final int DRAWS = 4000;
  private static final long SEED = 1;
  private static final double ROUNDING = 1e-9;

  /// The chances of a kind.
  static ChancePlace of(List<WindowText> windows, TokenKind kind) {
    List<double[]> shares = windows.stream().map(window -> shares(window, kind)).toList();
    double seen = 0;
    for (WindowText window : windows) {
      seen += share(window, kind, window.from());
    }
    SplittableRandom random = new SplittableRandom(SEED);
    int more = 1;
    int less = 1;
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (double[] each : shares) {
        sum += each[random.nextInt(each.length)];
      }
      more += sum >= seen - ROUNDING ? 1 : 0;
      less += sum <= seen + ROUNDING ? 1 : 0;
    }
    return new ChancePlace(more / (DRAWS + 1.0), less / (DRAWS + 1.0));
  }

  /// The share of the kind in each place of the window's width that begins in the same tenth.
  private static double[] shares(WindowText window, TokenKind kind) {
    List<Double> shares = new ArrayList<>();
    IntStream.rangeClosed(0, window.length() - window.width())
        .filter(from -> tenth(window, from) == tenth(window, window.from()))
        .forEach(from -> shares.add(share(window, kind, from)));
    return shares.stream().mapToDouble(share -> share).toArray();
  }

  private static int tenth(WindowText window, int token) {
    return token * STRETCHES / window.length();
  }

  private static double share(WindowText window, TokenKind kind, int from) {
    long ofKind =
        IntStream.range(from, from + window.width())
            .filter(token -> window.kinds().get(token).contains(kind))
            .count();
    return (double) ofKind / window.width();
  }
}
