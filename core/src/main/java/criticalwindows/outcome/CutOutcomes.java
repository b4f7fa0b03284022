package criticalwindows.outcome;

import criticalwindows.dataset.Problem;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/// What a response came to, and what its continuations from each cut came to: all that its windows
/// are found from, whatever the experiment.
public interface CutOutcomes {
  /// What the response is about.
  Problem item();

  /// Of the response, in tokens.
  int length();

  /// What the response came to.
  Outcome outcome();

  /// The class that a run follows, whatever a response came to; absent where curves follow the
  /// response's own.
  default Optional<Outcome> fixed() {
    return Optional.empty();
  }

  /// The class whose share curves count.
  default Outcome followed() {
    return fixed().orElse(outcome());
  }

  /// What its continuations came to, by tokens kept, in the order of their index.
  SortedMap<Integer, List<? extends Outcome>> byCut();

  /// Whether there is a class to be counted: where the response's own is followed, whether it has
  /// one.
  default boolean readable() {
    return followed().readable();
  }

  /// Tokens kept once the reasoning is over, and the answer is about to be stated; absent where the
  /// response does not tell, or its text is not at hand.
  default OptionalInt reasoned() {
    return OptionalInt.empty();
  }

  /// Continuations that were sampled, each counted once.
  default long rollouts() {
    return consistency().points().stream().mapToLong(point -> point.proportion().trials()).sum();
  }

  /// The curve of P(continuation comes to the class that is followed) by tokens kept. Cuts without
  /// samples are left out. With its stop token kept too, a response that has ended is itself for
  /// sure.
  default Curve consistency() {
    List<Curve.Point> points = new ArrayList<>();
    byCut()
        .forEach(
            (kept, outcomes) -> {
              long same = outcomes.stream().filter(each -> each.same(followed())).count();
              points.add(new Curve.Point(kept, new Proportion(same, outcomes.size())));
            });
    return ended(new Curve(points));
  }

  /// Whether the response came to its end: with its stop token kept, nothing is left to be sampled.
  default boolean closed() {
    return true;
  }

  /// A curve of this response, with its end where that is known.
  default Curve ended(Curve sampled) {
    boolean holds = outcome().same(followed());
    return readable() && closed() ? sampled.endingAt(new Curve.End(length() + 1, holds)) : sampled;
  }
}
