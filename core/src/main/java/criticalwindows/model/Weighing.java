package criticalwindows.model;

import java.util.List;

/// Finds the log-probabilities of [Alternatives] from rows of logits, one after the other. Where
/// texts begin alike, a row serves all of them.
public final class Weighing {
  private final Alternatives alternatives;
  private final int[] read;
  private final double[] sums;
  private int current;

  /// @param alternatives at least one text
  public Weighing(Alternatives alternatives) {
    this.alternatives = alternatives;
    read = new int[alternatives.texts().size()];
    sums = new double[read.length];
  }

  /// Whether all are found.
  public boolean done() {
    return current == read.length;
  }

  /// The writing after which the next row of logits is wanted.
  public Tokens next() {
    Tokens text = alternatives.texts().get(current);
    return alternatives.after().plus(text.prefix(read[current]));
  }

  /// Takes that row.
  public void take(float[] row, Sampler sampler) {
    List<Tokens> texts = alternatives.texts();
    int depth = read[current];
    Tokens path = texts.get(current).prefix(depth);
    int[] ids = new int[read.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = follows(i, path) ? texts.get(i).at(depth) : 0;
    }
    LogProbs probs = sampler.probs(row, Tokens.of(ids));
    for (int i = 0; i < ids.length; i++) {
      if (follows(i, path)) {
        sums[i] += probs.at(i);
        read[i]++;
      }
    }
    while (!done() && read[current] == texts.get(current).size()) {
      current++;
    }
  }

  private boolean follows(int text, Tokens path) {
    return read[text] == path.size() && alternatives.texts().get(text).startsWith(path);
  }

  /// What was found, in the order of the texts.
  public LogProbs found() {
    float[] found = new float[sums.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = (float) Math.min(0, sums[i]);
    }
    return LogProbs.of(found);
  }
}
