package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Equations and inequalities: a named value is that value; the solutions of an inequality in one
/// variable are an interval; other equations are known up to a factor.
final class Relations {
  private final Forming forms;

  Relations(Forming forms) {
    this.forms = forms;
  }

  CanonicalForm of(Node.Relation relation) {
    List<String> signs = relation.signs();
    List<Node> sides = relation.sides();
    if (signs.equals(List.of("∈")) || signs.equals(List.of("≡"))) {
      return named(sides.get(0), sides.get(1));
    }
    if (signs.stream().allMatch(sign -> sign.equals("=") || sign.equals("≈"))) {
      return equation(exact(relation));
    }
    if (signs.stream().allMatch(sign -> sign.matches("[<≤>≥]"))) {
      return signs.size() == 1 ? inequality(sides, signs.getFirst()) : chain(sides, signs);
    }
    if (signs.equals(List.of("≠"))) {
      return unequal(sides.get(0), sides.get(1));
    }
    return whole(sides, signs);
  }

  private CanonicalForm whole(List<Node> sides, List<String> signs) {
    String keys = sides.stream().map(forms::key).collect(Collectors.joining(" ; "));
    return new CanonicalForm(CanonicalForm.Kind.RELATION, String.join("", signs) + " " + keys);
  }

  private CanonicalForm named(Node name, Node value) {
    CanonicalForm form = forms.of(value);
    return forms.convention().policies().names() == Policies.Names.DROPPED
        ? form
        : new CanonicalForm(form.kind(), Names.written(name) + " = " + form.key());
  }

  // Equations

  /// The sides before the first approximation, unless that is only a name.
  private static List<Node> exact(Node.Relation relation) {
    int approximate = relation.signs().indexOf("≈");
    if (approximate < 0) {
      return relation.sides();
    }
    List<Node> before = relation.sides().subList(0, approximate + 1);
    return Names.is(before.getLast()) ? relation.sides().subList(0, approximate + 2) : before;
  }

  private CanonicalForm equation(List<Node> sides) {
    if (sides.size() != 2) { // a computation: what it comes to
      return sides.size() == 1
          ? forms.of(sides.getFirst())
          : named(sides.getFirst(), sides.getLast());
    }
    Node left = sides.get(0);
    Node right = sides.get(1);
    Optional<CanonicalForm> equation = inVariables(left, right);
    if (equation.isPresent()) {
      return equation.get();
    }
    if (Names.is(left)) {
      return named(left, right);
    }
    if (Names.is(right)) {
      return named(right, left);
    }
    Node difference = difference(left, right);
    if (Symbols.free(difference).isEmpty()) { // a computation as well
      return forms.of(right);
    }
    Optional<CanonicalForm> line = line(difference);
    if (line.isPresent() && forms.convention().policies().names() == Policies.Names.DROPPED) {
      return line.get();
    }
    return proportional("=", difference);
  }

  /// A variable alone on one side and others on the other, where that is an equation and no value
  /// with its name.
  private Optional<CanonicalForm> inVariables(Node left, Node right) {
    Optional<String> name = Convention.name(left, right);
    Node difference = difference(left, right);
    Set<String> free = Symbols.free(difference);
    if (name.isEmpty()
        || free.size() < 2
        || forms.convention().policies().names() == Policies.Names.KEPT) {
      return Optional.empty();
    }
    return switch (forms.convention().asked()) {
      case Convention.Asked.Value value -> Optional.empty();
      case Convention.Asked.Anything anything -> line(difference);
      case Convention.Asked.Equation(var solved, var variables) -> {
        if (solved.isPresent() && !variables.contains(name.get())) { // another name for the same
          Node value = Names.is(left) ? right : left;
          difference = difference(new Node.Sym(solved.get()), value);
        }
        Optional<CanonicalForm> line = line(difference);
        yield line.isPresent() ? line : Optional.of(proportional("=", difference));
      }
    };
  }

  private static Node difference(Node left, Node right) {
    return new Node.Sum(List.of(left, new Node.Neg(right)));
  }

  /// An equation in x and y that is linear in y, as y = ….
  private Optional<CanonicalForm> line(Node difference) {
    if (!Symbols.free(difference).equals(Set.of("x", "y"))) {
      return Optional.empty();
    }
    Scalar slope = slope(difference, "y");
    Scalar elsewhere =
        at(difference, Map.of("x", Scalar.of(2), "y", Scalar.of(3)))
            .minus(at(difference, Map.of("x", Scalar.of(2), "y", Scalar.of(2))));
    String key = slope.key(0);
    if (key.equals("0") || !elsewhere.key(0).equals(key)) {
      return Optional.empty();
    }
    Scalar solved = at(difference, Map.of("y", Scalar.ZERO)).negated().times(slope.inverse());
    return Optional.of(forms.value(solved));
  }

  private Scalar at(Node node, Map<String, Scalar> bindings) {
    return forms.evaluator(bindings, 1).value(node);
  }

  /// How much a linear expression grows with a variable; not linear shows as another value
  /// elsewhere.
  private Scalar slope(Node node, String variable) {
    return at(node, Map.of(variable, Scalar.ONE)).minus(at(node, Map.of(variable, Scalar.ZERO)));
  }

  /// Known up to a constant factor: by the ratio of its values at two places.
  private CanonicalForm proportional(String sign, Node difference) {
    Map<String, Scalar> elsewhere =
        Symbols.free(difference).stream()
            .collect(Collectors.toMap(name -> name, name -> Opaque.scalar("elsewhere " + name)));
    Scalar there = at(difference, elsewhere);
    Scalar here = at(difference, Map.of());
    if (there.key(0).equals("0")) {
      return new CanonicalForm(CanonicalForm.Kind.RELATION, sign + " always");
    }
    boolean ordered = sign.matches("[<≤]");
    String side = ordered ? (there.re().sign() < 0 ? "-" : "+") : "";
    String key = forms.value(here.times(there.inverse())).key();
    return new CanonicalForm(CanonicalForm.Kind.RELATION, sign + side + " " + key);
  }

  private CanonicalForm unequal(Node left, Node right) {
    Optional<CanonicalForm> set = new Sets(forms).unequal(left, right);
    if (set.isPresent()) {
      return set.get();
    }
    if (Names.is(left) || Names.is(right)) {
      CanonicalForm value = forms.of(Names.is(left) ? right : left);
      return new CanonicalForm(CanonicalForm.Kind.RELATION, "≠ " + value.key());
    }
    return proportional("≠", difference(left, right));
  }

  // Inequalities

  private CanonicalForm inequality(List<Node> sides, String sign) {
    boolean flipped = sign.matches("[>≥]");
    Node less = flipped ? sides.get(1) : sides.get(0);
    Node more = flipped ? sides.get(0) : sides.get(1);
    String strict = sign.matches("[<>]") ? "<" : "≤";
    if (Names.is(less)) {
      return interval(new Node.Neg(new Node.Infinity()), more, List.of("<", strict));
    }
    if (Names.is(more)) {
      return interval(less, new Node.Infinity(), List.of(strict, "<"));
    }
    Node difference = difference(less, more);
    Set<String> free = Symbols.free(difference);
    if (free.size() == 1 && !free.iterator().next().endsWith("(")) {
      Optional<CanonicalForm> solved = solved(difference, free.iterator().next(), strict);
      if (solved.isPresent()) {
        return solved.get();
      }
    }
    return proportional(strict, difference);
  }

  /// The solutions of `difference < 0`, if it is linear.
  private Optional<CanonicalForm> solved(Node difference, String variable, String strict) {
    Scalar slope = slope(difference, variable);
    Scalar start = at(difference, Map.of(variable, Scalar.ZERO));
    Scalar far = at(difference, Map.of(variable, Scalar.of(3)));
    if (!far.key(0).equals(start.plus(slope.times(Scalar.of(3))).key(0))
        || slope.re().sign() == 0) {
      return Optional.empty();
    }
    String bound = forms.value(start.negated().times(slope.inverse())).key();
    boolean open = strict.equals("<");
    return Optional.of(
        slope.re().sign() > 0
            ? CanonicalForm.tuple("(", List.of("-inf", bound), open ? ")" : "]")
            : CanonicalForm.tuple(open ? "(" : "[", List.of(bound, "inf"), ")"));
  }

  private CanonicalForm interval(Node from, Node to, List<String> signs) {
    return CanonicalForm.tuple(
        signs.getFirst().equals("<") ? "(" : "[",
        List.of(forms.key(from), forms.key(to)),
        signs.getLast().equals("<") ? ")" : "]");
  }

  /// `a < x < b` is an interval; other chains are themselves, from less to more.
  private CanonicalForm chain(List<Node> sides, List<String> signs) {
    boolean less = signs.stream().allMatch(sign -> sign.matches("[<≤]"));
    boolean more = signs.stream().allMatch(sign -> sign.matches("[>≥]"));
    if (!less && !more) {
      return whole(sides, signs);
    }
    List<Node> rising = new ArrayList<>(less ? sides : sides.reversed());
    List<String> plain =
        (less ? signs : signs.reversed())
            .stream().map(sign -> sign.matches("[<>]") ? "<" : "≤").toList();
    return rising.size() == 3 && Names.is(rising.get(1))
        ? interval(rising.get(0), rising.get(2), plain)
        : whole(rising, plain);
  }
}
