package criticalwindows.math;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// From what was parsed to its canonical form, by the policies.
final class Canonical implements Forming {
  private final Convention convention;
  private final Policies policies;
  private final WorkLimits budget = new WorkLimits();
  private final Map<String, Scalar> known = new HashMap<>();

  private Canonical(Convention convention) {
    this.convention = convention;
    this.policies = convention.policies();
  }

  static CanonicalForm form(Node node, Convention convention) {
    Canonical canonical = new Canonical(convention);
    CanonicalForm form = canonical.of(canonical.named(node));
    boolean different = convention.policies().fractions() == Policies.Unreduced.DIFFERENT;
    String unreduced = different ? Unreduced.in(node) : "";
    return unreduced.isEmpty() ? form : new CanonicalForm(form.kind(), form.key() + unreduced);
  }

  @Override
  public Convention convention() {
    return convention;
  }

  /// Where an equation is asked for that is solved for a variable, an expression without it is that
  /// equation's other side.
  private Node named(Node node) {
    if (!(convention.asked() instanceof Convention.Asked.Equation(var name, var variables))
        || name.isEmpty()
        || !Symbols.isExpression(node)) {
      return node;
    }
    Set<String> free = Symbols.free(node);
    return free.isEmpty() || free.contains(name.get())
        ? node
        : new Node.Relation(List.of(new Node.Sym(name.get()), node), List.of("="));
  }

  @Override
  public CanonicalForm of(Node node) {
    budget.spend(1);
    return switch (node) {
      case Node.Items items -> items(items);
      case Node.Group group -> group(group);
      case Node.Where where -> new Sets(this).where(where);
      case Node.Without without ->
          new Sets(this).of(without).orElseGet(() -> joint(" ∖ ", without.from(), without.what()));
      case Node.Residue residue -> residue(residue);
      case Node.Sym(String name) when name.equals("ℝ") -> CanonicalForm.reals();
      case Node.Relation relation -> new Relations(this).of(relation);
      case Node.Ratio ratio -> ratio(ratio);
      case Node.Union union -> union(union);
      case Node.Matrix matrix -> matrix(Matrices.value(matrix, evaluator(1)));
      case Node.Infinity infinity -> new CanonicalForm(CanonicalForm.Kind.EXPRESSION, "inf");
      case Node.Neg(Node.Infinity infinity) ->
          new CanonicalForm(CanonicalForm.Kind.EXPRESSION, "-inf");
      case Node.Neg(Node.Based based) -> based("-", based);
      case Node.Based based -> based("", based);
      case Node.Words words -> CanonicalForm.words(words.text());
      case Node.Unit unit -> unit(unit);
      case Node.Percent percent -> percent(percent);
      case Node.Sum(List<Node> terms) when Sets.isDifference(terms) ->
          of(new Node.Without(terms.get(0), ((Node.Neg) terms.get(1)).of()));
      case Node.Call call when call.name().equals("'") && Symbols.free(node).size() > 1 ->
          scalar(node);
      default ->
          Matrices.contains(node) ? matrix(Matrices.value(node, evaluator(1))) : scalar(node);
    };
  }

  private Evaluator evaluator(int branch) {
    return evaluator(Map.of(), branch);
  }

  @Override
  public Evaluator evaluator(Map<String, Scalar> bindings, int branch) {
    return new Evaluator(budget, known, bindings, branch);
  }

  /// A number or expression; with a `±`, both values.
  private CanonicalForm scalar(Node node) {
    if (!Branches.in(node)) {
      return value(evaluator(1).value(node));
    }
    Set<String> keys = new TreeSet<>();
    keys.add(value(evaluator(1).value(node)).key());
    keys.add(value(evaluator(-1).value(node)).key());
    return CanonicalForm.list(List.copyOf(keys));
  }

  @Override
  public CanonicalForm value(Scalar value) {
    budget.spend(10);
    String key = value.key(policies.digits());
    boolean number = key.chars().allMatch(c -> c == '-' || c == '/' || (c >= '0' && c <= '9'));
    return new CanonicalForm(
        number ? CanonicalForm.Kind.NUMBER : CanonicalForm.Kind.EXPRESSION, key);
  }

  private CanonicalForm joint(String sign, Node left, Node right) {
    return new CanonicalForm(CanonicalForm.Kind.TEXT, key(left) + sign + key(right));
  }

  private CanonicalForm items(Node.Items items) {
    Optional<CanonicalForm> set = new Sets(this).of(items);
    return set.isPresent()
        ? set.get()
        : list(residues(Names.rows(items.items())), policies.order() == Policies.Order.FREE);
  }

  /// `3, 5 (mod 7)`: the modulus holds for all.
  private static List<Node> residues(List<Node> items) {
    if (!(items.getLast() instanceof Node.Residue(Node of, Node modulus))
        || items.stream().limit(items.size() - 1).anyMatch(Node.Residue.class::isInstance)) {
      return items;
    }
    List<Node> residues = new ArrayList<>();
    items.subList(0, items.size() - 1).forEach(item -> residues.add(residue(item, modulus)));
    residues.add(items.getLast());
    return residues;
  }

  private static Node residue(Node item, Node modulus) {
    return item instanceof Node.Relation(List<Node> sides, List<String> signs) && sides.size() == 2
        ? new Node.Relation(List.of(sides.get(0), new Node.Residue(sides.get(1), modulus)), signs)
        : new Node.Residue(item, modulus);
  }

  /// Whole numbers by what is left of them.
  private CanonicalForm residue(Node.Residue residue) {
    if (convention.modulus() == Convention.Modulus.DROPPED) {
      return of(residue.of());
    }
    String modulus = key(residue.modulus());
    String value = key(residue.of());
    if (modulus.matches("[1-9][0-9]{0,99}") && value.matches("-?[0-9]{1,99}")) {
      value = new BigInteger(value).mod(new BigInteger(modulus)).toString();
    }
    return new CanonicalForm(CanonicalForm.Kind.EXPRESSION, value + " mod " + modulus);
  }

  /// Lists within lists are one list, and a list of one item is the item.
  private CanonicalForm list(List<Node> items, boolean free) {
    List<String> keys = new ArrayList<>();
    CanonicalForm last = new CanonicalForm(CanonicalForm.Kind.LIST, "{}");
    for (Node item : items) {
      last = of(item);
      if (last.kind() == CanonicalForm.Kind.LIST
          && last.key().startsWith("{")
          && Branches.in(item)) {
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
      return CanonicalForm.list(keys);
    }
    return new CanonicalForm(CanonicalForm.Kind.LIST, "{" + String.join("; ", keys) + "}");
  }

  private CanonicalForm group(Node.Group group) {
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
    return CanonicalForm.tuple(group.open().equals("⟨") ? "(" : group.open(), keys, group.close());
  }

  private static boolean isRow(Node node) {
    return node instanceof Node.Group group && group.open().equals("[");
  }

  private CanonicalForm union(Node.Union union) {
    Optional<CanonicalForm> set = new Sets(this).of(union);
    if (set.isPresent()) {
      return set.get();
    }
    Set<String> parts = new LinkedHashSet<>();
    union.parts().forEach(part -> parts.add(key(part)));
    if (parts.size() == 1) {
      return of(union.parts().getFirst());
    }
    return CanonicalForm.union(parts);
  }

  /// A column is written like a list in square brackets: it is a vector.
  private CanonicalForm matrix(List<List<Scalar>> rows) {
    List<String> keys = new ArrayList<>();
    for (List<Scalar> row : rows) {
      List<String> cells = row.stream().map(cell -> value(cell).key()).toList();
      keys.add(row.size() == 1 ? cells.getFirst() : "[" + String.join(", ", cells) + "]");
    }
    boolean column = rows.stream().allMatch(row -> row.size() == 1);
    return column
        ? CanonicalForm.tuple("[", keys, "]")
        : new CanonicalForm(CanonicalForm.Kind.MATRIX, "[" + String.join(", ", keys) + "]");
  }

  private CanonicalForm ratio(Node.Ratio ratio) {
    Evaluator evaluator = evaluator(1);
    Scalar first = evaluator.value(ratio.parts().getFirst()).inverse();
    List<String> keys = new ArrayList<>();
    for (Node part : ratio.parts().subList(1, ratio.parts().size())) {
      keys.add(value(evaluator.value(part).times(first)).key());
    }
    return new CanonicalForm(CanonicalForm.Kind.RATIO, "1 : " + String.join(" : ", keys));
  }

  private static CanonicalForm based(String sign, Node.Based based) {
    String digits = based.digits().replaceFirst("^0+(?=[0-9])", "");
    return new CanonicalForm(CanonicalForm.Kind.BASED, sign + digits + " in base " + based.base());
  }

  private CanonicalForm unit(Node.Unit unit) {
    CanonicalForm value = of(unit.of());
    if (policies.units() == Policies.Units.DROPPED) {
      return value;
    }
    return new CanonicalForm(value.kind(), value.key() + " " + Units.plain(unit.unit()));
  }

  private CanonicalForm percent(Node.Percent percent) {
    return switch (policies.percent()) {
      case NUMBER -> of(percent.of());
      case FRACTION -> scalar(percent);
      case KEPT -> {
        CanonicalForm number = of(percent.of());
        yield new CanonicalForm(number.kind(), number.key() + " %");
      }
    };
  }
}
