package criticalwindows.math;

import java.util.List;

/// Whether an expression has two values.
final class Branches {
  private Branches() {}

  static boolean in(Node node) {
    return switch (node) {
      case Node.PlusMinus either -> true;
      case Node.Sum sum -> any(sum.terms());
      case Node.Product product -> any(product.factors());
      case Node.Quotient quotient -> in(quotient.top()) || in(quotient.bottom());
      case Node.Neg negative -> in(negative.of());
      case Node.Power power -> in(power.base()) || in(power.exponent());
      case Node.Unit unit -> in(unit.of());
      case Node.Relation relation -> any(relation.sides());
      case Node.Call call -> any(call.args());
      case Node.Num number -> false;
      case Node.Based based -> false;
      case Node.Sym symbol -> false;
      case Node.Percent percent -> in(percent.of());
      case Node.Words words -> false;
      case Node.Infinity infinity -> false;
      case Node.Ratio ratio -> false;
      case Node.Items items -> any(items.items());
      case Node.Group group -> false;
      case Node.Union union -> false;
      case Node.Residue residue -> in(residue.of());
      case Node.Where where -> false;
      case Node.Without without -> false;
      case Node.Matrix matrix -> false;
    };
  }

  private static boolean any(List<Node> nodes) {
    return nodes.stream().anyMatch(Branches::in);
  }
}
