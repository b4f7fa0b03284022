package criticalwindows.scoring;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import java.util.Optional;
import java.util.OptionalInt;

/// `recorded`: what whoever made a file says that a response came to, word for word. It is kept
/// where a reply is kept. Nothing is read in the response itself, and nothing is graded.
final class RecordedReader implements Scorer {
  private static final Outcome NONE = new Answer.Unread("no outcome is recorded");

  private RecordedReader() {}

  static Scorer parse(Spec spec) {
    return spec.alone(new RecordedReader());
  }

  @Override
  public Outcome of(Problem item, Said said) {
    return said.reply()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(Word::of)
        .orElse(NONE);
  }

  @Override
  public Optional<Outcome> right(Problem item) {
    return item.answer().map(String::strip).map(Word::of);
  }

  @Override
  public Optional<Outcome> named(Problem item, String name) {
    return Optional.of(Word.of(name.strip()));
  }

  @Override
  public boolean repliesAlone() {
    return true;
  }

  /// The recorded word.
  private record Word(String show) implements Outcome {
    static Outcome of(String word) {
      return new Word(word);
    }

    @Override
    public boolean readable() {
      return true;
    }

    @Override
    public OptionalInt among(Problem item) {
      int at = item.choices().stream().map(Choice::label).toList().indexOf(show);
      return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
    }
  }
}
