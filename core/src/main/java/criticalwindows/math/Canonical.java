package criticalwindows.math;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// From what was parsed to its canonical form, by the policies.
final class Canonical {
  private final Policies policies;
  private final Budget budget = new Budget();
  private final Map<String, Scalar> known = new HashMap<>();

  private Canonical(Policies policies) {
    this.policies = policies;
  }

  static Form form(Node node, Policies policies) {
    Form form = new Canonical(policies).of(node);
    boolean different = policies.fractions() == Policies.Unreduced.DIFFERENT;
    String unreduced = different ? Unreduced.in(node) : "";
    return unreduced.isEmpty() ? form : new Form(form.kind(), form.key() + unreduced);
  }

  Policies policies() {
    return policies;
  }

  Form of(Node node) {
    budget.spend(1);
    return switch (node) {
      case Node.Items items ->
          list(Names.rows(items.items()), policies.order() == Policies.Order.FREE);
      case Node.Group group -> group(group);
      case Node.Relation relation -> new Relations(this).of(relation);
      case Node.Ratio ratio -> ratio(ratio);
      case Node.Union union -> union(union);
      case Node.Matrix matrix -> matrix(Matrices.value(matrix, evaluator(1)));
      case Node.Infinity infinity -> new Form(Form.Kind.EXPRESSION, "inf");
      case Node.Neg(Node.Infinity infinity) -> new Form(Form.Kind.EXPRESSION, "-inf");
      case Node.Neg(Node.Based based) -> based("-", based);
      case Node.Based based -> based("", based);
      case Node.Words words -> Form.words(words.text());
      case Node.Unit unit -> unit(unit);
      case Node.Percent percent -> percent(percent);
      case Node.Call call when call.name().equals("'") && Symbols.free(node).size() > 1 ->
          scalar(node);
      default ->
          Matrices.contains(node) ? matrix(Matrices.value(node, evaluator(1))) : scalar(node);
    };
  }

  String key(Node node) {
    return of(node).key();
  }

  Evaluator evaluator(int branch) {
    return evaluator(Map.of(), branch);
  }

  Evaluator evaluator(Map<String, Scalar> bindings, int branch) {
    return new Evaluator(budget, known, bindings, branch);
  }

  /// A number or expression; with a `±`, both values.
  private Form scalar(Node node) {
    if (!Branches.in(node)) {
      return value(evaluator(1).value(node));
    }
    Set<String> keys = new TreeSet<>();
    keys.add(value(evaluator(1).value(node)).key());
    keys.add(value(evaluator(-1).value(node)).key());
    return joined(List.copyOf(keys));
  }

  Form value(Scalar value) {
    budget.spend(10);
    String key = value.key(policies.digits());
    boolean number = key.chars().allMatch(c -> c == '-' || c == '/' || (c >= '0' && c <= '9'));
    return new Form(number ? Form.Kind.NUMBER : Form.Kind.EXPRESSION, key);
  }

  private static Form joined(List<String> keys) {
    return new Form(Form.Kind.LIST, "{" + String.join(", ", keys) + "}");
  }

  /// Lists within lists are one list, and a list of one item is the item.
  private Form list(List<Node> items, boolean free) {
    List<String> keys = new ArrayList<>();
    Form last = new Form(Form.Kind.LIST, "{}");
    for (Node item : items) {
      last = of(item);
      if (last.kind() == Form.Kind.LIST && last.key().startsWith("{") && Branches.in(item)) {
        String inside = last.key().substring(1, last.key().length() - 1);
        Collections.addAll(keys, inside.split(", ", -1));
      } else {
        keys.add(last.key());
      }
    }
    if (free) {
      keys = new ArrayList<>(new TreeSet<>(keys));
    }
    if (keys.size() == 1) {
      return last;
    }
    if (free) {
      return joined(keys);
    }
    return new Form(Form.Kind.LIST, "{" + String.join("; ", keys) + "}");
  }

  private Form group(Node.Group group) {
    if (group.open().equals("\\{")) {
      List<Node> items = group.items();
      return items.size() == 1 && !Branches.in(items.getFirst())
          ? of(items.getFirst())
          : list(items, true);
    }
    if (group.open().equals("[") && group.items().stream().allMatch(Canonical::isRow)) {
      List<List<Node>> rows = new ArrayList<>();
      group.items().forEach(row -> rows.add(((Node.Group) row).items()));
      return matrix(Matrices.value(new Node.Matrix(rows), evaluator(1)));
    }
    List<String> keys = new ArrayList<>();
    group.items().forEach(item -> keys.add(key(item)));
    return tuple(group.open().equals("⟨") ? "(" : group.open(), keys, group.close());
  }

  private static boolean isRow(Node node) {
    return node instanceof Node.Group group && group.open().equals("[");
  }

  static Form tuple(String open, List<String> keys, String close) {
    String end = close.equals("⟩") ? ")" : close;
    return new Form(Form.Kind.TUPLE, open + String.join(", ", keys) + end);
  }

  private Form union(Node.Union union) {
    Set<String> parts = new LinkedHashSet<>();
    union.parts().forEach(part -> parts.add(key(part)));
    if (parts.size() == 1) {
      return of(union.parts().getFirst());
    }
    return new Form(Form.Kind.UNION, parts.stream().sorted().collect(Collectors.joining(" ∪ ")));
  }

  /// A column is written like a list in square brackets: it is a vector.
  private Form matrix(List<List<Scalar>> rows) {
    List<String> keys = new ArrayList<>();
    for (List<Scalar> row : rows) {
      List<String> cells = row.stream().map(cell -> value(cell).key()).toList();
      keys.add(row.size() == 1 ? cells.getFirst() : "[" + String.join(", ", cells) + "]");
    }
    boolean column = rows.stream().allMatch(row -> row.size() == 1);
    return column
        ? tuple("[", keys, "]")
        : new Form(Form.Kind.MATRIX, "[" + String.join(", ", keys) + "]");
  }

  private Form ratio(Node.Ratio ratio) {
    Evaluator evaluator = evaluator(1);
    Scalar first = evaluator.value(ratio.parts().getFirst()).inverse();
    List<String> keys = new ArrayList<>();
    for (Node part : ratio.parts().subList(1, ratio.parts().size())) {
      keys.add(value(evaluator.value(part).times(first)).key());
    }
    return new Form(Form.Kind.RATIO, "1 : " + String.join(" : ", keys));
  }

  private static Form based(String sign, Node.Based based) {
    String digits = based.digits().replaceFirst("^0+(?=[0-9])", "");
    return new Form(Form.Kind.BASED, sign + digits + " in base " + based.base());
  }

  private Form unit(Node.Unit unit) {
    Form value = of(unit.of());
    if (policies.units() == Policies.Units.DROPPED) {
      return value;
    }
    return new Form(value.kind(), value.key() + " " + Units.plain(unit.unit()));
  }

  private Form percent(Node.Percent percent) {
    return switch (policies.percent()) {
      case NUMBER -> of(percent.of());
      case FRACTION -> scalar(percent);
      case KEPT -> {
        Form number = of(percent.of());
        yield new Form(number.kind(), number.key() + " %");
      }
    };
  }
}
