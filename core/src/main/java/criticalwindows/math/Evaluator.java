package criticalwindows.math;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The value of an expression, with every variable at a number of its own between 1 and 2 that has
/// nothing to do with the others.
///
/// Two expressions that are equal have equal values; two that differ as functions differ there, but
/// for an accident of one in 10⁴⁰. This decides equality of polynomials, rational functions,
/// radicals and trigonometric expressions alike, without rewriting any of them. Variables count as
/// positive, as in `√(x²) = x`; what stands between bars does not.
///
/// @param known values of variables found so far, which are the same in every evaluation
/// @param bindings variables at values of the caller's
/// @param branch which of its values a `±` has: 1 the upper, -1 the lower
record Evaluator(
    WorkLimits budget, Map<String, Scalar> known, Map<String, Scalar> bindings, int branch) {
  private static final Scalar HALF_TURN = Scalar.real(Elementary.PI);

  /// @throws Beyond where the expression has no value
  Scalar value(Node node) {
    budget.spend(1);
    return switch (node) {
      case Node.Num number -> Scalar.real(Fractions.parse(number.digits()));
      case Node.Sym symbol -> symbol(symbol.name());
      case Node.Sum sum -> sum(sum.terms());
      case Node.Neg negative -> value(negative.of()).negated();
      case Node.PlusMinus either ->
          either.sign() * branch > 0 ? value(either.of()) : value(either.of()).negated();
      case Node.Product product -> product(product.factors());
      case Node.Quotient quotient -> quotient(quotient);
      case Node.Power power -> power(value(power.base()), value(power.exponent()), power.base());
      case Node.Percent percent -> times(value(percent.of()), Scalar.of(100).inverse());
      case Node.Unit unit -> value(unit.of());
      case Node.Call call -> call(call);
      case Node.Based based -> Opaque.scalar("based " + based.digits() + " " + based.base());
      case Node.Words words -> throw new Beyond("words in mathematics");
      case Node.Infinity infinity -> throw new Beyond("infinity in an expression");
      case Node.Relation relation -> throw new Beyond("a relation in an expression");
      case Node.Ratio ratio -> throw new Beyond("a ratio in an expression");
      case Node.Items items -> throw new Beyond("a list in an expression");
      case Node.Group group -> throw new Beyond("a group in an expression");
      case Node.Union union -> throw new Beyond("a union in an expression");
      case Node.Residue residue -> throw new Beyond("a residue in an expression");
      case Node.Where where -> throw new Beyond("a set in an expression");
      case Node.Without without -> throw new Beyond("a set in an expression");
      case Node.Matrix matrix -> throw new Beyond("a matrix in an expression");
    };
  }

  private Scalar symbol(String name) {
    Optional<Scalar> bound = Optional.ofNullable(bindings.get(name));
    return bound.orElseGet(
        () ->
            switch (name) {
              case "π" -> HALF_TURN;
              case "e" -> Scalar.real(Elementary.E);
              case "i" -> Scalar.I;
              default -> known.computeIfAbsent(name, key -> Opaque.scalar("symbol " + key));
            });
  }

  private Scalar sum(List<Node> terms) {
    Scalar sum = Scalar.ZERO;
    for (Node term : terms) {
      Scalar next = value(term);
      budget.spend(sum.cost() + next.cost());
      sum = sum.plus(next);
    }
    return sum;
  }

  private Scalar product(List<Node> factors) {
    Scalar product = Scalar.ONE;
    for (Node factor : factors) {
      product = times(product, value(factor));
    }
    return product;
  }

  private Scalar times(Scalar a, Scalar b) {
    budget.spend(a.cost() + b.cost());
    return a.times(b);
  }

  private Scalar quotient(Node.Quotient quotient) {
    Scalar bottom = value(quotient.bottom());
    budget.spend(2 * bottom.cost());
    return times(value(quotient.top()), bottom.inverse());
  }

  // Powers

  private Scalar power(Scalar base, Scalar exponent, Node written) {
    Scalar power = exponent.settled();
    if (!power.isReal()) {
      return turned(power, written);
    }
    Real real = power.re().settled();
    if (real instanceof Real.Exact exact) {
      return exact.whole() ? whole(base, exact.num()) : root(base, exact);
    }
    if (base.isReal() && base.re().sign() > 0) {
      budget.spend(300);
      return Scalar.real(Elementary.exp(real.times(Elementary.ln(base.re()))));
    }
    throw new Beyond("a power that is not defined here");
  }

  /// `e^{iφ}` and the like.
  private Scalar turned(Scalar exponent, Node base) {
    if (!base.equals(new Node.Sym("e"))) {
      throw new Beyond("a complex power");
    }
    budget.spend(400);
    Scalar size = Scalar.real(Elementary.exp(exponent.re()));
    Scalar turn = new Scalar(Elementary.cos(exponent.im()), Elementary.sin(exponent.im()));
    return size.times(turn);
  }

  private Scalar whole(Scalar base, BigInteger exponent) {
    if (exponent.bitLength() > 24 || tooLong(base, exponent.abs().intValueExact())) {
      return Opaque.scalar("power " + base.key(0) + " " + exponent);
    }
    if (exponent.signum() == 0) {
      return Scalar.ONE;
    }
    Scalar square = exponent.signum() < 0 ? base.inverse() : base;
    Scalar result = Scalar.ONE;
    for (int left = exponent.abs().intValueExact(); left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        result = times(result, square);
      }
      if (left > 1) {
        square = times(square, square);
      }
    }
    return result;
  }

  private static boolean tooLong(Scalar base, int exponent) {
    return (long) length(base.re()) * exponent > WorkLimits.BITS
        || (long) length(base.im()) * exponent > WorkLimits.BITS;
  }

  private static int length(Real value) {
    return switch (value) {
      case Real.Exact exact -> Math.max(exact.num().bitLength(), exact.den().bitLength()) - 1;
      case Real.Ball ball -> Math.abs(ball.magnitude());
    };
  }

  private Scalar root(Scalar base, Real.Exact exponent) {
    if (exponent.bits() > 40) {
      return Opaque.scalar("power " + base.key(0) + " " + exponent.num() + "/" + exponent.den());
    }
    int degree = exponent.den().intValueExact();
    return whole(root(base.settled(), degree), exponent.num());
  }

  /// The principal square root; of other degrees the real root, where there is one.
  private Scalar root(Scalar base, int degree) {
    budget.spend(20 + 4 * base.cost());
    if (degree == 2) {
      return base.root();
    }
    if (!base.isReal() || (base.re().sign() < 0 && degree % 2 == 0)) {
      throw new Beyond("a root that is not defined here");
    }
    int sign = base.re().sign();
    if (sign == 0) {
      return Scalar.ZERO;
    }
    Real size = sign < 0 ? base.re().negated() : base.re();
    Real root = size instanceof Real.Exact exact ? rootOf(exact, degree) : rootOf(size, degree);
    return Scalar.real(sign < 0 ? root.negated() : root);
  }

  private Real rootOf(Real.Exact size, int degree) {
    Optional<Real.Exact> exact =
        degree <= 64 && size.bits() < 1_000 ? Fractions.root(size, degree) : Optional.empty();
    return exact.isPresent() ? exact.get() : rootOf((Real) size, degree);
  }

  private Real rootOf(Real size, int degree) {
    budget.spend(300);
    Real log = Elementary.ln(size).times(Real.of(degree).inverse());
    return Elementary.exp(log);
  }

  // Functions

  private Scalar call(Node.Call call) {
    return switch (call.name()) {
      case "sum", "prod", "int", "lim" -> Opaque.scalar(call.name() + keys(call.args()));
      case "root" -> radical(value(call.args().get(0)), value(call.args().get(1)));
      case "abs" -> size(call.args().getFirst());
      default -> {
        List<Scalar> args = new ArrayList<>();
        for (Node arg : call.args()) {
          args.add(args.isEmpty() ? angle(arg) : value(arg));
        }
        budget.spend(args.stream().mapToInt(Scalar::cost).sum());
        yield Functions.apply(budget, call.name(), args);
      }
    };
  }

  private Scalar radical(Scalar of, Scalar degree) {
    if (degree.isReal() && degree.re() instanceof Real.Exact exact && exact.whole()) {
      return root(of.settled(), exact.num().intValueExact());
    }
    throw new Beyond("a root of no whole degree");
  }

  /// The absolute value: of a number, that; with variables, the same for `a - b` and `b - a`.
  private Scalar size(Node node) {
    Scalar value = value(node).settled();
    if (Symbols.free(node).isEmpty()) {
      return value.isReal()
          ? Scalar.real(value.re().sign() < 0 ? value.re().negated() : value.re())
          : value.im().equals(Real.Exact.ZERO)
              ? value
              : new Scalar(
                      value.re().times(value.re()).plus(value.im().times(value.im())),
                      Real.Exact.ZERO)
                  .root();
    }
    return Opaque.scalar("abs " + times(value, value).key(0));
  }

  /// The argument of a function, where degrees are angles.
  private Scalar angle(Node node) {
    return switch (node) {
      case Node.Unit unit when unit.unit().startsWith("°") || unit.unit().startsWith("deg") ->
          times(value(unit.of()), times(HALF_TURN, Scalar.of(180).inverse()));
      case Node.Neg negative -> angle(negative.of()).negated();
      case Node.Sum sum -> {
        Scalar total = Scalar.ZERO;
        for (Node term : sum.terms()) {
          total = total.plus(angle(term));
        }
        yield total;
      }
      default -> value(node);
    };
  }

  /// What sums and the like are known by: their parts.
  private String keys(List<Node> parts) {
    StringBuilder keys = new StringBuilder();
    for (Node part : parts) {
      keys.append(' ');
      switch (part) {
        case Node.Relation relation -> keys.append(relation.signs()).append(keys(relation.sides()));
        case Node.Infinity infinity -> keys.append("inf");
        case Node.Neg(Node.Infinity infinity) -> keys.append("-inf");
        default -> keys.append(value(part).key(0));
      }
    }
    return keys.toString();
  }
}
