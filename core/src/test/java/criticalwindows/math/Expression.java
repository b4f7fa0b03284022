package criticalwindows.math;

import java.util.Map;
import java.util.SplittableRandom;

/// Random expressions that can be rewritten without changing their value, and evaluated by other
/// means than the tested ones.
sealed interface Expression {
  record Whole(int value) implements Expression {}

  record Variable(String name) implements Expression {}

  record Sum(Expression a, Expression b) implements Expression {}

  record Product(Expression a, Expression b) implements Expression {}

  record Quotient(Expression a, Expression b) implements Expression {}

  record Square(Expression a) implements Expression {}

  record Root(int of) implements Expression {}

  static Expression random(SplittableRandom random, int depth) {
    return switch (depth == 0 ? random.nextInt(4) : random.nextInt(9)) {
      case 0, 1 -> new Whole(1 + random.nextInt(20));
      case 2 -> new Variable("xyabn".substring(random.nextInt(5)).substring(0, 1));
      case 3 -> new Root(2 + random.nextInt(30));
      case 4, 5 -> new Sum(random(random, depth - 1), random(random, depth - 1));
      case 6 -> new Product(random(random, depth - 1), random(random, depth - 1));
      case 7 -> new Quotient(random(random, depth - 1), random(random, depth - 1));
      default -> new Square(random(random, depth - 1));
    };
  }

  /// The same value, written in another way.
  default Expression rewritten(SplittableRandom random) {
    boolean turn = random.nextBoolean();
    return switch (this) {
      case Whole(int value) -> turn ? this : new Sum(new Whole(value + 3), new Whole(-3));
      case Variable variable ->
          turn ? this : new Quotient(new Product(variable, new Whole(6)), new Whole(6));
      case Root(int of) -> turn ? this : new Quotient(new Whole(of), this);
      case Sum(Expression a, Expression b) ->
          turn
              ? new Sum(b.rewritten(random), a.rewritten(random))
              : new Sum(a.rewritten(random), b.rewritten(random));
      case Product(Expression a, Sum(Expression b, Expression c)) when turn -> {
        Expression left = a.rewritten(random);
        yield new Sum(new Product(left, b), new Product(c, left));
      }
      case Product(Expression a, Expression b) ->
          new Product(b.rewritten(random), a.rewritten(random));
      case Quotient(Expression a, Expression b) ->
          turn
              ? new Product(a.rewritten(random), new Quotient(new Whole(1), b.rewritten(random)))
              : new Quotient(new Product(a, new Whole(2)), new Product(new Whole(2), b));
      case Square(Expression a) ->
          turn ? new Product(a, a.rewritten(random)) : new Square(a.rewritten(random));
    };
  }

  /// With one leaf changed.
  default Expression changed(SplittableRandom random) {
    return switch (this) {
      case Whole(int value) -> new Whole(value + 1);
      case Variable(String name) -> new Sum(this, new Whole(1));
      case Root(int of) -> new Root(of + 1);
      case Sum(Expression a, Expression b) ->
          random.nextBoolean() ? new Sum(a.changed(random), b) : new Sum(a, b.changed(random));
      case Product(Expression a, Expression b) -> new Product(a.changed(random), b);
      case Quotient(Expression a, Expression b) -> new Quotient(a, b.changed(random));
      case Square(Expression a) -> new Square(a.changed(random));
    };
  }

  default double value(Map<String, Double> at) {
    return switch (this) {
      case Whole(int value) -> value;
      case Variable(String name) -> at.getOrDefault(name, Double.NaN);
      case Root(int of) -> Math.sqrt(of);
      case Sum(Expression a, Expression b) -> a.value(at) + b.value(at);
      case Product(Expression a, Expression b) -> a.value(at) * b.value(at);
      case Quotient(Expression a, Expression b) -> a.value(at) / b.value(at);
      case Square(Expression a) -> a.value(at) * a.value(at);
    };
  }

  /// As LaTeX, in one of its many ways.
  default String latex(SplittableRandom random) {
    boolean turn = random.nextBoolean();
    return switch (this) {
      case Whole(int value) -> value < 0 ? "(" + value + ")" : Integer.toString(value);
      case Variable(String name) -> name;
      case Root(int of) -> turn ? "\\sqrt{" + of + "}" : "\\sqrt {" + of + " }";
      case Sum(Expression a, Expression b) -> a.latex(random) + " + " + b.latex(random);
      case Product(Expression a, Expression b) ->
          group(a, random) + (turn ? " \\cdot " : " \\times ") + group(b, random);
      case Quotient(Expression a, Expression b) ->
          turn
              ? "\\frac{" + a.latex(random) + "}{" + b.latex(random) + "}"
              : "\\left(" + group(a, random) + "/" + group(b, random) + "\\right)";
      case Square(Expression a) -> group(a, random) + (turn ? "^2" : "^{2}");
    };
  }

  private static String group(Expression inside, SplittableRandom random) {
    return (random.nextBoolean() ? "(%s)" : "\\left( %s \\right)")
        .replace("%s", inside.latex(random));
  }
}
