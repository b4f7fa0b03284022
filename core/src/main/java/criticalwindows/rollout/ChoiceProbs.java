package criticalwindows.rollout;

import criticalwindows.model.LogProbs;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.SoftProportion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// How likely each choice was where replies named one: the model's plain distribution over the
/// labels, renormalised so that the labels alone sum to 1.
///
/// @param choices of the replies, for each choice in the problem's order; empty where nothing is
///   known
/// @param read replies whose probabilities were read; all others among the choices count as what
///   they say
/// @param outside the probability that was not on any label, summed over those that were read
public record ChoiceProbs(List<SoftProportion> choices, long read, double outside) {
  /// Nothing is known.
  public static final ChoiceProbs NONE = new ChoiceProbs(List.of(), 0, 0);

  public ChoiceProbs {
    choices = List.copyOf(choices);
  }

  /// Those of one reply.
  ///
  /// @param probs natural-log probabilities of the labels; empty where they were not read
  public static ChoiceProbs of(LogProbs probs) {
    double[] odd =
        IntStream.range(0, probs.size()).mapToDouble(i -> StrictMath.exp(probs.at(i))).toArray();
    double all = DoubleStream.of(odd).sum();
    return all > 0
        ? new ChoiceProbs(
            DoubleStream.of(odd).mapToObj(p -> SoftProportion.of(p / all)).toList(),
            1,
            Math.max(0, 1 - all))
        : NONE;
  }

  /// So many replies that say this and whose probabilities are unknown.
  ///
  /// @param choices that the problem has
  /// @param said which of them; absent where it is none
  public static ChoiceProbs certain(int choices, OptionalInt said, long replies) {
    SoftProportion always = SoftProportion.of(new Proportion(replies, replies));
    SoftProportion never = SoftProportion.of(new Proportion(0, replies));
    int which = said.orElse(-1);
    return new ChoiceProbs(
        IntStream.range(0, choices).mapToObj(i -> i == which ? always : never).toList(), 0, 0);
  }

  /// Both together.
  public ChoiceProbs plus(ChoiceProbs more) {
    if (choices.isEmpty() || more.choices.isEmpty()) {
      return choices.isEmpty() ? more : this;
    }
    List<SoftProportion> both = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      both.add(choices.get(i).plus(more.choices.get(i)));
    }
    return new ChoiceProbs(both, read + more.read, outside + more.outside);
  }

  /// The likeliest choice, the first of equals; absent where nothing is known.
  public OptionalInt likeliest() {
    return IntStream.range(0, choices.size())
        .reduce((best, i) -> choices.get(i).sum() > choices.get(best).sum() ? i : best);
  }

  /// The mean probability that was on none of the labels.
  ///
  /// @throws IllegalStateException if no probabilities were read
  public double meanOutside() {
    if (read == 0) {
      throw new IllegalStateException("no probabilities were read");
    }
    return outside / read;
  }
}
