package criticalwindows.cot;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.rollout.AfterOriginal;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Protocol;

/// Noise and denoise on chains of thought: one original response to each problem, and at every cut
/// of the plan an early answer and so many continuations ([CutScripts]).
public record FixedCuts(CutScripts scripts) implements Protocol {
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
  public Reads reads() {
    return Reads.ORIGINALS;
  }

  @Override
  public Course begin(Problem problem) {
    return new AfterOriginal(
        scripts.first(problem), response -> scripts.continuations(problem, response));
  }
}
