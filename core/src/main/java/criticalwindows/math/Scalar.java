package criticalwindows.math;

/// A complex number.
record Scalar(Real re, Real im) {
  static final Scalar ZERO = real(Real.Exact.ZERO);
  static final Scalar ONE = real(Real.Exact.ONE);
  static final Scalar I = new Scalar(Real.Exact.ZERO, Real.Exact.ONE);

  static Scalar real(Real value) {
    return new Scalar(value, Real.Exact.ZERO);
  }

  static Scalar of(long whole) {
    return real(Real.of(whole));
  }

  boolean isReal() {
    return im.equals(Real.Exact.ZERO);
  }

  Scalar plus(Scalar other) {
    return new Scalar(
        re.plus(other.re), isReal() && other.isReal() ? Real.Exact.ZERO : im.plus(other.im));
  }

  Scalar minus(Scalar other) {
    return plus(other.negated());
  }

  Scalar times(Scalar other) {
    if (isReal() && other.isReal()) {
      return real(re.times(other.re));
    }
    return new Scalar(
        re.times(other.re).plus(im.times(other.im).negated()),
        re.times(other.im).plus(im.times(other.re)));
  }

  Scalar negated() {
    return new Scalar(re.negated(), im.negated());
  }

  Scalar inverse() {
    if (isReal()) {
      return real(re.inverse());
    }
    Real size = re.times(re).plus(im.times(im)).inverse();
    return new Scalar(re.times(size), im.negated().times(size));
  }

  /// Without an imaginary part that is nothing but rounding.
  Scalar settled() {
    return isReal() || im.sign() != 0 ? this : real(re);
  }

  /// The principal root.
  Scalar root() {
    Scalar z = settled();
    if (z.isReal()) {
      return switch (z.re.sign()) {
        case 0 -> ZERO;
        case 1 -> real(z.re.root());
        default -> new Scalar(Real.Exact.ZERO, z.re.negated().root());
      };
    }
    Real half = Real.of(2).inverse();
    Real size = z.re.times(z.re).plus(z.im.times(z.im)).root();
    Real a = size.plus(z.re).times(half).root();
    Real b = size.plus(z.re.negated()).times(half).root();
    return new Scalar(a, z.im.sign() < 0 ? b.negated() : b);
  }

  /// About how long an operation with this takes.
  int cost() {
    return 1 + words(re) * words(re) / 1000 + words(im) * words(im) / 1000;
  }

  private static int words(Real value) {
    return value instanceof Real.Exact exact ? exact.bits() / 32 : 8;
  }

  /// The number's canonical text.
  String key(int digits) {
    String imaginary = im.key(digits);
    if (imaginary.equals("0")) {
      return re.key(digits);
    }
    String real = re.key(digits);
    return (real.equals("0") ? "" : real + " + ") + "(" + imaginary + ")i";
  }
}
