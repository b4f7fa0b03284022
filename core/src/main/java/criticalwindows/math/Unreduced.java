package criticalwindows.math;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/// The fractions of an expression that are not in lowest terms, for the policy that minds them.
final class Unreduced {
  private Unreduced() {}

  static String in(Node node) {
    return switch (node) {
      case Node.Quotient(Node.Num top, Node.Num bottom) -> fraction(top, bottom);
      case Node.Quotient quotient -> in(quotient.top()) + in(quotient.bottom());
      case Node.Neg negative -> in(negative.of());
      case Node.Sum sum -> all(sum.terms());
      case Node.Product product -> all(product.factors());
      case Node.Relation relation -> in(relation.sides().getLast());
      case Node.Items items -> all(items.items());
      case Node.Group group -> all(group.items());
      case Node.Unit unit -> in(unit.of());
      case Node.Percent percent -> in(percent.of());
      default -> "";
    };
  }

  private static String fraction(Node.Num top, Node.Num bottom) {
    if (!top.whole() || !bottom.whole()) {
      return "";
    }
    BigInteger common = new BigInteger(top.digits()).gcd(new BigInteger(bottom.digits()));
    boolean reduced = common.equals(BigInteger.ONE) && !bottom.digits().equals("1");
    return reduced ? "" : " written " + top.digits() + "/" + bottom.digits();
  }

  private static String all(List<Node> nodes) {
    return nodes.stream().map(Unreduced::in).collect(Collectors.joining());
  }
}
