package criticalwindows.stats;

import java.util.OptionalDouble;

/// How often chance alone gives as much.
///
/// @param value in (0, 1]
/// @param error its standard error, where it comes from draws; absent where it is exact
public record PValue(double value, OptionalDouble error) {
  public PValue {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException("a p-value of " + value);
    }
  }
}
