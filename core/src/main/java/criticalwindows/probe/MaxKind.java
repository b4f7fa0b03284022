package criticalwindows.probe;

/// The largest of the tokens' linear scores: of two classes the log-odds of the first one, of more
/// the logit of each. Of equal scores the last token counts.
final class MaxKind implements ProbeKind {
  @Override
  public String name() {
    return "max";
  }

  @Override
  public String about() {
    return "the largest linear score of any token from the prompt's last one";
  }

  @Override
  public Probe.Reads reads() {
    return Probe.Reads.EVERY_TOKEN;
  }

  @Override
  public int scores(int classes) {
    return Logits.scores(classes);
  }

  @Override
  public double[] first(double[] scores) {
    return scores.clone();
  }

  @Override
  public double[] next(double[] state, double[] scores) {
    double[] next = new double[state.length];
    for (int k = 0; k < next.length; k++) {
      next[k] = StrictMath.max(state[k], scores[k]);
    }
    return next;
  }

  @Override
  public double[] logits(double[] state) {
    return Logits.of(state);
  }

  @Override
  public void back(Stretch stretch, double[] slopes, double[] into) {
    double[] most = stretch.state(this);
    for (int k = 0; k < most.length; k++) {
      int token = stretch.last();
      while (stretch.score(token, k) < most[k]) {
        token--;
      }
      into[stretch.at(token, k)] += slopes[k];
    }
  }
}
