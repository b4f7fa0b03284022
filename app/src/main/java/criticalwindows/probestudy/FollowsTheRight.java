package criticalwindows.probestudy;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import java.util.Optional;

/// Reads answers as usual, with curves that follow the right one, whatever a response came to.
final class FollowsTheRight implements Scorer {
  @Override
  public Outcome of(Problem item, Said said) {
    return Grader.STANDARD.of(item, said);
  }

  @Override
  public Optional<Outcome> right(Problem item) {
    return Grader.STANDARD.right(item);
  }

  @Override
  public Optional<Outcome> followed(Problem item) {
    return right(item);
  }

  @Override
  public boolean repliesAlone() {
    return true;
  }
}
