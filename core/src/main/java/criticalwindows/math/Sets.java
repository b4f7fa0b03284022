package criticalwindows.math;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Sets of real numbers in one form: disjoint intervals and single points.
final class Sets {
  /// More parts than this are compared as they are written.
  private static final int MOST = 20;

  private final Forming forms;

  Sets(Forming forms) {
    this.forms = forms;
  }

  /// One end of an interval.
  ///
  /// @param infinite -1 or 1 for no end on that side, else 0
  /// @param at where it is, if it is anywhere
  /// @param closed whether the point belongs to it
  private record End(int infinite, Real at, boolean closed) {
    static final End LOWEST = new End(-1, Real.Exact.ZERO, false);
    static final End HIGHEST = new End(1, Real.Exact.ZERO, false);

    int compare(End other) {
      return infinite != 0 || other.infinite != 0
          ? Integer.compare(infinite, other.infinite)
          : at.plus(other.at.negated()).sign();
    }

    End turned() {
      return infinite != 0 ? this : new End(0, at, !closed);
    }
  }

  /// An interval, or a point where both ends are one.
  private record Span(End from, End to) {
    boolean isEmpty() {
      int order = from.compare(to);
      return order > 0 || (order == 0 && (from.infinite != 0 || !from.closed || !to.closed));
    }

    boolean isPoint() {
      return from.infinite == 0 && from.compare(to) == 0;
    }
  }

  // Which nodes are sets

  /// The form of a union, a difference, or inequalities in one variable that are joined; absent
  /// where it is none of these or not known in numbers.
  Optional<CanonicalForm> of(Node node) {
    try {
      return spans(node).filter(spans -> spans.size() <= MOST).map(this::form);
    } catch (Beyond e) {
      return Optional.empty();
    }
  }

  /// `ℝ - \{0\}`, which looks like a sum.
  static boolean isDifference(List<Node> terms) {
    return terms.size() == 2
        && terms.get(0).equals(new Node.Sym("ℝ"))
        && terms.get(1) instanceof Node.Neg(Node.Group what);
  }

  /// What is left of a number line without one point.
  Optional<CanonicalForm> unequal(Node left, Node right) {
    return of(new Node.Relation(List.of(left, right), List.of("≠")));
  }

  CanonicalForm where(Node.Where where) {
    CanonicalForm conditions = forms.of(trimmed(where.conditions()));
    return where.domain().equals(new Node.Sym("ℝ"))
        ? conditions
        : new CanonicalForm(
            CanonicalForm.Kind.RELATION,
            "{ " + forms.key(where.domain()) + " : " + conditions.key() + " }");
  }

  /// Conditions without `x ∈ ℝ`, and one alone as itself.
  private static Node trimmed(Node.Items conditions) {
    List<Node> items =
        conditions.items().stream()
            .filter(item -> !isReal(item) || conditions.items().size() == 1)
            .toList();
    return items.size() == 1 ? items.getFirst() : new Node.Items(items, conditions.joint());
  }

  private static boolean isReal(Node node) {
    return node instanceof Node.Relation(List<Node> sides, List<String> signs)
        && signs.equals(List.of("∈"))
        && sides.get(1).equals(new Node.Sym("ℝ"));
  }

  private Optional<List<Span>> spans(Node node) {
    return switch (node) {
      case Node.Sym symbol when symbol.name().equals("ℝ") ->
          Optional.of(List.of(new Span(End.LOWEST, End.HIGHEST)));
      case Node.Group group -> group(group);
      case Node.Union union -> union(union.parts());
      case Node.Without without -> without(without);
      case Node.Relation relation -> relation(relation);
      case Node.Items items -> joined(items);
      default -> Optional.empty();
    };
  }

  private Optional<List<Span>> group(Node.Group group) {
    if (group.open().equals("\\{")) {
      List<Span> points = new ArrayList<>();
      for (Node item : group.items()) {
        Optional<Real> at = number(item);
        if (at.isEmpty()) {
          return Optional.empty();
        }
        points.add(point(at.get()));
      }
      return Optional.of(points);
    }
    boolean interval = group.items().size() == 2 && group.open().matches("[(\\[]");
    if (!interval) {
      return Optional.empty();
    }
    Optional<End> from = end(group.items().get(0), group.open().equals("["));
    Optional<End> to = end(group.items().get(1), group.close().equals("]"));
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Span span = new Span(from.get(), to.get());
    return span.isEmpty() ? Optional.empty() : Optional.of(List.of(span));
  }

  private static Span point(Real at) {
    return new Span(new End(0, at, true), new End(0, at, true));
  }

  private Optional<End> end(Node node, boolean closed) {
    return switch (node) {
      case Node.Infinity infinity -> Optional.of(End.HIGHEST);
      case Node.Neg(Node.Infinity infinity) -> Optional.of(End.LOWEST);
      default -> number(node).map(at -> new End(0, at, closed));
    };
  }

  private Optional<Real> number(Node node) {
    if (!Symbols.free(node).isEmpty() || Branches.in(node) || !Symbols.isNumber(node)) {
      return Optional.empty();
    }
    Scalar value = forms.evaluator(Map.of(), 1).value(node).settled();
    return value.isReal() ? Optional.of(value.re().settled()) : Optional.empty();
  }

  private Optional<List<Span>> union(List<Node> parts) {
    if (parts.size() > MOST) {
      return Optional.empty();
    }
    List<Span> all = new ArrayList<>();
    for (Node part : parts) {
      Optional<List<Span>> spans = spans(part);
      if (spans.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(spans.get());
    }
    return Optional.of(all);
  }

  private Optional<List<Span>> without(Node.Without without) {
    Optional<List<Span>> from = spans(without.from());
    Optional<List<Span>> what = spans(grouped(without.what()));
    return from.isEmpty() || what.isEmpty()
        ? Optional.empty()
        : Optional.of(common(from.get(), complement(merged(what.get()))));
  }

  /// A single thing taken away may stand without braces.
  private static Node grouped(Node what) {
    return what instanceof Node.Group ? what : new Node.Group("\\{", List.of(what), "\\}");
  }

  // Relations

  private Optional<List<Span>> relation(Node.Relation relation) {
    List<Node> sides = relation.sides();
    List<String> signs = relation.signs();
    if (isReal(relation)) {
      return spans(sides.get(1));
    }
    if (signs.size() == 2 && isVariable(sides.get(1))) {
      return chain(sides, signs);
    }
    if (signs.size() != 1) {
      return Optional.empty();
    }
    boolean left = isVariable(sides.get(0));
    if (!left && !isVariable(sides.get(1))) {
      return Optional.empty();
    }
    String sign = left ? signs.getFirst() : mirrored(signs.getFirst());
    return number(sides.get(left ? 1 : 0)).flatMap(at -> solutions(sign, at));
  }

  private Optional<List<Span>> chain(List<Node> sides, List<String> signs) {
    Optional<Real> first = number(sides.get(0));
    Optional<Real> last = number(sides.get(2));
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Span>> one = solutions(mirrored(signs.get(0)), first.get());
    Optional<List<Span>> two = solutions(signs.get(1), last.get());
    boolean both = one.isPresent() && two.isPresent();
    return both ? Optional.of(common(one.get(), two.get())) : Optional.empty();
  }

  private static boolean isVariable(Node node) {
    return node instanceof Node.Sym && Names.is(node);
  }

  private static String mirrored(String sign) {
    return switch (sign) {
      case "<" -> ">";
      case ">" -> "<";
      case "≤" -> "≥";
      case "≥" -> "≤";
      default -> sign;
    };
  }

  private static Optional<List<Span>> solutions(String sign, Real at) {
    End open = new End(0, at, false);
    End closed = new End(0, at, true);
    return switch (sign) {
      case "<" -> Optional.of(List.of(new Span(End.LOWEST, open)));
      case "≤" -> Optional.of(List.of(new Span(End.LOWEST, closed)));
      case ">" -> Optional.of(List.of(new Span(open, End.HIGHEST)));
      case "≥" -> Optional.of(List.of(new Span(closed, End.HIGHEST)));
      case "=" -> Optional.of(List.of(point(at)));
      case "≠" -> Optional.of(List.of(new Span(End.LOWEST, open), new Span(open, End.HIGHEST)));
      default -> Optional.empty();
    };
  }

  /// Inequalities in one variable with "and" or "or" between them. With a comma they hold together
  /// where one excludes a point, and are cases where they could not.
  private Optional<List<Span>> joined(Node.Items written) {
    Node.Items items = excluded(written);
    boolean all = items.items().stream().allMatch(Node.Relation.class::isInstance);
    boolean order = items.items().stream().anyMatch(Sets::isInequality);
    if (!all || !order || variables(items.items()).size() != 1) {
      return Optional.empty();
    }
    Optional<List<Span>> either = union(items.items());
    if (either.isEmpty() || items.joint() == Node.Joint.OR) {
      return either;
    }
    List<Span> both = List.of(new Span(End.LOWEST, End.HIGHEST));
    for (Node item : items.items()) {
      both = common(both, merged(spans(item).orElseThrow()));
    }
    if (both.isEmpty()) {
      return either;
    }
    boolean together =
        items.joint() == Node.Joint.AND || items.items().stream().anyMatch(Sets::excludes);
    return together ? Optional.of(both) : Optional.empty();
  }

  /// `x ≠ 1, 2` as `x ≠ 1, x ≠ 2`.
  private static Node.Items excluded(Node.Items items) {
    if (!excludes(items.items().getFirst())
        || items.items().stream().skip(1).anyMatch(item -> !Symbols.isNumber(item))) {
      return items;
    }
    Node name = ((Node.Relation) items.items().getFirst()).sides().getFirst();
    List<Node> all = new ArrayList<>(List.of(items.items().getFirst()));
    for (Node item : items.items().subList(1, items.items().size())) {
      all.add(new Node.Relation(List.of(name, item), List.of("≠")));
    }
    return new Node.Items(all, Node.Joint.AND);
  }

  private static boolean isInequality(Node node) {
    return node instanceof Node.Relation relation
        && relation.signs().stream().anyMatch(sign -> sign.matches("[<≤>≥≠]"));
  }

  private static boolean excludes(Node node) {
    return node instanceof Node.Relation relation && relation.signs().equals(List.of("≠"));
  }

  private static Set<String> variables(List<Node> relations) {
    Set<String> variables = new LinkedHashSet<>();
    relations.forEach(relation -> variables.addAll(Symbols.free(relation)));
    variables.remove("ℝ");
    return variables;
  }

  // Arithmetic of sets

  private static List<Span> merged(List<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(Sets::byStart);
    List<Span> merged = new ArrayList<>();
    for (Span next : sorted) {
      if (merged.isEmpty() || apart(merged.getLast().to, next.from)) {
        merged.add(next);
      } else {
        Span last = merged.removeLast();
        int order = last.to.compare(next.to);
        boolean longer = order > 0 || (order == 0 && last.to.closed);
        merged.add(new Span(last.from, longer ? last.to : next.to));
      }
    }
    return merged;
  }

  private static int byStart(Span a, Span b) {
    int order = a.from.compare(b.from);
    return order != 0 ? order : Boolean.compare(b.from.closed, a.from.closed);
  }

  private static boolean apart(End to, End from) {
    int order = to.compare(from);
    return order < 0 || (order == 0 && !to.closed && !from.closed);
  }

  private static List<Span> complement(List<Span> merged) {
    List<Span> gaps = new ArrayList<>();
    End from = End.LOWEST;
    for (Span span : merged) {
      gaps.add(new Span(from, span.from.turned()));
      from = span.to.turned();
    }
    gaps.add(new Span(from, End.HIGHEST));
    return gaps.stream().filter(span -> !span.isEmpty()).toList();
  }

  private static List<Span> common(List<Span> one, List<Span> two) {
    List<Span> common = new ArrayList<>();
    for (Span a : one) {
      for (Span b : two) {
        Span both = new Span(later(a.from, b.from), earlier(a.to, b.to));
        if (!both.isEmpty()) {
          common.add(both);
        }
      }
    }
    return common;
  }

  private static End later(End a, End b) {
    int order = a.compare(b);
    return order > 0 || (order == 0 && !a.closed) ? a : b;
  }

  private static End earlier(End a, End b) {
    int order = a.compare(b);
    return order < 0 || (order == 0 && !a.closed) ? a : b;
  }

  // Their form

  private CanonicalForm form(List<Span> spans) {
    List<Span> merged = merged(spans);
    List<String> keys = merged.stream().map(this::part).map(CanonicalForm::key).sorted().toList();
    if (merged.size() == 1) {
      return part(merged.getFirst());
    }
    return merged.stream().allMatch(Span::isPoint)
        ? CanonicalForm.list(keys)
        : CanonicalForm.union(keys);
  }

  private CanonicalForm part(Span span) {
    return span.isPoint()
        ? value(span.from.at)
        : CanonicalForm.tuple(
            span.from.closed ? "[" : "(",
            List.of(key(span.from), key(span.to)),
            span.to.closed ? "]" : ")");
  }

  private String key(End end) {
    return end.infinite == 0 ? value(end.at).key() : end.infinite < 0 ? "-inf" : "inf";
  }

  private CanonicalForm value(Real at) {
    return forms.value(Scalar.real(at));
  }
}
