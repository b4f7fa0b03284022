package criticalwindows.rollout;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What could not be worked out of single problems, each with its reason. A problem that goes wrong
/// ends nothing of the others.
public final class Faults {
  private final Map<String, String> byProblem = new TreeMap<>();

  /// No faults yet.
  public Faults() {}

  /// What is worked out, or nothing where that goes wrong: then the problem and its reason are kept
  /// here.
  ///
  /// @throws UserError where that is what went wrong: it is not of this problem alone
  public <T> Optional<T> unless(Problem problem, Supplier<Optional<T>> worked) {
    try {
      return worked.get();
    } catch (UserError failure) {
      throw failure;
    } catch (RuntimeException fault) {
      add(problem.id(), Optional.ofNullable(fault.getMessage()).orElse("for no known reason"));
      return Optional.empty();
    }
  }

  private synchronized void add(String problem, String reason) {
    byProblem.putIfAbsent(problem, reason);
  }

  /// One line for each problem, in the order of their ids.
  public synchronized List<String> lines() {
    return byProblem.entrySet().stream()
        .map(entry -> "problem " + entry.getKey() + " could not be worked out: " + entry.getValue())
        .toList();
  }
}
