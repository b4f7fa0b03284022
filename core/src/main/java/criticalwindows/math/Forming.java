package criticalwindows.math;

import java.util.Map;

/// What relations and sets need to know to find their forms: the forms of their parts.
interface Forming {
  /// How the answer is read.
  Convention convention();

  /// The form of a part.
  CanonicalForm of(Node node);

  /// What a part is compared by.
  default String key(Node node) {
    return of(node).key();
  }

  /// The form of a value.
  CanonicalForm value(Scalar value);

  /// Evaluates parts.
  ///
  /// @param bindings values of variables
  /// @param branch the sign that stands for `±`
  Evaluator evaluator(Map<String, Scalar> bindings, int branch);
}
