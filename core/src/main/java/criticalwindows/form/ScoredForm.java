package criticalwindows.form;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.stats.Interval;
import criticalwindows.theory.FiniteLaw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every combination of a form, scored by a model as the very text that is asked for: no sampling,
/// the plain distribution.
///
/// A model can also say the same in other strings, which are not scored, or leave the form. So what
/// follows is exact in the form of bounds: the probability of the target's text is the least that
/// P(target) can be, and one minus that of all other combinations' texts the most.
///
/// @param texts one for each combination, at least two
public record ScoredForm(List<Scored> texts) {
  public ScoredForm {
    texts = List.copyOf(texts);
    if (texts.size() < 2) {
      throw new IllegalArgumentException(texts.size() + " combinations");
    }
  }

  /// A combination as it was scored.
  ///
  /// @param tokens of the text, without an end of turn
  /// @param logProbs one for each of the tokens
  public record Scored(Combination choices, Tokens tokens, LogProbs logProbs) {
    public Scored {
      if (logProbs.size() != tokens.size()) {
        throw new IllegalArgumentException(
            logProbs.size() + " scores of " + tokens.size() + " tokens");
      }
    }

    /// P(the rest of this text | its first tokens).
    double after(int kept) {
      double sum = 0;
      for (int i = Math.min(kept, tokens.size()); i < tokens.size(); i++) {
        sum += logProbs.at(i);
      }
      return StrictMath.exp(sum);
    }

    boolean begins(Tokens with) {
      return tokens.startsWith(with);
    }
  }

  /// The text of a combination.
  public Scored of(Combination choices) {
    return texts.stream()
        .filter(text -> text.choices().equals(choices))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not scored: " + choices));
  }

  /// P(any of these texts): what the model gives to the form as it is asked for.
  public double mass() {
    return texts.stream().mapToDouble(text -> text.after(0)).sum();
  }

  /// P(the text becomes the target | the target's first tokens).
  ///
  /// @param kept tokens, in [0, length of the target's text]
  public Value value(Combination target, int kept) {
    Scored text = of(target);
    Tokens prefix = text.tokens().prefix(kept);
    double own = text.after(kept);
    double all =
        texts.stream().filter(each -> each.begins(prefix)).mapToDouble(e -> e.after(kept)).sum();
    return new Value(own / all, bounds(own, all));
  }

  /// Scores are sums of 32-bit floats, so they can sum to a little more than 1.
  private static Interval bounds(double own, double all) {
    double least = Math.min(own, 1);
    return new Interval(least, Math.clamp(1 - (all - own), least, 1));
  }

  /// A value known by scores.
  ///
  /// @param share of the target among the combinations that can still come
  /// @param bounds of P(target), whatever else the model may write
  public record Value(double share, Interval bounds) {}

  /// P(the next choice is this one | the choices before), among combinations.
  ///
  /// @param begun choices, the one asked for last
  public double probability(Combination begun) {
    double before = mass(begun.first(begun.size() - 1));
    return before > 0 ? mass(begun) / before : 0;
  }

  /// P(the choices begin like this), among combinations.
  public double share(Combination begun) {
    return mass(begun) / mass();
  }

  /// P(the choices begin like this), among combinations, for every beginning.
  public Map<Combination, Double> shares() {
    double mass = mass();
    Map<Combination, Double> shares = new HashMap<>();
    for (Scored text : texts) {
      double share = text.after(0) / mass;
      for (int made = 0; made <= text.choices().size(); made++) {
        shares.merge(text.choices().first(made), share, Double::sum);
      }
    }
    return shares;
  }

  private double mass(Combination begun) {
    return texts.stream()
        .filter(text -> text.choices().startsWith(begun))
        .mapToDouble(text -> text.after(0))
        .sum();
  }

  /// The law of the texts that were scored, each text's meaning being its combination; what was not
  /// scored is left out, and the rest scaled to 1.
  public FiniteLaw law() {
    double mass = mass();
    List<FiniteLaw.Text> law = new ArrayList<>();
    for (Scored text : texts) {
      List<Integer> tokens = text.tokens().stream().boxed().toList();
      double probability = text.after(0) / mass;
      if (probability > 0) {
        law.add(new FiniteLaw.Text(tokens, probability, meaning(text.choices())));
      }
    }
    return new FiniteLaw(law);
  }

  /// A combination's name in [#law].
  public static String meaning(Combination choices) {
    return choices.taken().toString();
  }
}
