package criticalwindows.model;

import java.util.Arrays;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/// A sequence of token ids that never changes. Ids are at least 0 and belong to one model's
/// [Vocabulary].
public final class Tokens {
  private static final Tokens NONE = new Tokens(new int[0], 0);

  /// Of which the first `size` are these: a sequence and its beginnings share them.
  private final int[] ids;

  private final int size;

  private Tokens(int[] ids, int size) {
    this.ids = ids;
    this.size = size;
  }

  private Tokens(int[] ids) {
    this(ids, ids.length);
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
    return size;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return size == 0;
  }

  /// The id at position `i`, counted from 0.
  public int at(int i) {
    return ids[Objects.checkIndex(i, size)];
  }

  /// The first `kept` tokens: no copy, however long they are.
  ///
  /// @param kept in [0, size]
  public Tokens prefix(int kept) {
    return slice(0, kept);
  }

  /// The tokens from `from` (inclusive) to `to` (exclusive).
  public Tokens slice(int from, int to) {
    if (from < 0 || to > size || from > to) {
      throw new IndexOutOfBoundsException(
          "slice " + from + " to " + to + " of " + size + " tokens");
    }
    if (from == to) {
      return NONE;
    }
    return from == 0 ? new Tokens(ids, to) : new Tokens(Arrays.copyOfRange(ids, from, to));
  }

  /// These tokens, then `more`.
  public Tokens plus(Tokens more) {
    if (more.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return more;
    }
    int[] all = Arrays.copyOf(ids, size + more.size);
    System.arraycopy(more.ids, 0, all, size, more.size);
    return new Tokens(all);
  }

  /// Whether these tokens begin with `prefix`.
  public boolean startsWith(Tokens prefix) {
    return prefix.size <= size && commonPrefix(prefix) == prefix.size;
  }

  /// The number of leading tokens that these and `other` share.
  public int commonPrefix(Tokens other) {
    int most = Math.min(size, other.size);
    int mismatch = Arrays.mismatch(ids, 0, most, other.ids, 0, most);
    return mismatch < 0 ? most : mismatch;
  }

  /// The position of the first `id`, or -1.
  public int indexOf(int id) {
    for (int i = 0; i < size; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    return -1;
  }

  /// A copy as an array.
  public int[] toArray() {
    return Arrays.copyOf(ids, size);
  }

  /// The ids in order.
  public IntStream stream() {
    return Arrays.stream(ids, 0, size);
  }

  /// The ids in order, one by one.
  public PrimitiveIterator.OfInt iterator() {
    return stream().iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tokens that && size == that.size && commonPrefix(that) == size;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + ids[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(toArray());
  }
}
