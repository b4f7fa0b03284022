package criticalwindows.math;

import criticalwindows.hash.Sha256;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Numbers for what has no value of its own: variables, and functions nobody knows more about.
final class Opaque {
  private static final BigDecimal RANGE = new BigDecimal(BigInteger.ONE.shiftLeft(256));

  private Opaque() {}

  /// A number that only the same key has.
  static Scalar scalar(String key) {
    return Scalar.real(number(key));
  }

  /// Between 1 and 2, from a hash of the key.
  private static Real number(String key) {
    BigDecimal hash = new BigDecimal(new BigInteger(1, Sha256.of(key)));
    return Real.rounded(BigDecimal.ONE.add(hash.divide(RANGE, Real.PRECISION)), -79);
  }
}
