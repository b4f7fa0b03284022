package criticalwindows.theory;

import criticalwindows.model.ToyModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A law over finitely many texts, each with its meaning. Every quantity of the theory is a finite
/// sum over it: nothing is estimated.
///
/// Noise keeps the first tokens of a text and forgets the rest; denoising writes the rest anew by
/// the same law. *Source:* Li, Karan and Chen, arXiv 2502.00921, section 2. The paper counts tokens
/// removed, t; here everything is counted in tokens kept.
public final class FiniteLaw {
  private static final double EXACT = 1e-6;

  private final List<Text> texts;

  /// For each number of tokens kept, which texts are alike: `groups[kept][text]`.
  private final int[][] groups;

  /// @param texts whose probabilities sum to 1, no sequence of tokens twice
  public FiniteLaw(List<Text> texts) {
    this.texts = List.copyOf(texts);
    double sum = texts.stream().mapToDouble(Text::probability).sum();
    if (Math.abs(sum - 1) > EXACT) {
      throw new IllegalArgumentException("probabilities that sum to " + sum + ", not to 1");
    }
    int length = texts.stream().mapToInt(text -> text.tokens().size()).max().orElse(0);
    groups = new int[length + 1][texts.size()];
    for (int kept = 1; kept <= length; kept++) {
      group(kept);
    }
  }

  /// One text.
  ///
  /// @param tokens ids, or anything that tells one token from another
  /// @param probability greater than 0
  /// @param meaning the class it belongs to, such as its answer
  public record Text(List<Integer> tokens, double probability, String meaning) {
    public Text {
      tokens = List.copyOf(tokens);
      if (!(probability > 0)) {
        throw new IllegalArgumentException("a text of probability " + probability);
      }
    }
  }

  /// Every text that a toy process can write, by its answer. A process of n characters with two
  /// options each has 2^n of them.
  public static FiniteLaw of(ToyModel.Process process) {
    List<Text> texts = new ArrayList<>();
    grow(process, "", 1, texts);
    return new FiniteLaw(texts);
  }

  private static void grow(
      ToyModel.Process process, String written, double probability, List<Text> texts) {
    if (written.length() == process.length()) {
      List<Integer> tokens = written.chars().boxed().toList();
      texts.add(new Text(tokens, probability, process.answer(written)));
      return;
    }
    process
        .next(written)
        .forEach((next, probs) -> grow(process, written + next, probability * probs, texts));
  }

  private void group(int kept) {
    Map<Long, Integer> known = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      List<Integer> tokens = texts.get(i).tokens();
      // A text that has ended is told from one that goes on.
      int token = kept <= tokens.size() ? tokens.get(kept - 1) : -1;
      long name = ((long) groups[kept - 1][i] << 32) ^ (token & 0xffffffffL);
      groups[kept][i] = known.computeIfAbsent(name, fresh -> known.size());
    }
  }

  /// The texts, in their order.
  public List<Text> texts() {
    return texts;
  }

  /// Tokens of the longest text.
  public int length() {
    return groups.length - 1;
  }

  /// All meanings, in the order in which they first occur.
  public Set<String> meanings() {
    Set<String> meanings = new LinkedHashSet<>();
    texts.forEach(text -> meanings.add(text.meaning()));
    return meanings;
  }

  /// All meanings but these.
  public Set<String> rest(Set<String> of) {
    Set<String> rest = meanings();
    rest.removeAll(of);
    return rest;
  }

  /// π = P(the meaning is one of these).
  public double probability(Set<String> of) {
    return texts.stream()
        .filter(text -> of.contains(text.meaning()))
        .mapToDouble(Text::probability)
        .sum();
  }

  /// v = P(the meaning is one of these | the first `kept` tokens are those of this text).
  ///
  /// @param text its place among [#texts]
  /// @param kept in [0, length]
  public double value(Set<String> of, int text, int kept) {
    int group = groups[kept][text];
    return masses(of, kept)[group] / masses(meanings(), kept)[group];
  }

  /// The total variation between the laws of the first `kept` tokens of texts with these meanings
  /// and with those.
  ///
  /// @return in [0, 1]; it never falls with `kept`
  public double distance(Set<String> one, Set<String> other, int kept) {
    return variation(scaled(masses(one, kept), one), scaled(masses(other, kept), other));
  }

  /// The total variation between texts with meanings `target` and what comes of noising texts with
  /// meanings `start` to `kept` tokens and denoising them: the left side of Theorem 2, by its
  /// definition.
  public double distanceAfter(Set<String> start, Set<String> target, int kept) {
    double[] from = scaled(masses(start, kept), start);
    double[] all = masses(meanings(), kept);
    double share = probability(target);
    double sum = 0;
    for (int i = 0; i < texts.size(); i++) {
      Text text = texts.get(i);
      int group = groups[kept][i];
      double came = from[group] * text.probability() / all[group];
      double wanted = target.contains(text.meaning()) ? text.probability() / share : 0;
      sum += Math.abs(came - wanted) / 2;
    }
    return sum;
  }

  /// The same distance from values alone: ½ E|v(start) ÷ π(start) − 1{target} ÷ π(target)|.
  public double distanceByValues(Set<String> start, Set<String> target, int kept) {
    double[] values = values(start, kept);
    double shareOfStart = probability(start);
    double shareOfTarget = probability(target);
    double sum = 0;
    for (int i = 0; i < texts.size(); i++) {
      Text text = texts.get(i);
      double wanted = target.contains(text.meaning()) ? 1 / shareOfTarget : 0;
      double came = values[groups[kept][i]] / shareOfStart;
      sum += text.probability() * Math.abs(came - wanted) / 2;
    }
    return sum;
  }

  /// c̄: the chance that a text with one of these meanings, noised to `kept` tokens and denoised,
  /// has one of them again; the mean self-consistency, E[v²] ÷ π.
  public double consistency(Set<String> of, int kept) {
    double[] values = values(of, kept);
    double[] masses = masses(of, kept);
    double sum = 0;
    for (int group = 0; group < masses.length; group++) {
      sum += masses[group] * values[group];
    }
    return sum / probability(of);
  }

  private double[] values(Set<String> of, int kept) {
    double[] values = masses(of, kept);
    double[] all = masses(meanings(), kept);
    for (int group = 0; group < values.length; group++) {
      values[group] = all[group] > 0 ? values[group] / all[group] : 0;
    }
    return values;
  }

  private double[] masses(Set<String> of, int kept) {
    double[] masses = new double[texts.size()];
    for (int i = 0; i < texts.size(); i++) {
      if (of.contains(texts.get(i).meaning())) {
        masses[groups[kept][i]] += texts.get(i).probability();
      }
    }
    return masses;
  }

  private double[] scaled(double[] masses, Set<String> of) {
    double share = probability(of);
    if (!(share > 0)) {
      throw new IllegalArgumentException("no text has one of the meanings " + of);
    }
    for (int group = 0; group < masses.length; group++) {
      masses[group] /= share;
    }
    return masses;
  }

  private static double variation(double[] one, double[] other) {
    double sum = 0;
    for (int group = 0; group < one.length; group++) {
      sum += Math.abs(one[group] - other[group]) / 2;
    }
    return sum;
  }
}
