package criticalwindows.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/// A real number: a fraction exactly, or a ball, which is 80 digits and how far they may be off.
///
/// Errors are carried along, so that a ball never claims a digit that it does not know. Two numbers
/// that agree in [#KEY_DIGITS] digits are one; fractions are compared exactly.
sealed interface Real {
  MathContext PRECISION = new MathContext(80, RoundingMode.HALF_EVEN);
  int KEY_DIGITS = 40;

  /// A fraction in lowest terms.
  ///
  /// @param den positive
  record Exact(BigInteger num, BigInteger den) implements Real {
    static final Exact ZERO = new Exact(BigInteger.ZERO, BigInteger.ONE);
    static final Exact ONE = new Exact(BigInteger.ONE, BigInteger.ONE);

    boolean whole() {
      return den.equals(BigInteger.ONE);
    }

    int bits() {
      return num.bitLength() + den.bitLength();
    }
  }

  /// A number within `10^err` of `mid`.
  record Ball(BigDecimal mid, int err) implements Real {
    /// The value of `mid` is below ten to this power.
    int magnitude() {
      return mid.signum() == 0 ? err : mid.precision() - mid.scale();
    }

    boolean mayBeZero() {
      return magnitude() <= err + 1;
    }
  }

  static Exact of(long whole) {
    return new Exact(BigInteger.valueOf(whole), BigInteger.ONE);
  }

  /// A fraction, reduced.
  static Exact fraction(BigInteger num, BigInteger den) {
    if (den.signum() == 0) {
      throw new Beyond("division by zero");
    }
    if (num.bitLength() + den.bitLength() > 2 * WorkLimits.BITS) {
      throw new Beyond("a number too long");
    }
    if (den.equals(BigInteger.ONE)) {
      return new Exact(num, den);
    }
    BigInteger common = num.gcd(den);
    common = den.signum() < 0 ? common.negate() : common;
    return new Exact(num.divide(common), den.divide(common));
  }

  /// A decimal, exactly.
  static Exact decimal(BigDecimal value) {
    return value.scale() <= 0
        ? new Exact(value.toBigIntegerExact(), BigInteger.ONE)
        : fraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  default Real plus(Real other) {
    if (this instanceof Exact a && other instanceof Exact b) {
      return a.whole() && b.whole()
          ? new Exact(a.num.add(b.num), BigInteger.ONE)
          : fraction(a.num.multiply(b.den).add(b.num.multiply(a.den)), a.den.multiply(b.den));
    }
    Ball a = ball();
    Ball b = other.ball();
    return rounded(a.mid.add(b.mid), Math.max(a.err, b.err));
  }

  default Real times(Real other) {
    if (this instanceof Exact a && other instanceof Exact b) {
      return fraction(a.num.multiply(b.num), a.den.multiply(b.den));
    }
    if (equals(Exact.ZERO) || other.equals(Exact.ZERO)) {
      return Exact.ZERO;
    }
    Ball a = ball();
    Ball b = other.ball();
    return rounded(a.mid.multiply(b.mid), Math.max(a.magnitude() + b.err, b.magnitude() + a.err));
  }

  default Real negated() {
    return switch (this) {
      case Exact a -> new Exact(a.num.negate(), a.den);
      case Ball a -> new Ball(a.mid.negate(), a.err);
    };
  }

  /// One over this.
  default Real inverse() {
    return switch (this) {
      case Exact a -> fraction(a.den, a.num);
      case Ball a -> {
        if (a.mayBeZero()) {
          throw new Beyond("division by what may be zero");
        }
        yield rounded(BigDecimal.ONE.divide(a.mid, PRECISION), a.err - 2 * (a.magnitude() - 1) + 1);
      }
    };
  }

  /// The root that is not negative, of a number that is not.
  default Real root() {
    return switch (this) {
      case Exact a -> {
        BigInteger[] num = a.num.sqrtAndRemainder();
        BigInteger[] den = a.den.sqrtAndRemainder();
        yield num[1].signum() == 0 && den[1].signum() == 0
            ? new Exact(num[0], den[0])
            : rootOf(a.ball());
      }
      case Ball a -> rootOf(a);
    };
  }

  private static Real rootOf(Ball a) {
    if (a.mayBeZero() || a.mid.signum() < 0) {
      throw new Beyond("the root of what may be zero");
    }
    return rounded(a.mid.sqrt(PRECISION), a.err - Math.floorDiv(a.magnitude() - 1, 2));
  }

  /// -1, 0 or 1.
  default int sign() {
    return switch (this) {
      case Exact a -> a.num.signum();
      case Ball a -> settled(a) ? a.mid.signum() : 0;
    };
  }

  /// Whether a ball is away from zero; where it is not, it must be small enough to be taken for it.
  private static boolean settled(Ball a) {
    if (!a.mayBeZero()) {
      return true;
    }
    if (a.err > -30) {
      throw new Beyond("too few digits known");
    }
    return false;
  }

  default Ball ball() {
    return switch (this) {
      case Exact a -> {
        BigDecimal mid = new BigDecimal(a.num).divide(new BigDecimal(a.den), PRECISION);
        yield new Ball(mid, mid.precision() - mid.scale() - PRECISION.getPrecision());
      }
      case Ball a -> a;
    };
  }

  /// A ball rounded to the precision; its error covers up to nine errors of the size given.
  static Ball rounded(BigDecimal value, int err) {
    BigDecimal mid = value.round(PRECISION);
    int magnitude = mid.precision() - mid.scale();
    if (Math.abs(magnitude) > 20_000) {
      throw new Beyond("a number too large");
    }
    return new Ball(mid, Math.max(err, magnitude - PRECISION.getPrecision()) + 1);
  }

  /// A ball that is a short fraction, as near as it is known, becomes that fraction: `√2·√2` is 2.
  default Real settled() {
    if (!(this instanceof Ball a)) {
      return this;
    }
    if (!settled(a)) {
      return Exact.ZERO;
    }
    if (a.magnitude() - a.err < KEY_DIGITS + 5) {
      throw new Beyond("too few digits known");
    }
    return near(a.mid, a.magnitude() - KEY_DIGITS - 5).map(Real.class::cast).orElse(a);
  }

  /// The fraction with a denominator of at most 10⁹ that a number is within `10^err` of, by its
  /// continued fraction.
  private static Optional<Exact> near(BigDecimal value, int err) {
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
      if (q2.bitLength() > 30 || q2.longValue() > 1_000_000_000) {
        return Optional.empty();
      }
      BigDecimal off = value.multiply(new BigDecimal(q2)).subtract(new BigDecimal(p2)).abs();
      if (off.compareTo(close) <= 0) {
        return Optional.of(new Exact(p2, q2));
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

  /// The number's canonical text: the same exactly where the number is.
  ///
  /// @param digits significant ones to round to; 0 for as many as there are
  default String key(int digits) {
    Real settled = settled();
    if (digits > 0) {
      BigDecimal rounded = settled.ball().mid.round(new MathContext(digits));
      return rounded.signum() == 0 ? "0" : "~" + rounded.stripTrailingZeros();
    }
    return switch (settled) {
      case Exact a -> a.whole() ? a.num.toString() : a.num + "/" + a.den;
      case Ball a ->
          "~"
              + a.mid
                  .round(new MathContext(KEY_DIGITS, RoundingMode.HALF_EVEN))
                  .stripTrailingZeros();
    };
  }
}
