package criticalwindows.probe;

import java.util.Arrays;

/// A linear head on a mean of the tokens' vectors, in which each token counts by the softmax of its
/// product with a query that is learnt. Since the head is linear, the mean of the tokens' logits is
/// the same, and no mean of vectors is ever needed.
///
/// Of a token's scores the first is that of the query, the others are its logits. The state is the
/// largest query score m so far, Σ exp(score − m), and Σ exp(score − m) · logit of each class.
final class AttentionKind implements ProbeKind {
  @Override
  public String name() {
    return "attention";
  }

  @Override
  public String about() {
    return "a linear head on a mean of all tokens from the prompt's last one, weighed by one query";
  }

  @Override
  public Probe.Reads reads() {
    return Probe.Reads.EVERY_TOKEN;
  }

  @Override
  public int scores(int classes) {
    return 1 + Logits.scores(classes);
  }

  @Override
  public int queries() {
    return 1;
  }

  @Override
  public double[] first(double[] scores) {
    double[] state = new double[scores.length + 1];
    state[0] = scores[0];
    state[1] = 1;
    System.arraycopy(scores, 1, state, 2, scores.length - 1);
    return state;
  }

  @Override
  public double[] next(double[] state, double[] scores) {
    double most = StrictMath.max(state[0], scores[0]);
    double old = StrictMath.exp(state[0] - most);
    double added = StrictMath.exp(scores[0] - most);
    double[] next = new double[state.length];
    next[0] = most;
    next[1] = state[1] * old + added;
    for (int k = 2; k < state.length; k++) {
      next[k] = state[k] * old + scores[k - 1] * added;
    }
    return next;
  }

  @Override
  public double[] logits(double[] state) {
    return Logits.of(means(state));
  }

  private static double[] means(double[] state) {
    double[] means = Arrays.copyOfRange(state, 2, state.length);
    for (int k = 0; k < means.length; k++) {
      means[k] /= state[1];
    }
    return means;
  }

  @Override
  public void back(Stretch stretch, double[] slopes, double[] into) {
    double[] state = stretch.state(this);
    double[] means = means(state);
    for (int token = stretch.first(); token <= stretch.last(); token++) {
      double share = StrictMath.exp(stretch.score(token, 0) - state[0]) / state[1];
      double query = 0;
      for (int k = 0; k < means.length; k++) {
        into[stretch.at(token, k + 1)] += slopes[k] * share;
        query += slopes[k] * (stretch.score(token, k + 1) - means[k]);
      }
      into[stretch.at(token, 0)] += query * share;
    }
  }
}
