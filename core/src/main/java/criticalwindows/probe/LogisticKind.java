package criticalwindows.probe;

import criticalwindows.error.UserError;

/// One linear score of the token after which it is asked: the log-odds of the first of two classes.
final class LogisticKind implements ProbeKind {
  @Override
  public String name() {
    return "logistic";
  }

  @Override
  public String about() {
    return "two classes: log-odds that are linear in the vectors of the last token";
  }

  @Override
  public Probe.Reads reads() {
    return Probe.Reads.LAST_TOKEN;
  }

  @Override
  public int scores(int classes) {
    if (classes != 2) {
      throw new UserError(
          "a logistic probe tells 2 classes apart, not " + classes, "take --kind softmax");
    }
    return 1;
  }

  @Override
  public double[] first(double[] scores) {
    return scores.clone();
  }

  @Override
  public double[] next(double[] state, double[] scores) {
    return scores.clone();
  }

  @Override
  public double[] logits(double[] state) {
    return Logits.of(state);
  }

  @Override
  public void back(Stretch stretch, double[] slopes, double[] into) {
    into[stretch.at(stretch.last(), 0)] += slopes[0];
  }
}
