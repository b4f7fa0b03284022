package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;

/// What may stand before an equals sign to name the value after it: `x`, `f(x)`, `(p, q)`, `AB`,
/// `|AB|`, `A : B`, `AB/CD`, words.
final class Names {
  private Names() {}

  static boolean is(Node node) {
    return switch (node) {
      case Node.Sym symbol -> !symbol.name().matches("[πei]");
      case Node.Words words -> true;
      case Node.Call call ->
          call.name().equals("abs")
              ? capitals(call.args().getFirst())
              : !Functions.KNOWN.contains(call.name())
                  && call.args().stream().allMatch(Names::plain);
      case Node.Group group -> group.items().size() > 1 && all(group.items());
      case Node.Ratio ratio -> all(ratio.parts());
      case Node.Quotient quotient -> is(quotient.top()) && is(quotient.bottom());
      case Node.Product product -> capitals(product) || applied(product.factors());
      case Node.Items items -> all(items.items());
      case Node.Unit unit -> is(unit.of());
      case Node.Num number -> false;
      case Node.Based based -> false;
      case Node.Sum sum -> false;
      case Node.Neg negative -> false;
      case Node.PlusMinus either -> false;
      case Node.Power power -> false;
      case Node.Percent percent -> false;
      case Node.Infinity infinity -> false;
      case Node.Relation relation -> false;
      case Node.Union union -> false;
      case Node.Residue residue -> false;
      case Node.Where where -> false;
      case Node.Without without -> false;
      case Node.Matrix matrix -> false;
    };
  }

  private static boolean all(List<Node> nodes) {
    return nodes.stream().allMatch(Names::is);
  }

  /// `p = 5, q = 2; p = 7, q = 2` as rows of values: where names come again in turn, each turn is a
  /// tuple.
  static List<Node> rows(List<Node> items) {
    List<Node> names = new ArrayList<>();
    List<Node> values = new ArrayList<>();
    for (Node item : items) {
      if (!(item instanceof Node.Relation(List<Node> sides, List<String> signs))
          || !signs.equals(List.of("="))
          || !(sides.get(0) instanceof Node.Sym)) {
        return items;
      }
      names.add(sides.get(0));
      values.add(sides.get(1));
    }
    int width = (int) names.stream().distinct().count();
    boolean turns = width > 1 && width < names.size() && names.size() % width == 0;
    List<Node> rows = new ArrayList<>();
    for (int i = 0; turns && i < names.size(); i += width) {
      turns = names.subList(i, i + width).equals(names.subList(0, width));
      rows.add(new Node.Group("(", values.subList(i, i + width), ")"));
    }
    return turns ? rows : items;
  }

  private static boolean plain(Node node) {
    return node instanceof Node.Sym || node instanceof Node.Num;
  }

  /// Points and lengths: `AB`, `S_{MBCN}`.
  private static boolean capitals(Node node) {
    return switch (node) {
      case Node.Sym symbol -> Character.isUpperCase(symbol.name().charAt(0));
      case Node.Product product -> product.factors().stream().allMatch(Names::capitals);
      default -> false;
    };
  }

  /// `W(n)`, which could be a product.
  private static boolean applied(List<Node> factors) {
    return factors.size() == 2
        && factors.get(0) instanceof Node.Sym name
        && Character.isUpperCase(name.name().charAt(0))
        && factors.get(1) instanceof Node.Sym;
  }

  /// The name for people.
  static String written(Node name) {
    return String.join(" ", Symbols.free(name));
  }
}
