package criticalwindows.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Does a [Step.Score] with rows of logits, one after the other. Where texts begin alike, a row
/// serves all of them; they are read in an order that makes the most of that.
public final class Scoring {
  private final Tokens after;
  private final List<Tokens> texts;
  // In the order of their ids, so that texts that begin alike are neighbours.
  private final int[] order;
  private final float[][] found;
  private final int[] read;
  private int current;

  public Scoring(Alternatives alternatives) {
    after = alternatives.after();
    texts = alternatives.texts();
    order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted((a, b) -> Arrays.compare(texts.get(a).toArray(), texts.get(b).toArray()))
            .mapToInt(i -> i)
            .toArray();
    found = texts.stream().map(text -> new float[text.size()]).toArray(float[][]::new);
    read = new int[found.length];
  }

  /// Whether all are found.
  public boolean done() {
    return current == order.length;
  }

  /// What stands here while a text is read: all of it but its last token.
  public Tokens reading() {
    Tokens text = texts.get(order[current]);
    return after.plus(text.prefix(text.size() - 1));
  }

  /// How many tokens of [#reading] stand before the next row of logits that is wanted.
  public int at() {
    return after.size() + read[order[current]];
  }

  /// Takes that row.
  public void take(float[] row, Sampler sampler) {
    int depth = read[order[current]];
    int end = current;
    while (end < order.length && alike(order[current], order[end]) >= depth) {
      end++;
    }
    int[] group = Arrays.copyOfRange(order, current, end);
    int[] ids = Arrays.stream(group).map(text -> texts.get(text).at(depth)).toArray();
    LogProbs probs = sampler.probs(row, Tokens.of(ids));
    for (int i = 0; i < group.length; i++) {
      found[group[i]][depth] = probs.at(i);
      read[group[i]]++;
    }
    while (!done() && read[order[current]] == found[order[current]].length) {
      current++;
    }
  }

  private int alike(int a, int b) {
    return texts.get(a).commonPrefix(texts.get(b));
  }

  /// The log-probabilities of the tokens of each text, in the order of the texts.
  public List<LogProbs> found() {
    List<LogProbs> all = new ArrayList<>();
    for (float[] text : found) {
      all.add(LogProbs.of(text));
    }
    return all;
  }
}
