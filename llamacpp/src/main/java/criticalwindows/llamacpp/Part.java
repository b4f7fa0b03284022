package criticalwindows.llamacpp;

import java.util.ArrayList;
import java.util.List;

/// A part of a batch that is computed at once.
///
/// @param entries its tokens
/// @param readings all of them, in order
record Part(List<Entry> entries, List<AttentionGroup> readings) {
  /// Cells are read in whole blocks, the rest of which is masked.
  private static final int BLOCK = 16;

  /// Cells that are read for nothing and cost as much as one more reading.
  private static final int WASTE = 256;

  /// Cells that are read together cost that much less.
  private static final int CHEAPER = 4;

  /// A token of a batch.
  ///
  /// @param at its place in the text
  /// @param asked whether the logits after it are wanted
  record Entry(int token, int sequence, int at, boolean asked) {}

  /// Divides a batch.
  ///
  /// @param entries those of a sequence are neighbours
  static List<Part> of(List<Entry> entries, Cells cells, Limits limits) {
    List<Part> parts = new ArrayList<>();
    for (int from = 0; from < entries.size(); ) {
      Maker maker = new Maker(entries.subList(from, entries.size()), cells, limits);
      Part part = maker.make();
      parts.add(part);
      from += part.entries.size();
    }
    return parts;
  }

  /// Places in the part whose logits are wanted.
  List<Integer> asked() {
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).asked()) {
        asked.add(i);
      }
    }
    return asked;
  }

  private static final class Maker {
    private final List<Entry> entries;
    private final Cells cells;
    private final Limits limits;
    private final List<AttentionGroup> readings = new ArrayList<>();
    private int taken;
    private long pairs;

    Maker(List<Entry> entries, Cells cells, Limits limits) {
      this.entries = entries;
      this.cells = cells;
      this.limits = limits;
    }

    Part make() {
      boolean room = true;
      while (room && taken < Math.min(limits.tokens(), entries.size())) {
        room = takeSome();
      }
      return new Part(List.copyOf(entries.subList(0, taken)), readings);
    }

    /// Takes some tokens of the next sequence, or none where they find no room.
    private boolean takeSome() {
      int sequence = entries.get(taken).sequence();
      int most = Math.min(limits.tokens(), entries.size());
      int count = 1;
      while (taken + count < most && entries.get(taken + count).sequence() == sequence) {
        count++;
      }
      if (count == 1) {
        return takeOne(reading(1));
      }
      while (count > 1 && !fits(reading(count))) {
        count /= 2;
      }
      return fits(reading(count)) && take(reading(count));
    }

    private AttentionGroup reading(int count) {
      int sequence = entries.get(taken).sequence();
      int shared = cells.shared(sequence);
      int own = entries.get(taken + count - 1).at() + 1 - shared;
      boolean together = count > 1;
      return new AttentionGroup(
          taken,
          count,
          sequence,
          together,
          cells.sharedPrefix(sequence),
          blocks(shared),
          blocks(own));
    }

    /// Adds a token to the last reading, if they go together, or begins one.
    private boolean takeOne(AttentionGroup one) {
      if (!readings.isEmpty()) {
        AttentionGroup last = readings.getLast();
        boolean near =
            !last.together()
                && last.sequence() + last.count() == one.sequence()
                && (last.shared() == 0) == (one.shared() == 0)
                && (one.shared() == 0 || last.sharedPrefix() == one.sharedPrefix());
        int own = Math.max(last.own(), one.own());
        int shared = Math.max(last.shared(), one.shared());
        int waste =
            waste(own, last.own(), one.own(), last.count())
                + waste(shared, last.shared(), one.shared(), last.count()) / CHEAPER;
        AttentionGroup both =
            new AttentionGroup(
                last.first(),
                last.count() + 1,
                last.sequence(),
                false,
                last.sharedPrefix(),
                shared,
                own);
        if (near && waste <= WASTE && pairs - last.pairs() + both.pairs() <= limits.pairs()) {
          pairs -= last.pairs();
          readings.removeLast();
          return take(both, 1);
        }
      }
      return fits(one) && take(one);
    }

    private static int waste(int all, int before, int added, int count) {
      return (all - before) * count + all - added;
    }

    private boolean fits(AttentionGroup reading) {
      return pairs + reading.pairs() <= limits.pairs();
    }

    private boolean take(AttentionGroup reading) {
      return take(reading, reading.count());
    }

    private boolean take(AttentionGroup reading, int tokens) {
      readings.add(reading);
      pairs += reading.pairs();
      taken += tokens;
      return true;
    }

    private static int blocks(int count) {
      return Math.ceilDiv(count, BLOCK) * BLOCK;
    }
  }
}
