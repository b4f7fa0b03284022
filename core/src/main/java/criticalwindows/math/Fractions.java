package criticalwindows.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/// Fractions from texts, and from many digits.
final class Fractions {
  static final Real.Exact ZERO = new Real.Exact(BigInteger.ZERO, BigInteger.ONE);
  static final Real.Exact ONE = new Real.Exact(BigInteger.ONE, BigInteger.ONE);

  private static final BigInteger MOST = BigInteger.valueOf(1_000_000_000);

  private Fractions() {}

  /// The fraction with a denominator of at most 10⁹ that a number is within `10^err` of, by its
  /// continued fraction.
  static Optional<Real.Exact> near(BigDecimal value, int err) {
    BigDecimal close = BigDecimal.ONE.scaleByPowerOfTen(err);
    BigInteger num = value.unscaledValue();
    BigInteger den = BigInteger.ONE;
    if (value.scale() > 0) {
      den = BigInteger.TEN.pow(value.scale());
    } else {
      num = num.multiply(BigInteger.TEN.pow(-value.scale()));
    }
    BigInteger p0 = BigInteger.ZERO;
    BigInteger q0 = BigInteger.ONE;
    BigInteger p1 = BigInteger.ONE;
    BigInteger q1 = BigInteger.ZERO;
    while (den.signum() != 0) {
      BigInteger[] step = floor(num, den);
      BigInteger p2 = step[0].multiply(p1).add(p0);
      BigInteger q2 = step[0].multiply(q1).add(q0);
      if (q2.compareTo(MOST) > 0) {
        return Optional.empty();
      }
      BigDecimal off = value.multiply(new BigDecimal(q2)).subtract(new BigDecimal(p2)).abs();
      if (off.compareTo(close) <= 0) {
        return Optional.of(new Real.Exact(p2, q2));
      }
      p0 = p1;
      q0 = q1;
      p1 = p2;
      q1 = q2;
      num = den;
      den = step[1];
    }
    return Optional.empty();
  }

  private static BigInteger[] floor(BigInteger num, BigInteger den) {
    BigInteger[] parts = num.divideAndRemainder(den);
    return parts[1].signum() < 0
        ? new BigInteger[] {parts[0].subtract(BigInteger.ONE), parts[1].add(den)}
        : parts;
  }

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
