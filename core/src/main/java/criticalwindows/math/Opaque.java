package criticalwindows.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      BigDecimal below = new BigDecimal(new BigInteger(1, digest)).divide(RANGE, Real.PRECISION);
      return Real.rounded(BigDecimal.ONE.add(below), -79);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
