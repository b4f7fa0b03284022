package criticalwindows.rollout;

import criticalwindows.dataset.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The problems of a run that may lack something, in its order. A problem with as many scripts as
/// any can have lacks none, which takes no reading; the originals of the others are read many at a
/// time.
public final class Unfinished {
  /// Originals in memory at once.
  private static final int TOGETHER = 256;

  private final Ledger ledger;
  private final KeySet done;
  private final List<Problem> problems;
  private final Map<String, Sample> originals = new HashMap<>();
  private int next;

  /// @param most scripts that a problem can have
  public Unfinished(Ledger ledger, KeySet done, int most) {
    this.ledger = ledger;
    this.done = done;
    this.problems =
        ledger.problems().stream().filter(problem -> done.count(problem.id()) < most).toList();
  }

  /// All of them, those that [#next] gave included.
  public List<Problem> problems() {
    return problems;
  }

  public boolean hasNext() {
    return next < problems.size();
  }

  public Problem next() {
    return problems.get(next++);
  }

  /// The original of the problem that [#next] gave last, which is there.
  public Sample original(Problem problem) {
    if (!originals.containsKey(problem.id())) {
      int last = Math.min(problems.size(), next - 1 + TOGETHER);
      List<Problem> soon =
          problems.subList(next - 1, last).stream()
              .filter(each -> done.contains(Key.original(each.id())))
              .toList();
      originals.clear();
      originals.putAll(ledger.originals(soon));
    }
    return Objects.requireNonNull(originals.get(problem.id()));
  }
}
