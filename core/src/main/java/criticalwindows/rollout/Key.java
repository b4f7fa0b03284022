package criticalwindows.rollout;

import java.util.Comparator;

/// What one script was run for: the name by which a ledger knows whether it is done.
///
/// @param problem the problem's id
/// @param kept response tokens kept; 0 for [Role#ORIGINAL] and [Role#DIRECT]
/// @param index among equals, from 0
public record Key(String problem, Role role, int kept, int index) implements Comparable<Key> {
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::problem)
          .thenComparing(Key::role)
          .thenComparingInt(Key::kept)
          .thenComparingInt(Key::index);

  /// A script's part in the experiment.
  public enum Role {
    /// The response that is cut.
    ORIGINAL,
    /// A continuation from a cut.
    RESAMPLE,
    /// The answer asked for at a cut, without going on.
    EARLY,
    /// The answer without any reasoning.
    DIRECT,
    /// A text that was given, not sampled, and scored.
    GIVEN,
    /// A continuation from a cut, after a hint.
    HINTED
  }

  public Key {
    if (kept < 0 || index < 0) {
      throw new IllegalArgumentException(kept + " tokens kept, index " + index);
    }
  }

  /// The one original response.
  public static Key original(String problem) {
    return new Key(problem, Role.ORIGINAL, 0, 0);
  }

  /// A continuation from a cut.
  public static Key resample(String problem, int kept, int index) {
    return new Key(problem, Role.RESAMPLE, kept, index);
  }

  /// A continuation from a cut, after a hint.
  public static Key hinted(String problem, int kept, int index) {
    return new Key(problem, Role.HINTED, kept, index);
  }

  /// The answer at a cut.
  public static Key early(String problem, int kept) {
    return new Key(problem, Role.EARLY, kept, 0);
  }

  /// The answer without reasoning.
  public static Key direct(String problem) {
    return new Key(problem, Role.DIRECT, 0, 0);
  }

  /// A whole text, where there are many.
  public static Key text(String problem, int index) {
    return new Key(problem, Role.ORIGINAL, 0, index);
  }

  /// A text that was given and scored.
  public static Key given(String problem, int index) {
    return new Key(problem, Role.GIVEN, 0, index);
  }

  /// The seed of this script's random numbers: a hash of the run's seed and every part of the key,
  /// so that no two scripts share a stream and order never matters.
  public long seed(long runSeed) {
    long hash = mix(runSeed ^ 0x9e3779b97f4a7c15L);
    for (int i = 0; i < problem.length(); i++) {
      hash = mix(hash ^ problem.charAt(i));
    }
    return mix(mix(mix(hash ^ role.name().charAt(0)) ^ kept) ^ index);
  }

  /// Stafford's variant 13 of the 64-bit finaliser, plus the golden ratio so that 0 moves too.
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  @Override
  public int compareTo(Key other) {
    return ORDER.compare(this, other);
  }
}
