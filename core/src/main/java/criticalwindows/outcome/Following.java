package criticalwindows.outcome;

import criticalwindows.dataset.Problem;
import java.util.Optional;
import java.util.OptionalInt;

/// A scorer whose curves follow one class, such as `complied`, whatever a response itself came to.
///
/// @param name of a class that the scorer knows
public record Following(Scorer scorer, String name) implements Scorer {
  @Override
  public Outcome of(Problem item, Said said) {
    return scorer.of(item, said);
  }

  @Override
  public Optional<Outcome> right(Problem item) {
    return scorer.right(item);
  }

  @Override
  public Optional<Outcome> named(Problem item, String other) {
    return scorer.named(item, other);
  }

  @Override
  public Optional<Outcome> followed(Problem item) {
    return scorer.named(item, name);
  }

  @Override
  public OptionalInt turned(Said said) {
    return scorer.turned(said);
  }

  @Override
  public boolean repliesAlone() {
    return scorer.repliesAlone();
  }
}
