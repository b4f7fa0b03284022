package criticalwindows.rollout;

import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.model.WatchedLogProbs;
import java.time.Duration;
import java.util.List;

/// One row of a ledger: something a model wrote, and how.
///
/// @param turn which of the script's turns it is
/// @param tokens as sampled, without the stop token
/// @param text the tokens decoded
/// @param ends for each token of an original response, how many characters of the text there are
///   once it is written, so that a cut can be shown in the text; empty for every other sample
/// @param logProbs plain log-probabilities of what was drawn, the stop token's last where one was
///   drawn
/// @param probs of the choices' labels where a reply names one, in the order of the choices: as the
///   reply was written, and forced
/// @param predictions of an original response, one for each of the log-probabilities; empty for
///   every other sample, and where they are not known
/// @param seed of the script's random numbers
/// @param engine what computed it, as the model's provenance names it
/// @param wave the commit it came with, counted from 1
/// @param elapsed of the whole script
public record Sample(
    Key key,
    Turn turn,
    Tokens tokens,
    String text,
    List<Integer> ends,
    FinishReason finish,
    LogProbs logProbs,
    WatchedLogProbs probs,
    List<Predicted> predictions,
    long seed,
    String engine,
    int wave,
    Duration elapsed) {
  public Sample {
    ends = List.copyOf(ends);
    if (!ends.isEmpty() && ends.size() != tokens.size()) {
      throw new IllegalArgumentException(ends.size() + " ends of " + tokens.size() + " tokens");
    }
    predictions = List.copyOf(predictions);
    if (!predictions.isEmpty() && predictions.size() != logProbs.size()) {
      throw new IllegalArgumentException(
          predictions.size() + " predictions of " + logProbs.size() + " tokens");
    }
  }

  /// A row without probabilities and predictions.
  public Sample(
      Key key,
      Turn turn,
      Tokens tokens,
      String text,
      List<Integer> ends,
      FinishReason finish,
      LogProbs logProbs,
      long seed,
      String engine,
      int wave,
      Duration elapsed) {
    this(
        key,
        turn,
        tokens,
        text,
        ends,
        finish,
        logProbs,
        WatchedLogProbs.NONE,
        List.of(),
        seed,
        engine,
        wave,
        elapsed);
  }

  /// Whether this is the response that was cut.
  public boolean cut() {
    return key.is(Arm.ORIGINAL) && turn == Turn.RESPONSE;
  }

  /// The text of its first tokens; empty where nobody knows where tokens end in the text, as in
  /// every sample but a response that was cut.
  ///
  /// @throws IllegalArgumentException if there are fewer tokens
  public String beginning(int tokens) {
    if (tokens > this.tokens.size()) {
      throw new IllegalArgumentException(
          tokens + " tokens kept of a response of " + this.tokens.size());
    }
    return tokens == 0 || ends.isEmpty() ? "" : text.substring(0, ends.get(tokens - 1));
  }

  /// A turn of the assistant.
  public enum Turn {
    /// The reasoning, or the rest of it after a cut.
    RESPONSE,
    /// The reply to the question for the answer.
    ANSWER
  }
}
