package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;

/// Sums and products of matrices.
final class Matrices {
  private static final int MOST = 12;

  private Matrices() {}

  /// Whether an expression is a matrix, from its parts.
  static boolean contains(Node node) {
    return switch (node) {
      case Node.Matrix matrix -> true;
      case Node.Sum sum -> sum.terms().stream().anyMatch(Matrices::contains);
      case Node.Product product -> product.factors().stream().anyMatch(Matrices::contains);
      case Node.Neg negative -> contains(negative.of());
      default -> false;
    };
  }

  /// The cells, by rows.
  static List<List<Scalar>> value(Node node, Evaluator evaluator) {
    return switch (node) {
      case Node.Matrix matrix -> cells(matrix, evaluator);
      case Node.Neg negative -> scaled(Scalar.of(-1), value(negative.of(), evaluator));
      case Node.Sum sum -> {
        List<List<Scalar>> total = value(sum.terms().getFirst(), evaluator);
        for (Node term : sum.terms().subList(1, sum.terms().size())) {
          total = sum(total, value(term, evaluator));
        }
        yield total;
      }
      case Node.Product product -> product(product, evaluator);
      default -> throw new Beyond("no matrix");
    };
  }

  private static List<List<Scalar>> cells(Node.Matrix matrix, Evaluator evaluator) {
    List<List<Scalar>> rows = new ArrayList<>();
    for (List<Node> row : matrix.rows()) {
      rows.add(row.stream().map(evaluator::value).toList());
    }
    int width = rows.isEmpty() ? 0 : rows.getFirst().size();
    if (width == 0
        || width > MOST
        || rows.size() > MOST
        || rows.stream().anyMatch(row -> row.size() != width)) {
      throw new Beyond("a matrix that is not a rectangle of at most 12 by 12");
    }
    return rows;
  }

  private static List<List<Scalar>> scaled(Scalar by, List<List<Scalar>> rows) {
    return rows.stream().map(row -> row.stream().map(by::times).toList()).toList();
  }

  private static List<List<Scalar>> sum(List<List<Scalar>> a, List<List<Scalar>> b) {
    if (a.size() != b.size() || a.getFirst().size() != b.getFirst().size()) {
      throw new Beyond("matrices of two sizes");
    }
    List<List<Scalar>> rows = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      List<Scalar> row = new ArrayList<>();
      for (int j = 0; j < a.get(i).size(); j++) {
        row.add(a.get(i).get(j).plus(b.get(i).get(j)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<Scalar>> product(Node.Product product, Evaluator evaluator) {
    Scalar scale = Scalar.ONE;
    List<List<Scalar>> result = List.of();
    for (Node factor : product.factors()) {
      if (!contains(factor)) {
        scale = scale.times(evaluator.value(factor));
      } else {
        List<List<Scalar>> next = value(factor, evaluator);
        result = result.isEmpty() ? next : times(result, next, evaluator.budget());
      }
    }
    return scaled(scale, result);
  }

  private static List<List<Scalar>> times(
      List<List<Scalar>> a, List<List<Scalar>> b, WorkLimits budget) {
    if (a.getFirst().size() != b.size()) {
      throw new Beyond("matrices that do not fit");
    }
    List<List<Scalar>> rows = new ArrayList<>();
    for (List<Scalar> left : a) {
      List<Scalar> row = new ArrayList<>();
      for (int j = 0; j < b.getFirst().size(); j++) {
        Scalar cell = Scalar.ZERO;
        for (int k = 0; k < b.size(); k++) {
          budget.spend(left.get(k).cost() + b.get(k).get(j).cost());
          cell = cell.plus(left.get(k).times(b.get(k).get(j)));
        }
        row.add(cell);
      }
      rows.add(row);
    }
    return rows;
  }
}
