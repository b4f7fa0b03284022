package criticalwindows.math;

import java.util.List;
import java.util.Set;

/// The rules that stand within brackets and behind commands, each of which takes its tokens.
interface Grammar {
  Set<String> RELATIONS = Set.of("=", "<", ">", "≤", "≥", "≠", "≈", "∈", "≡");

  /// Items between separators; one alone is itself.
  Node list();

  /// Items between separators.
  List<Node> items();

  /// Sides with signs between them, or one alone.
  Node relation();

  /// A primary with powers and what is written after it.
  Node power();

  /// What stands between two bars.
  Node bars();

  /// The set of what meets conditions, up to its closing brace.
  Node where();
}
