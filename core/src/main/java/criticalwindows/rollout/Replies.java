package criticalwindows.rollout;

import criticalwindows.model.FinishReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What the samples of one problem came to, without what was written on the way: every reply to the
/// question for the answer, equal ones together. A large run is summarised from these alone.
///
/// @param original the response that was cut; absent while it is not sampled
/// @param replies in the order of their keys
/// @param forced the probabilities of the choices that were forced, by the key of their reply
public record Replies(
    Optional<Original> original, List<Reply> replies, Map<Key, ChoiceProbs> forced) {
  /// Nothing is sampled yet.
  public static final Replies NONE = new Replies(Optional.empty(), List.of(), Map.of());

  public Replies {
    replies = List.copyOf(replies);
    forced = Map.copyOf(forced);
  }

  /// The response that was cut.
  ///
  /// @param tokens how many it has, without the stop token
  public record Original(FinishReason finish, int tokens) {}

  /// Equal replies at one cut: of the same text, and with the same choice for the likeliest.
  ///
  /// @param first the key of the first of them
  /// @param finish of the responses before them; [FinishReason#STOP] where there was none
  /// @param text of the reply
  /// @param count how many there are, at least 1
  /// @param probs of the choices, of all of them or of none
  public record Reply(Key first, FinishReason finish, String text, int count, ChoiceProbs probs) {
    public Reply {
      if (count < 1) {
        throw new IllegalArgumentException(count + " replies");
      }
    }
  }

  /// Those of one problem.
  ///
  /// @param samples all its rows, in the order of their keys
  public static Replies of(List<Sample> samples) {
    Map<Key, FinishReason> finishes = new HashMap<>();
    Map<Same, Reply> replies = new LinkedHashMap<>();
    Map<Key, ChoiceProbs> forced = new HashMap<>();
    Optional<Original> original = Optional.empty();
    for (Sample sample : samples) {
      Key key = sample.key();
      if (sample.turn() == Sample.Turn.RESPONSE) {
        finishes.put(key, sample.finish());
        if (key.is(Arm.ORIGINAL)) {
          original = Optional.of(new Original(sample.finish(), sample.tokens().size()));
        }
      } else {
        FinishReason finish = finishes.getOrDefault(key, FinishReason.STOP);
        ChoiceProbs probs = ChoiceProbs.of(sample.probs().written());
        if (!sample.probs().forced().isEmpty()) {
          forced.put(key, ChoiceProbs.of(sample.probs().forced()));
        }
        replies.merge(
            new Same(key.arm(), key.kept(), finish, sample.text(), probs.likeliest()),
            new Reply(key, finish, sample.text(), 1, probs),
            Replies::both);
      }
    }
    return new Replies(original, new ArrayList<>(replies.values()), forced);
  }

  /// What equal replies have in common.
  private record Same(Arm arm, int kept, FinishReason finish, String text, OptionalInt likeliest) {}

  private static Reply both(Reply one, Reply more) {
    return new Reply(
        one.first(),
        one.finish(),
        one.text(),
        one.count() + more.count(),
        one.probs().plus(more.probs()));
  }
}
