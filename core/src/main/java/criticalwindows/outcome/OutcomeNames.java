package criticalwindows.outcome;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Names of outcomes for people, one for each class: outcomes that are the same have one name,
/// however they are written, and others have another. What could not be read is named by its
/// reason.
public final class OutcomeNames {
  private final Map<Object, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /// No names yet.
  public OutcomeNames() {}

  /// The name of an outcome: how the first of its class that was asked for shows itself, with a
  /// number where another class shows itself alike.
  public String of(Outcome outcome) {
    String known = names.get(outcome.comparedBy());
    return known != null ? known : named(outcome.comparedBy(), outcome.show());
  }

  private String named(Object key, String shown) {
    String name = shown;
    for (int i = 2; !taken.add(name); i++) {
      name = shown + " (" + i + ")";
    }
    names.put(key, name);
    return name;
  }
}
