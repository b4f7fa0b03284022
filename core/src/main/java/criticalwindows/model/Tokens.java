package criticalwindows.model;

import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/// A sequence of token ids that never changes. Ids are at least 0 and belong to one model's
/// [Vocabulary].
public final class Tokens {
  private static final Tokens NONE = new Tokens(new int[0]);

  private final int[] ids;

  private Tokens(int[] ids) {
    this.ids = ids;
  }

  /// The empty sequence.
  public static Tokens none() {
    return NONE;
  }

  /// A copy of `ids`.
  ///
  /// @throws IllegalArgumentException if an id is negative
  public static Tokens of(int... ids) {
    for (int id : ids) {
      if (id < 0) {
        throw new IllegalArgumentException("a token id is at least 0, not " + id);
      }
    }
    return ids.length == 0 ? NONE : new Tokens(ids.clone());
  }

  /// The number of tokens.
  public int size() {
    return ids.length;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return ids.length == 0;
  }

  /// The id at position `i`, counted from 0.
  public int at(int i) {
    return ids[i];
  }

  /// The first `kept` tokens.
  ///
  /// @param kept in [0, size]
  public Tokens prefix(int kept) {
    return slice(0, kept);
  }

  /// The tokens from `from` (inclusive) to `to` (exclusive).
  public Tokens slice(int from, int to) {
    if (from < 0 || to > ids.length || from > to) {
      throw new IndexOutOfBoundsException(
          "slice " + from + " to " + to + " of " + ids.length + " tokens");
    }
    return from == 0 && to == ids.length ? this : new Tokens(Arrays.copyOfRange(ids, from, to));
  }

  /// These tokens, then `more`.
  public Tokens plus(Tokens more) {
    if (more.isEmpty()) {
      return this;
    }
    int[] all = Arrays.copyOf(ids, ids.length + more.ids.length);
    System.arraycopy(more.ids, 0, all, ids.length, more.ids.length);
    return new Tokens(all);
  }

  /// Whether these tokens begin with `prefix`.
  public boolean startsWith(Tokens prefix) {
    return prefix.ids.length <= ids.length && commonPrefix(prefix) == prefix.ids.length;
  }

  /// The number of leading tokens that these and `other` share.
  public int commonPrefix(Tokens other) {
    int mismatch = Arrays.mismatch(ids, other.ids);
    return mismatch < 0 ? ids.length : mismatch;
  }

  /// The position of the first `id`, or -1.
  public int indexOf(int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    return -1;
  }

  /// A copy as an array.
  public int[] toArray() {
    return ids.clone();
  }

  /// The ids in order.
  public IntStream stream() {
    return Arrays.stream(ids);
  }

  /// The ids in order, one by one.
  public PrimitiveIterator.OfInt iterator() {
    return stream().iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tokens that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
