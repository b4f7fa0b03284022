package criticalwindows.math;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The variables of an expression.
final class Symbols {
  private static final Set<String> CONSTANTS = Set.of("π", "e", "i");

  private Symbols() {}

  /// The variables, and each call of a function that is not known, by its name and a bracket.
  static Set<String> free(Node node) {
    Set<String> names = new TreeSet<>();
    collect(node, names);
    return names;
  }

  /// Whether it is a value and no equation, list, set, matrix or word.
  static boolean isExpression(Node node) {
    return switch (node) {
      case Node.Sym symbol -> true;
      case Node.Sum sum -> true;
      case Node.Neg negative -> true;
      case Node.Product product -> true;
      case Node.Quotient quotient -> true;
      case Node.Power power -> true;
      case Node.Call call -> true;
      default -> false;
    };
  }

  /// Whether it is a number or an expression.
  static boolean isNumber(Node node) {
    return node instanceof Node.Num || node instanceof Node.Unit || isExpression(node);
  }

  private static void collect(Node node, Set<String> names) {
    switch (node) {
      case Node.Num number -> {}
      case Node.Based based -> {}
      case Node.Infinity infinity -> {}
      case Node.Words words -> {}
      case Node.Sym symbol -> {
        if (!CONSTANTS.contains(symbol.name())) {
          names.add(symbol.name());
        }
      }
      case Node.Call call -> {
        if (!Functions.KNOWN.contains(call.name())) {
          names.add(call.name() + "(");
        }
        all(call.args(), names);
      }
      case Node.Sum sum -> all(sum.terms(), names);
      case Node.Neg negative -> collect(negative.of(), names);
      case Node.PlusMinus either -> collect(either.of(), names);
      case Node.Product product -> all(product.factors(), names);
      case Node.Quotient quotient -> all(List.of(quotient.top(), quotient.bottom()), names);
      case Node.Power power -> all(List.of(power.base(), power.exponent()), names);
      case Node.Percent percent -> collect(percent.of(), names);
      case Node.Unit unit -> collect(unit.of(), names);
      case Node.Relation relation -> all(relation.sides(), names);
      case Node.Ratio ratio -> all(ratio.parts(), names);
      case Node.Items items -> all(items.items(), names);
      case Node.Group group -> all(group.items(), names);
      case Node.Union union -> all(union.parts(), names);
      case Node.Residue residue -> all(List.of(residue.of(), residue.modulus()), names);
      case Node.Where where -> collect(where.conditions(), names);
      case Node.Without without -> all(List.of(without.from(), without.what()), names);
      case Node.Matrix matrix -> matrix.rows().forEach(row -> all(row, names));
    }
  }

  private static void all(List<Node> nodes, Set<String> names) {
    nodes.forEach(node -> collect(node, names));
  }
}
