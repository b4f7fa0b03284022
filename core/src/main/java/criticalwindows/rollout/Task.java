package criticalwindows.rollout;

import criticalwindows.model.FinishReason;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.util.Optional;

/// A script and the name of what will come of it.
///
/// @param first turn that is sampled; the others follow it
/// @param finish of a text that is scored
public record Task(Key key, Script script, Sample.Turn first, FinishReason finish) {
  /// One that begins with this turn.
  public Task(Key key, Script script, Sample.Turn first) {
    this(key, script, first, FinishReason.STOP);
  }

  /// One that begins with a response, or scores one text and does nothing else.
  public Task(Key key, Script script) {
    this(key, script, Sample.Turn.RESPONSE);
  }

  /// The turn of a text that was sampled for it.
  ///
  /// @param place among all that were, from 0
  Sample.Turn turn(int place) {
    return place == 0 ? first : Sample.Turn.ANSWER;
  }

  /// The text that it scores, if that is all it does.
  Optional<Tokens> scored() {
    return score().map(score -> score.alternatives().texts().getFirst());
  }

  /// How it scores a text, if that is all it does.
  Optional<Step.Score> score() {
    return script.steps().size() == 1 && script.steps().getFirst() instanceof Step.Score score
        ? Optional.of(score)
        : Optional.empty();
  }
}
