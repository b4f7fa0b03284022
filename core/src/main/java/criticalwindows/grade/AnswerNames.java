package criticalwindows.grade;

import criticalwindows.outcome.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Names of answers for people, one for each class: answers that are the same have one name,
/// however they are written, and others have another. What has no answer is named by its reason.
public final class AnswerNames {
  private final Map<Object, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /// No names yet.
  public AnswerNames() {}

  /// The name of an answer: how the first of its class that was asked for shows itself, with a
  /// number where another class shows itself alike.
  public String of(Outcome outcome) {
    Object key = outcome instanceof Answer.Value value ? value.form() : outcome;
    String known = names.get(key);
    return known != null ? known : named(key, outcome.show());
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
