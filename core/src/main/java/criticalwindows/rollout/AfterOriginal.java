package criticalwindows.rollout;

import criticalwindows.model.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The original and whatever needs nothing of it, then all the rest, which its tokens decide.
public final class AfterOriginal implements Course {
  private final List<Task> first;
  private final Function<Tokens, List<Task>> rest;
  private Optional<Tokens> response = Optional.empty();
  private int asked;

  /// @param first the original among them
  /// @param rest from the tokens of the original, without the stop token
  public AfterOriginal(List<Task> first, Function<Tokens, List<Task>> rest) {
    this.first = List.copyOf(first);
    this.rest = rest;
  }

  @Override
  public List<Task> next() {
    if (asked == 0) {
      asked++;
      return first;
    }
    if (asked == 1 && response.isPresent()) {
      asked++;
      return rest.apply(response.get());
    }
    return List.of();
  }

  @Override
  public void ended(Key key, List<Sample> rows) {
    if (key.is(Arm.ORIGINAL)) {
      response = Optional.of(rows.getFirst().tokens());
    }
  }

  @Override
  public boolean settled() {
    return asked == 2;
  }
}
