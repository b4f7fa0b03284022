package criticalwindows.math;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Exponential, logarithm, sine and cosine of balls, by series on whole numbers that count
/// `2^-320`ths.
final class Elementary {
  private static final int BITS = 320;
  private static final BigInteger UNIT = BigInteger.ONE.shiftLeft(BITS);
  private static final BigDecimal SCALE = new BigDecimal(UNIT);

  private static final BigInteger LN2 = logarithm(14, 10, 6);
  private static final BigInteger LN10 = logarithm(46, 34, 20);
  private static final BigInteger HALF_TURN =
      arc(5, -1).multiply(BigInteger.valueOf(16)).subtract(arc(239, -1).shiftLeft(2));

  static final Real.Ball PI = ball(HALF_TURN, -90);
  static final Real.Ball E = exp(Real.Exact.ONE);

  private Elementary() {}

  /// `e^x`.
  static Real.Ball exp(Real x) {
    Real.Ball ball = x.ball();
    if (ball.magnitude() > 4) {
      throw new Beyond("a power too large");
    }
    BigInteger fixed = fixed(ball.mid());
    int turns = fixed.add(LN2.shiftRight(1)).divide(LN2).intValueExact();
    BigInteger rest = fixed.subtract(LN2.multiply(BigInteger.valueOf(turns)));
    BigDecimal power = new BigDecimal(expOf(rest)).divide(SCALE, Real.PRECISION);
    BigDecimal shift = BigDecimal.TWO.pow(turns, Real.PRECISION);
    BigDecimal mid = power.multiply(shift, Real.PRECISION);
    int magnitude = mid.precision() - mid.scale();
    return Real.rounded(mid, magnitude + Math.max(ball.err(), -78) + 1);
  }

  /// The natural logarithm of a positive number.
  static Real.Ball ln(Real x) {
    Real.Ball ball = x.ball();
    if (ball.mayBeZero() || ball.mid().signum() < 0) {
      throw new Beyond("the logarithm of what may be zero");
    }
    int shift = ball.magnitude();
    BigInteger scaled = fixed(ball.mid().movePointLeft(shift));
    BigInteger log =
        BigDecimal.valueOf(StrictMath.log(ball.mid().movePointLeft(shift).doubleValue()))
            .multiply(SCALE)
            .toBigInteger();
    for (int i = 0; i < 3; i++) {
      BigInteger power = expOf(log);
      BigInteger step = scaled.subtract(power).shiftLeft(BITS + 1).divide(scaled.add(power));
      log = log.add(step);
    }
    log = log.add(LN10.multiply(BigInteger.valueOf(shift)));
    return ball(log, Math.max(ball.err() - shift + 2, -78));
  }

  static Real.Ball cos(Real x) {
    return sin(x.ball(), 1);
  }

  static Real.Ball sin(Real x) {
    return sin(x.ball(), 0);
  }

  /// The sine of the angle and so many quarter turns.
  private static Real.Ball sin(Real.Ball x, int quarters) {
    if (x.magnitude() > 12) {
      throw new Beyond("an angle too large");
    }
    BigInteger quarter = HALF_TURN.shiftRight(1);
    BigInteger fixed = fixed(x.mid());
    BigInteger turns = fixed.add(quarter.shiftRight(1)).divide(quarter);
    BigInteger rest = fixed.subtract(turns.multiply(quarter));
    int side = turns.add(BigInteger.valueOf(quarters)).and(BigInteger.valueOf(3)).intValue();
    BigInteger value = side % 2 == 0 ? series(rest, rest, 1) : series(UNIT, rest, 0);
    return ball(side < 2 ? value : value.negate(), Math.max(x.err(), -78));
  }

  /// Sine from its first term `x` (first = 1), cosine from 1 (first = 0).
  private static BigInteger series(BigInteger term, BigInteger x, int first) {
    BigInteger square = x.multiply(x).shiftRight(BITS);
    BigInteger sum = term;
    for (int i = first + 1; term.signum() != 0 && i < 200; i += 2) {
      term = term.multiply(square).shiftRight(BITS).divide(BigInteger.valueOf((long) i * (i + 1)));
      term = term.negate();
      sum = sum.add(term);
    }
    return sum;
  }

  /// The exponential of a small number: halved eight times, and squared as often.
  private static BigInteger expOf(BigInteger x) {
    BigInteger small = x.shiftRight(8);
    BigInteger term = UNIT;
    BigInteger sum = UNIT;
    for (int i = 1; i < 80 && term.signum() != 0; i++) {
      term = term.multiply(small).shiftRight(BITS).divide(BigInteger.valueOf(i));
      sum = sum.add(term);
    }
    for (int i = 0; i < 8; i++) {
      sum = sum.multiply(sum).shiftRight(BITS);
    }
    return sum;
  }

  /// Of 2 or 10, by Machin-like formulas in arcs of 1/31, 1/49 and 1/161.
  private static BigInteger logarithm(int a, int b, int c) {
    return arc(31, 1)
        .multiply(BigInteger.valueOf(a))
        .add(arc(49, 1).multiply(BigInteger.valueOf(b)))
        .add(arc(161, 1).multiply(BigInteger.valueOf(c)));
  }

  /// The arctangent of `1/n` (sign -1), or its hyperbolic kind (sign 1).
  private static BigInteger arc(int n, int sign) {
    BigInteger square = BigInteger.valueOf((long) n * n * sign);
    BigInteger power = UNIT.divide(BigInteger.valueOf(n));
    BigInteger sum = power;
    for (int i = 3; power.signum() != 0 && i < 1000; i += 2) {
      power = power.divide(square);
      sum = sum.add(power.divide(BigInteger.valueOf(i)));
    }
    return sum;
  }

  private static BigInteger fixed(BigDecimal value) {
    return value.multiply(SCALE).toBigInteger();
  }

  private static Real.Ball ball(BigInteger fixed, int err) {
    return Real.rounded(new BigDecimal(fixed).divide(SCALE, Real.PRECISION), err);
  }
}
