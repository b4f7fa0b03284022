package criticalwindows.serve;

import criticalwindows.model.Tokens;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// What a [StubServer] writes: each token follows from a hash of all before it, and from the seed
/// where it is sampled. So the answer to a request is known in advance, and a text that is cut and
/// gone on with greedily is the same text.
final class StubText {
  static final int SIZE = 512;
  static final int BEGIN = 508;
  static final int END = 509;
  static final int HEADER = 510;
  static final int HEADER_END = 511;

  /// Tokens below are single letters, the others words.
  static final int WORDS = 128;

  private StubText() {}

  /// @param stopOneIn one in so many tokens is the end, if that is a stop; 0: none is
  /// @param stops at which it ends
  /// @return at most `most` tokens, the stop token included
  static Tokens write(Tokens prompt, long seed, int most, int stopOneIn, Set<Integer> stops) {
    int[] ids = new int[most];
    long hash = hash(prompt);
    for (int i = 0; i < most; i++) {
      long mixed = mix(hash ^ mix(seed));
      boolean end = stopOneIn > 0 && Math.floorMod(mixed >>> 20, stopOneIn) == 0;
      ids[i] = end && stops.contains(END) ? END : word(mixed);
      if (stops.contains(ids[i])) {
        return Tokens.of(Arrays.copyOf(ids, i + 1));
      }
      hash = 31 * hash + ids[i];
    }
    return Tokens.of(ids);
  }

  private static int word(long mixed) {
    return WORDS + (int) Math.floorMod(mixed, (long) BEGIN - WORDS);
  }

  static long hash(Tokens tokens) {
    long hash = 7;
    for (int i = 0; i < tokens.size(); i++) {
      hash = 31 * hash + tokens.at(i);
    }
    return hash;
  }

  /// A log-probability that every token has wherever it stands.
  static double logProb(int id) {
    return -((id % 64) + 1) / 64.0;
  }

  static String piece(int id) {
    return id < WORDS ? Character.toString(id) : String.format(Locale.ROOT, " w%d", id);
  }

  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
