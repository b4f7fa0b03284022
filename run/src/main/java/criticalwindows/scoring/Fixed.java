package criticalwindows.scoring;

import criticalwindows.outcome.Outcome;

/// A class that a kind of outcome names itself: `match`, `contains`, `< 100 words`.
record Fixed(String show) implements Outcome {
  @Override
  public boolean readable() {
    return true;
  }
}
