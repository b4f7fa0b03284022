package criticalwindows.probe;

/// A linear logit for each class, of the token after which it is asked.
final class SoftmaxKind implements ProbeKind {
  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public String about() {
    return "any number of classes: a logit each, linear in the vectors of the last token";
  }

  @Override
  public Probe.Reads reads() {
    return Probe.Reads.LAST_TOKEN;
  }

  @Override
  public int scores(int classes) {
    return classes;
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
    return state.clone();
  }

  @Override
  public void back(Stretch stretch, double[] slopes, double[] into) {
    for (int k = 0; k < slopes.length; k++) {
      into[stretch.at(stretch.last(), k)] += slopes[k];
    }
  }
}
