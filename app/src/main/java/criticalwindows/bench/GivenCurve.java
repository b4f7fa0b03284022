package criticalwindows.bench;

import criticalwindows.stats.Curve;
import java.util.Arrays;
import java.util.Optional;

/// A curve that is known at some positions, and a step between them.
///
/// @param line where it stands in its file, from 1
/// @param length of the response, in whatever unit the positions have
/// @param kept positions, growing, within the response
/// @param values probability at each
/// @param tokens mean length of a continuation from each position
/// @param end what is known of its end without sampling
@SuppressWarnings("ArrayRecordComponent")
record GivenCurve(
    String id,
    int line,
    int length,
    int[] kept,
    double[] values,
    double[] tokens,
    Optional<Curve.End> end) {
  private static final double TOLERANCE = 1e-9;

  /// What is near, as a share of the response.
  private static final double NEAR = .05;

  /// A curve of whose end nothing is known.
  GivenCurve(String id, int line, int length, int[] kept, double[] values, double[] tokens) {
    this(id, line, length, kept, values, tokens, Optional.empty());
  }

  /// This curve as that of a response that has ended: with all of it kept, the probability is 1. A
  /// rise behind the last position is one like any other.
  GivenCurve ended() {
    int size = kept[kept.length - 1] == length ? kept.length : kept.length + 1;
    int[] positions = Arrays.copyOf(kept, size);
    double[] probabilities = Arrays.copyOf(values, size);
    positions[size - 1] = length;
    probabilities[size - 1] = 1;
    return new GivenCurve(
        id,
        line,
        length,
        positions,
        probabilities,
        Arrays.copyOf(tokens, size),
        Optional.of(new Curve.End(length, true)));
  }

  /// Places no further apart than this are near each other.
  double near() {
    return NEAR * length;
  }

  /// What there is to find in a curve.
  enum Kind {
    /// A rise of .5 within a tenth of the length.
    NARROW,
    /// A rise of .5 within more.
    BROAD,
    /// No rise of .3.
    FLAT,
    /// A rise of .3, but none of .5.
    SLIGHT
  }

  /// The shortest stretch with a rise of .5.
  record Stretch(int from, int to) {
    int width() {
      return to - from;
    }

    double middle() {
      return .5 * (from + to);
    }

    /// How far a position lies from it; 0 within.
    double distance(double position) {
      return StrictMath.max(0, StrictMath.max(from - position, position - to));
    }

    /// How far another one lies from it; 0 where they touch.
    double distance(Stretch other) {
      return StrictMath.max(0, StrictMath.max(from - other.to, other.from - to));
    }
  }

  /// Its probability where so much is kept.
  double value(int position) {
    return values[index(position)];
  }

  /// The mean length of a continuation from there.
  double tokens(int position) {
    return tokens[index(position)];
  }

  /// Which given position holds there.
  int index(int position) {
    int i = Arrays.binarySearch(kept, position);
    return i >= 0 ? i : StrictMath.max(0, -i - 2);
  }

  /// The window, where there is one; the first of equally short ones.
  Optional<Stretch> window() {
    Optional<Stretch> best = Optional.empty();
    for (int i = 0; i < kept.length; i++) {
      for (int j = i + 1; j < kept.length; j++) {
        int width = kept[j] - kept[i];
        if (values[j] - values[i] >= .5 - TOLERANCE
            && best.map(found -> width < found.to() - found.from()).orElse(true)) {
          best = Optional.of(new Stretch(kept[i], kept[j]));
        }
      }
    }
    return best;
  }

  /// Its kind.
  Kind kind() {
    return window()
        .map(found -> found.to() - found.from() <= .1 * length ? Kind.NARROW : Kind.BROAD)
        .orElse(rise() < .3 - TOLERANCE ? Kind.FLAT : Kind.SLIGHT);
  }

  private double rise() {
    return rise(0, length);
  }

  /// The most that the mean of three neighbouring positions rises: less than the curve itself, and
  /// less of it is noise.
  double smoothRise() {
    double lowest = 1;
    double rise = 0;
    for (int i = 0; i < values.length; i++) {
      int from = StrictMath.max(0, i - 1);
      int to = StrictMath.min(values.length, i + 2);
      double mean = Arrays.stream(values, from, to).average().orElseThrow();
      lowest = StrictMath.min(lowest, mean);
      rise = StrictMath.max(rise, mean - lowest);
    }
    return rise;
  }

  /// The most that it rises from a position to a later one, both between these two.
  double rise(double from, double to) {
    double lowest = 1;
    double rise = 0;
    for (int i = 0; i < kept.length; i++) {
      boolean before = i + 1 < kept.length && kept[i + 1] <= from;
      if (!before && kept[i] <= to) {
        lowest = StrictMath.min(lowest, values[i]);
        rise = StrictMath.max(rise, values[i] - lowest);
      }
    }
    return rise;
  }
}
