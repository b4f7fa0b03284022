package criticalwindows.intervene;

import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Ledger;
import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Edits of responses, at most one an item, and what there is of them.
///
/// They go into a ledger of their own, sampled with another seed than the run's ([#settings]): what
/// found a window does not check it.
///
/// @param edits in the order of the ledger's problems
/// @param originals what each response came to, by the item's id
/// @param ledger with the problems of the edits
/// @param scorer reads what was drawn
public record Edits(
    List<Edit> edits, Map<String, Outcome> originals, Ledger ledger, Scorer scorer) {
  public Edits {
    edits = List.copyOf(edits);
    originals = Map.copyOf(originals);
  }

  /// The settings of edits on a run with these: no draw is one of the run's, and none is one of its
  /// interventions'.
  public static CotSettings settings(CotSettings run) {
    long seed = Long.rotateLeft(~run.seed(), 17);
    return run.seeded(seed);
  }

  /// Those of which everything is there.
  public List<EditFinding> findings() {
    return edits.stream().map(this::finding).filter(EditFinding::complete).toList();
  }

  /// What there is of one.
  EditFinding finding(Edit edit) {
    return EditFinding.of(
        edit,
        ledger.samples(edit.problem().id()),
        Objects.requireNonNull(originals.get(edit.problem().id())),
        scorer);
  }

  /// The edit of an item.
  Optional<Edit> of(Problem problem) {
    return edits.stream().filter(edit -> edit.problem().id().equals(problem.id())).findFirst();
  }

  /// The mean over items of [EditFinding#difference].
  ///
  /// @param findings those with continuations of both kinds, at least one
  public static double mean(List<EditFinding> findings) {
    return 2 * halved(findings).estimate() - 1;
  }

  /// Where the mean over all items that could have been drawn lies.
  public static Interval mean(List<EditFinding> findings, double level) {
    Interval half = halved(findings).interval(level);
    return new Interval(2 * half.low() - 1, 2 * half.high() - 1);
  }

  /// Differences as values in [0, 1].
  private static ProblemMean halved(List<EditFinding> findings) {
    return ProblemMean.ofValues(
        findings.stream().map(finding -> (finding.difference() + 1) / 2).toList());
  }
}
