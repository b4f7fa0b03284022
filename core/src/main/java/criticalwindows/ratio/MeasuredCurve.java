package criticalwindows.ratio;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is known of a text beside its scores: what continuations from it came to, where that was
/// decided, and exact probabilities. Positions are in tokens of the response that were kept.
///
/// @param curve the share of the class that is followed; without points where nothing was sampled
/// @param window the 90 % interval of the window's centre; absent where no window is claimed
/// @param exact probabilities of the class, by position; empty where they are not known
public record MeasuredCurve(
    Curve curve, Optional<Interval> window, SortedMap<Integer, Double> exact) {
  /// Nothing is known.
  public static final MeasuredCurve NONE =
      new MeasuredCurve(new Curve(List.of()), Optional.empty(), Map.of());

  public MeasuredCurve {
    exact = Collections.unmodifiableSortedMap(new TreeMap<>(exact));
  }

  /// The same from a map in any order.
  public MeasuredCurve(Curve curve, Optional<Interval> window, Map<Integer, Double> exact) {
    this(curve, window, new TreeMap<>(exact));
  }

  /// Whether there is nothing.
  public boolean isEmpty() {
    return curve.points().isEmpty() && exact.isEmpty();
  }
}
