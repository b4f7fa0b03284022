package criticalwindows.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/// Fractions from texts, and their roots.
final class Fractions {
  private Fractions() {}

  /// A plain decimal with an optional repeating part, `0.1(6)`.
  static Real.Exact parse(String text) {
    int open = text.indexOf('(');
    if (open < 0) {
      return Real.decimal(new BigDecimal(text));
    }
    String repeated = text.substring(open + 1, text.length() - 1);
    BigDecimal start = new BigDecimal(text.substring(0, open) + "0");
    BigInteger nines = BigInteger.TEN.pow(repeated.length()).subtract(BigInteger.ONE);
    int places = Math.max(0, start.scale() - 1);
    Real rest = Real.fraction(new BigInteger(repeated), nines.multiply(BigInteger.TEN.pow(places)));
    return (Real.Exact) Real.decimal(start).plus(rest);
  }

  /// The root of an exact number, where it is exact.
  static Optional<Real.Exact> root(Real.Exact value, int degree) {
    Optional<BigInteger> num = root(value.num(), degree);
    Optional<BigInteger> den = root(value.den(), degree);
    return num.isPresent() && den.isPresent()
        ? Optional.of(new Real.Exact(num.get(), den.get()))
        : Optional.empty();
  }

  /// By bisection on bits; the number is not negative.
  private static Optional<BigInteger> root(BigInteger value, int degree) {
    int top = value.bitLength() / degree + 1;
    BigInteger root = BigInteger.ZERO;
    for (int bit = top; bit >= 0; bit--) {
      BigInteger next = root.setBit(bit);
      if (next.pow(degree).compareTo(value) <= 0) {
        root = next;
      }
    }
    return root.pow(degree).equals(value) ? Optional.of(root) : Optional.empty();
  }
}
