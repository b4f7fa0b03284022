package criticalwindows.search;

import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CutScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.model.Model;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Noise and denoise on chains of thought, cut where a search says: one original response to each
/// problem, then round by round the cuts and the continuations that say most ([AdaptiveSearch]).
///
/// A decision rests on the complete rounds of its own problem and on nothing else, so it is the
/// same whatever the order in which outcomes arrive, whatever the budget, and after a resume. It is
/// recorded before anything it asks for is sampled; a recorded decision is followed, not made
/// again.
///
/// Within a budget the rounds go first from which most is expected, in nats of an outcome: for each
/// rollout, or where tokens or time are limited, for each token that is still to be written.
public final class SearchedCuts implements Protocol {
  /// Scripts that a problem has in a round, about.
  private static final int EACH = 4;

  private final CutScripts scripts;
  private final ProblemSearch.Tools tools;
  private final Decisions decisions;
  private final Map<String, List<Decision>> recorded;
  private final List<Decision> made = new ArrayList<>();

  /// @param scorer says what responses came to
  /// @param decisions where they are recorded
  /// @throws IllegalArgumentException if the settings' plan leaves nothing to search
  public SearchedCuts(CutScripts scripts, Scorer scorer, Decisions decisions) {
    this.scripts = scripts;
    this.tools = new ProblemSearch.Tools(scripts, search(scripts.settings()), scorer, made::add);
    this.decisions = decisions;
    this.recorded = decisions.byProblem();
  }

  private static AdaptiveSearch search(CotSettings settings) {
    if (settings.cuts() instanceof CutPlan.Search plan) {
      return AdaptiveSearch.of(plan.width(), plan.confidence(), plan.rollouts());
    }
    throw new IllegalArgumentException(settings.cuts().spec() + " leaves nothing to search");
  }

  @Override
  public Model model() {
    return scripts.model();
  }

  @Override
  public int mostTokens(Problem problem) {
    return scripts.mostTokens(problem);
  }

  @Override
  public int mostScripts() {
    return scripts.mostPerProblem();
  }

  @Override
  public int atOnce() {
    return EACH;
  }

  @Override
  public Order order() {
    return Order.BY_WORTH;
  }

  @Override
  public Course begin(Problem problem) {
    return new ProblemSearch(problem, tools, recorded.getOrDefault(problem.id(), List.of()));
  }

  @Override
  public void record(Runnable commit) {
    if (!made.isEmpty()) {
      commit.run();
      decisions.append(List.copyOf(made));
      made.clear();
    }
  }
}
