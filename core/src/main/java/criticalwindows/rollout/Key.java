package criticalwindows.rollout;

import java.util.Comparator;

/// What one script was run for: the name by which a ledger knows whether it is done.
///
/// @param item the id of what it is about, such as a problem's
/// @param kept response tokens kept; 0 for [Arm#ORIGINAL] and [Arm#DIRECT]
/// @param index among equals, from 0
public record Key(String item, Arm arm, int kept, int index) implements Comparable<Key> {
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::item)
          .thenComparing(Key::arm)
          .thenComparingInt(Key::kept)
          .thenComparingInt(Key::index);

  public Key {
    if (kept < 0 || index < 0) {
      throw new IllegalArgumentException(kept + " tokens kept, index " + index);
    }
  }

  /// Whether it is of this arm.
  public boolean is(Arm other) {
    return arm.equals(other);
  }

  /// The one original response.
  public static Key original(String item) {
    return new Key(item, Arm.ORIGINAL, 0, 0);
  }

  /// A continuation from a cut.
  public static Key resample(String item, int kept, int index) {
    return new Key(item, Arm.RESAMPLE, kept, index);
  }

  /// A continuation from a cut, after a hint.
  public static Key hinted(String item, int kept, int index) {
    return new Key(item, Arm.HINTED, kept, index);
  }

  /// The answer at a cut.
  public static Key early(String item, int kept) {
    return new Key(item, Arm.EARLY, kept, 0);
  }

  /// The answer without reasoning.
  public static Key direct(String item) {
    return new Key(item, Arm.DIRECT, 0, 0);
  }

  /// A whole text, where there are many.
  public static Key text(String item, int index) {
    return new Key(item, Arm.ORIGINAL, 0, index);
  }

  /// A text that was given and scored.
  public static Key given(String item, int index) {
    return new Key(item, Arm.GIVEN, 0, index);
  }

  /// The seed of this script's random numbers: a hash of the run's seed and every part of the key,
  /// so that no two scripts share a stream and order never matters.
  public long seed(long runSeed) {
    long hash = mixed(mixed(mix(runSeed ^ 0x9e3779b97f4a7c15L), item), arm.name());
    return mix(mix(hash ^ kept) ^ index);
  }

  /// A text by its characters and their number, so that no two pairs of texts are alike.
  private static long mixed(long hash, String text) {
    long mixed = mix(hash ^ text.length());
    for (int i = 0; i < text.length(); i++) {
      mixed = mix(mixed ^ text.charAt(i));
    }
    return mixed;
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
