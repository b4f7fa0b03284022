package criticalwindows.show;

import criticalwindows.cot.Blurred;
import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Scorer;
import criticalwindows.report.SearchStory;
import criticalwindows.run.Experiments;
import criticalwindows.search.Decision;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.util.List;

/// Stories of a run's searches, from its folder alone.
public final class SearchStories {
  private SearchStories() {}

  /// The story of one problem.
  ///
  /// @param scorer that the search went by
  /// @param asked its id, or the beginning of it
  /// @param redaction of its texts
  /// @throws UserError if there is no such problem, or nothing was searched
  public static String tell(RunFolder run, Scorer scorer, String asked, Redaction redaction) {
    Experiments.requireAnswers(run, "show --why");
    CutPlan plan = Experiments.cuts(run);
    if (!(plan instanceof CutPlan.Search)) {
      throw new UserError(
          "--why: this run cut where its plan said, " + plan.spec(),
          "ask it of a run with --adaptive");
    }
    Problem problem = problem(run, "--why", asked);
    List<Decision> decisions = run.decisions().byProblem().getOrDefault(problem.id(), List.of());
    return CotFinding.of(problem, run.ledger().samples(problem.id()), plan, scorer)
        .map(
            finding ->
                SearchStory.of(
                    redaction == Redaction.BLURRED ? Blurred.of(finding) : finding, decisions))
        .orElse("problem " + problem.id() + ": its original is not sampled yet\n");
  }

  /// The problem whose id begins so.
  ///
  /// @param option that asks for it
  /// @throws UserError unless there is exactly one
  public static Problem problem(RunFolder run, String option, String asked) {
    List<Problem> found =
        run.ledger().problems().stream().filter(problem -> problem.id().startsWith(asked)).toList();
    if (found.size() != 1) {
      throw new UserError(
          option
              + " "
              + TerminalText.line(asked)
              + ": "
              + (found.isEmpty() ? "no problem" : Numbers.count(found.size()) + " problems")
              + " of this run begin with that",
          "name one as show lists them");
    }
    return found.getFirst();
  }
}
