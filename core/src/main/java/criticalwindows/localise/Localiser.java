package criticalwindows.localise;

import criticalwindows.stats.Curve;
import java.util.List;
import java.util.Optional;

/// A way to look for the window of a response: from the counts so far to what to sample next, and
/// from the counts at the end to what was found. Both are pure functions of the counts, so a search
/// that is replayed from its ledger takes the same steps.
public interface Localiser {
  /// What to do now.
  ///
  /// @param counts so far, by tokens kept
  /// @param length of the response in tokens, at least 1
  Move next(Curve counts, int length);

  /// The window these counts show, where they show one.
  Optional<Found> found(Curve counts, int length);

  /// The probability that there is no window, where it states one.
  default Optional<Double> noWindow(Curve counts, int length) {
    return Optional.empty();
  }

  /// A window that is claimed.
  ///
  /// @param places where it can be, in tokens kept, each with the probability that it is there: the
  ///   first is the one that is claimed
  record Found(List<Credible> places) {
    public Found {
      places = List.copyOf(places);
      if (places.isEmpty()) {
        throw new IllegalArgumentException("a window that is nowhere");
      }
    }

    /// The place that is claimed.
    public Credible place() {
      return places.getFirst();
    }

    /// The probability that it is at one of the places.
    public double stated() {
      return places.stream().mapToDouble(Credible::probability).sum();
    }
  }
}
