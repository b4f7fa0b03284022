package criticalwindows.math;

import java.util.List;

/// A parsed expression.
sealed interface Node {
  /// A number as written: `12`, `3.14`, `0.1(6)`.
  record Num(String digits) implements Node {
    boolean whole() {
      return digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
  }

  /// Digits in another base, `204_5`.
  record Based(String digits, String base) implements Node {}

  /// A variable or constant.
  record Sym(String name) implements Node {}

  /// A function or construction that is known by its name.
  record Call(String name, List<Node> args) implements Node {}

  record Sum(List<Node> terms) implements Node {}

  record Neg(Node of) implements Node {}

  /// Plus or minus.
  ///
  /// @param sign 1 for `±`, -1 for `∓`
  record PlusMinus(int sign, Node of) implements Node {}

  record Product(List<Node> factors) implements Node {}

  record Quotient(Node top, Node bottom) implements Node {}

  record Power(Node base, Node exponent) implements Node {}

  record Percent(Node of) implements Node {}

  /// A value and what follows it in words: `5 cm`.
  record Unit(Node of, String unit) implements Node {}

  /// Words.
  record Words(String text) implements Node {}

  record Infinity() implements Node {}

  /// Sides and the signs between them, such as `x = 5` and `0 < x < 1`.
  record Relation(List<Node> sides, List<String> signs) implements Node {}

  /// `3 : 4`.
  record Ratio(List<Node> parts) implements Node {}

  /// Items without brackets.
  record Items(List<Node> items, Joint joint) implements Node {
    Items(List<Node> items) {
      this(items, Joint.COMMA);
    }
  }

  /// What stands between the items of a list.
  enum Joint {
    COMMA,
    AND,
    OR
  }

  /// `3 (mod 7)`.
  record Residue(Node of, Node modulus) implements Node {}

  /// `{x ∈ domain : conditions}`.
  record Where(Node domain, Items conditions) implements Node {}

  /// A set without the elements of another, `ℝ ∖ {0}`.
  record Without(Node from, Node what) implements Node {}

  /// Items in brackets: a tuple, an interval, a set.
  record Group(String open, List<Node> items, String close) implements Node {}

  record Union(List<Node> parts) implements Node {}

  record Matrix(List<List<Node>> rows) implements Node {}
}
