package criticalwindows.scoring;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import java.util.function.Function;

/// Reads the text of responses, as far as it goes: one that reached its limit of tokens is read
/// like any other. Replies to the question for the answer are not read.
///
/// @param reader of a response
record TextScorer(Function<String, Outcome> reader) implements Scorer {
  private static final Outcome NO_RESPONSE = new Answer.Unread("there is a reply and no response");

  @Override
  public Outcome of(Problem item, Said said) {
    return said.response().isEmpty() && said.reply().isPresent()
        ? NO_RESPONSE
        : reader.apply(said.response());
  }
}
