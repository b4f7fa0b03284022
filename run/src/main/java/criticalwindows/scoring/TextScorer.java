package criticalwindows.scoring;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import java.util.Optional;
import java.util.function.Function;

/// Reads the text of responses, as far as it goes: one that reached its limit of tokens is read
/// like any other. Replies to the question for the answer are not read.
///
/// @param reader of a response
/// @param named the class that is shown by a name; that of an outcome that was recorded with a text
record TextScorer(Function<String, Outcome> reader, Function<String, Outcome> named)
    implements Scorer {
  private static final Outcome NO_RESPONSE = new Answer.Unread("there is a reply and no response");

  /// Of classes that the kind names itself.
  TextScorer(Function<String, Outcome> reader) {
    this(reader, Fixed::new);
  }

  /// What was recorded with a text that was given. The right answer of a question is no outcome of
  /// this kind.
  @Override
  public Optional<Outcome> right(Problem item) {
    return item.given().flatMap(text -> item.answer()).map(named);
  }

  @Override
  public Optional<Outcome> named(Problem item, String name) {
    return Optional.of(named.apply(name));
  }

  @Override
  public Outcome of(Problem item, Said said) {
    return said.response().isEmpty() && said.reply().isPresent()
        ? NO_RESPONSE
        : reader.apply(said.response());
  }
}
