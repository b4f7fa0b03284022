package criticalwindows.testbed;

import java.util.List;

/// The largest rise of a curve between two neighbouring positions, the earliest among equals.
///
/// @param interval between which positions, counted from 0
/// @param rise in [-1, 1]
public record Jump(int interval, double rise) {
  /// Rises closer than this differ by rounding alone.
  private static final double SAME = 1e-9;

  /// @param values at least two
  public static Jump largest(List<Double> values) {
    Jump best = new Jump(0, values.get(1) - values.get(0));
    for (int i = 1; i + 1 < values.size(); i++) {
      double rise = values.get(i + 1) - values.get(i);
      if (rise > best.rise + SAME) {
        best = new Jump(i, rise);
      }
    }
    return best;
  }
}
