package criticalwindows.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Does a [Step.Score] with rows of logits, one after the other. Where texts begin alike, a row
/// serves all of them; they are read in an order that makes the most of that.
public final class Scoring {
  private final Tokens after;
  private final List<Tokens> texts;
  // In the order of their ids, so that texts that begin alike are neighbours.
  private final int[] order;
  private final Optional<Sampling> sampling;
  private final float[][] found;
  private final List<List<Prediction>> predictions = new ArrayList<>();
  private final int[] read;

  /// How many tokens a text in this order shares with the one before it.
  private final int[] shared;

  private int current;

  /// Of texts whose log-probabilities alone are wanted.
  public Scoring(Alternatives alternatives) {
    this(new Step.Score(alternatives));
  }

  public Scoring(Step.Score step) {
    Alternatives alternatives = step.alternatives();
    sampling = step.sampling();
    after = alternatives.after();
    texts = alternatives.texts();
    order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted((a, b) -> Arrays.compare(texts.get(a).toArray(), texts.get(b).toArray()))
            .mapToInt(i -> i)
            .toArray();
    found = texts.stream().map(text -> new float[text.size()]).toArray(float[][]::new);
    texts.forEach(text -> predictions.add(new ArrayList<>()));
    read = new int[found.length];
    shared = new int[found.length];
    for (int i = 1; i < shared.length; i++) {
      shared[i] = texts.get(order[i - 1]).commonPrefix(texts.get(order[i]));
    }
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
    int end = current + 1;
    while (end < order.length && shared[end] >= depth) {
      end++;
    }
    int[] group = Arrays.copyOfRange(order, current, end);
    int[] ids = Arrays.stream(group).map(text -> texts.get(text).at(depth)).toArray();
    LogProbs probs = sampler.probs(row, Tokens.of(ids));
    List<Prediction> predicted =
        sampling.map(given -> sampler.predictions(row, given, ids)).orElse(List.of());
    for (int i = 0; i < group.length; i++) {
      found[group[i]][depth] = probs.at(i);
      if (!predicted.isEmpty()) {
        predictions.get(group[i]).add(predicted.get(i));
      }
      read[group[i]]++;
    }
    while (!done() && read[order[current]] == found[order[current]].length) {
      current++;
    }
  }

  /// What was found of each text, in the order of the texts.
  public List<Scored> found() {
    List<Scored> all = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      all.add(new Scored(LogProbs.of(found[i]), predictions.get(i)));
    }
    return all;
  }
}
