package criticalwindows.math;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the functions with a name come to.
final class Functions {
  static final Set<String> KNOWN =
      Set.of(
          "root",
          "abs",
          "sin",
          "cos",
          "tan",
          "cot",
          "sec",
          "csc",
          "ln",
          "log",
          "lg",
          "exp",
          "factorial",
          "binom",
          "floor",
          "ceil",
          "gcd",
          "lcm",
          "max",
          "min",
          "arcsin",
          "arccos",
          "arctan",
          "sinh",
          "cosh",
          "tanh");

  private Functions() {}

  /// The value; of what is not known, a number that only the same function of the same arguments
  /// has.
  static Scalar apply(WorkLimits budget, String name, List<Scalar> args) {
    Scalar of = args.getFirst().settled();
    return switch (name) {
      case "sin", "cos", "tan", "cot", "sec", "csc" -> angle(budget, name, of, args);
      case "exp" -> realOr(budget, of, name, args);
      case "ln" -> log(budget, of);
      case "log", "lg" ->
          log(budget, of)
              .times(log(budget, args.size() > 1 ? args.get(1) : Scalar.of(10)).inverse());
      case "factorial" -> small(of) ? Scalar.real(factorial(of)) : opaque(name, args);
      case "binom" ->
          small(of) && small(args.get(1))
              ? Scalar.real(choose(of, args.get(1)))
              : opaque(name, args);
      case "floor" -> exact(of) ? Scalar.real(floor(of.re())) : opaque(name, args);
      case "ceil" ->
          exact(of) ? Scalar.real(floor(of.re().negated()).negated()) : opaque(name, args);
      default -> opaque(name, args);
    };
  }

  private static Scalar realOr(WorkLimits budget, Scalar of, String name, List<Scalar> args) {
    budget.spend(200);
    return of.isReal() ? Scalar.real(Elementary.exp(of.re())) : opaque(name, args);
  }

  private static Scalar angle(WorkLimits budget, String name, Scalar of, List<Scalar> args) {
    if (!of.isReal()) {
      return opaque(name, args);
    }
    budget.spend(200);
    Real sin = Elementary.sin(of.re());
    Real cos = Elementary.cos(of.re());
    return Scalar.real(
        switch (name) {
          case "sin" -> sin.settled();
          case "cos" -> cos.settled();
          case "tan" -> sin.times(cos.inverse());
          case "cot" -> cos.times(sin.inverse());
          case "sec" -> cos.inverse();
          default -> sin.inverse();
        });
  }

  private static Scalar log(WorkLimits budget, Scalar of) {
    budget.spend(300);
    if (!of.isReal() || of.re().sign() <= 0) {
      throw new Beyond("a logarithm that is not defined here");
    }
    return Scalar.real(Elementary.ln(of.re()).settled());
  }

  private static boolean exact(Scalar of) {
    return of.isReal() && of.re().settled() instanceof Real.Exact;
  }

  private static boolean small(Scalar of) {
    return of.isReal()
        && of.re() instanceof Real.Exact whole
        && whole.whole()
        && whole.num().signum() >= 0
        && whole.num().bitLength() <= 9;
  }

  private static Real.Exact factorial(Scalar of) {
    return new Real.Exact(falling(whole(of), whole(of)), BigInteger.ONE);
  }

  private static Real choose(Scalar n, Scalar k) {
    if (whole(k) > whole(n)) {
      return Real.Exact.ZERO;
    }
    return Real.fraction(falling(whole(n), whole(k)), falling(whole(k), whole(k)));
  }

  /// `n (n-1) … (n-k+1)`.
  private static BigInteger falling(int n, int k) {
    BigInteger product = BigInteger.ONE;
    for (int i = 0; i < k; i++) {
      product = product.multiply(BigInteger.valueOf(n - i));
    }
    return product;
  }

  private static int whole(Scalar of) {
    return of.re() instanceof Real.Exact exact ? exact.num().intValueExact() : 0;
  }

  private static Real floor(Real of) {
    if (of.settled() instanceof Real.Exact exact) {
      BigInteger[] parts = exact.num().divideAndRemainder(exact.den());
      BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
      return new Real.Exact(floor, BigInteger.ONE);
    }
    throw new Beyond("the whole part of what is not known exactly");
  }

  private static Scalar opaque(String name, List<Scalar> args) {
    String keys = args.stream().map(arg -> arg.key(0)).collect(Collectors.joining(" "));
    return Opaque.scalar("function " + name + " " + keys);
  }
}
