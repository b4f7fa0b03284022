package criticalwindows.cot;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Protocol;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import java.util.List;
import java.util.Optional;

/// Noise and denoise on chains of thought: one original response to each problem, and at every cut
/// of the plan an early answer and so many continuations ([CotScripts]).
public record FixedCuts(CotScripts scripts) implements Protocol {
  @Override
  public String name() {
    return "cot";
  }

  @Override
  public CotSettings settings() {
    return scripts.settings();
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
  public Reads reads() {
    return Reads.ORIGINALS;
  }

  @Override
  public Course begin(Problem problem) {
    return new Cuts(scripts, problem);
  }

  /// The original and the direct answer, then all the rest.
  private static final class Cuts implements Course {
    private final CotScripts scripts;
    private final Problem problem;
    private Optional<Tokens> response = Optional.empty();
    private int asked;

    Cuts(CotScripts scripts, Problem problem) {
      this.scripts = scripts;
      this.problem = problem;
    }

    @Override
    public List<Task> next() {
      if (asked == 0) {
        asked++;
        return List.of(scripts.direct(problem), scripts.original(problem));
      }
      if (asked == 1 && response.isPresent()) {
        asked++;
        return scripts.continuations(problem, response.get());
      }
      return List.of();
    }

    @Override
    public void ended(Key key, List<Sample> rows) {
      if (key.is(Arm.ORIGINAL)) {
        response = Optional.of(rows.getFirst().tokens());
      }
    }

    @Override
    public boolean settled() {
      return asked == 2;
    }
  }
}
