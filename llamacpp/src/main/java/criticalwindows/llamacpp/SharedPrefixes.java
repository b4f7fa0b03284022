package criticalwindows.llamacpp;

import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The texts whose keys and values are kept, for scripts that start from a prefix of them. They
/// take the lowest sequences of a context.
final class SharedPrefixes {
  private final List<SharedPrefix> sharedPrefixes = new ArrayList<>();
  private long clock;

  /// A kept text.
  static final class SharedPrefix {
    private final Tokens tokens;
    private final int sequence;
    private final int held;
    // Logits after a prefix of that many tokens, where they were at hand.
    private final Map<Integer, float[]> rows = new HashMap<>();
    private long used;

    private SharedPrefix(Tokens tokens, int sequence, int held) {
      this.tokens = tokens;
      this.sequence = sequence;
      this.held = held;
    }

    int sequence() {
      return sequence;
    }

    /// How many of the first tokens of `start` are held here.
    int covers(Tokens start) {
      return Math.min(held, tokens.commonPrefix(start));
    }

    /// Whether `start` is a prefix of this text whose keys and values are all held.
    boolean holds(Tokens start) {
      return covers(start) == start.size();
    }

    /// The logits after `start`, where they are at hand.
    Optional<float[]> row(Tokens start) {
      return covers(start) == start.size()
          ? Optional.ofNullable(rows.get(start.size()))
          : Optional.empty();
    }
  }

  int size() {
    return sharedPrefixes.size();
  }

  /// One more than the highest sequence in use.
  int end() {
    return sharedPrefixes.stream()
        .mapToInt(sharedPrefix -> sharedPrefix.sequence + 1)
        .max()
        .orElse(0);
  }

  /// The shared prefix that holds most of `start`, and at least half of it; the oldest among
  /// equals.
  Optional<SharedPrefix> best(Tokens start) {
    SharedPrefix best = null;
    int most = 0;
    for (SharedPrefix sharedPrefix : sharedPrefixes) {
      int covered = sharedPrefix.covers(start);
      if (covered > most && 2 * covered >= start.size()) {
        best = sharedPrefix;
        most = covered;
      }
    }
    if (best != null) {
      best.used = ++clock;
    }
    return Optional.ofNullable(best);
  }

  /// Makes place for a text, in the lowest free sequence below `end`; one that is not needed goes
  /// first, then the one that was used the longest time ago. A shared prefix that the new text goes
  /// on from gives its place and its rows.
  ///
  /// @param held how many of the text's first tokens the sequence is about to hold
  /// @return nothing where there are no places, or where the text is held already
  Optional<SharedPrefix> add(Tokens tokens, int held, int end, Predicate<SharedPrefix> needed) {
    Map<Integer, float[]> rows = new HashMap<>();
    for (SharedPrefix old : List.copyOf(sharedPrefixes)) {
      int covered = old.covers(tokens);
      if (covered >= held) {
        return Optional.empty();
      }
      if (covered == old.held) {
        rows.putAll(old.rows);
        sharedPrefixes.remove(old);
      }
    }
    if (free(end) == end && !evict(end, needed)) {
      return Optional.empty();
    }
    SharedPrefix sharedPrefix = new SharedPrefix(tokens, free(end), held);
    sharedPrefix.rows.putAll(rows);
    sharedPrefix.used = ++clock;
    sharedPrefixes.add(sharedPrefix);
    return Optional.of(sharedPrefix);
  }

  /// Remembers the logits after the first `length` tokens of a text, in every shared prefix that
  /// holds them.
  void remember(Tokens start, float[] row) {
    for (SharedPrefix sharedPrefix : sharedPrefixes) {
      if (sharedPrefix.covers(start) == start.size()) {
        sharedPrefix.rows.put(start.size(), row);
      }
    }
  }

  private int free(int end) {
    for (int sequence = 0; sequence < end; sequence++) {
      int wanted = sequence;
      if (sharedPrefixes.stream().noneMatch(sharedPrefix -> sharedPrefix.sequence == wanted)) {
        return sequence;
      }
    }
    return end;
  }

  private boolean evict(int end, Predicate<SharedPrefix> needed) {
    SharedPrefix oldest = null;
    boolean oldestNeeded = true;
    for (SharedPrefix sharedPrefix : sharedPrefixes) {
      boolean isNeeded = needed.test(sharedPrefix);
      if (sharedPrefix.sequence < end
          && (oldest == null
              || (oldestNeeded && !isNeeded)
              || (oldestNeeded == isNeeded && sharedPrefix.used < oldest.used))) {
        oldest = sharedPrefix;
        oldestNeeded = isNeeded;
      }
    }
    return oldest != null && sharedPrefixes.remove(oldest);
  }
}
