package criticalwindows.rollout;

import java.util.AbstractSet;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Keys by the million: one bit for each index of an item, arm and cut. In the order in which
/// problems came, and each problem's keys in their own.
public final class KeySet extends AbstractSet<Key> {
  private static final NavigableMap<Place, BitSet> NONE = new TreeMap<>();
  private static final BitSet EMPTY = new BitSet();

  private final Map<String, NavigableMap<Place, BitSet>> problems = new LinkedHashMap<>();
  private int size;

  /// Where the scripts of one problem begin.
  private record Place(Arm arm, int kept) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int arms = arm.compareTo(other.arm);
      return arms != 0 ? arms : Integer.compare(kept, other.kept);
    }
  }

  /// The empty set.
  public KeySet() {}

  /// A copy that can grow.
  public KeySet(Collection<Key> keys) {
    if (keys instanceof KeySet set) {
      set.problems.forEach(
          (problem, places) -> places.forEach((place, indices) -> at(problem, place).or(indices)));
      size = set.size;
    } else {
      addAll(keys);
    }
  }

  private BitSet at(String problem, Place place) {
    return problems
        .computeIfAbsent(problem, id -> new TreeMap<>())
        .computeIfAbsent(place, missing -> new BitSet());
  }

  @Override
  public boolean add(Key key) {
    BitSet indices = at(key.item(), new Place(key.arm(), key.kept()));
    boolean fresh = !indices.get(key.index());
    indices.set(key.index());
    size += fresh ? 1 : 0;
    return fresh;
  }

  /// Adds so many keys that differ in their index alone.
  ///
  /// @param first of them
  /// @param count at least 0
  public void addFrom(Key first, int count) {
    BitSet indices = at(first.item(), new Place(first.arm(), first.kept()));
    size -= indices.cardinality();
    indices.set(first.index(), Math.addExact(first.index(), count));
    size += indices.cardinality();
  }

  @Override
  public boolean contains(Object object) {
    return object instanceof Key key
        && problems
            .getOrDefault(key.item(), NONE)
            .getOrDefault(new Place(key.arm(), key.kept()), EMPTY)
            .get(key.index());
  }

  /// How many keys of a problem there are.
  public int count(String problem) {
    return problems.getOrDefault(problem, NONE).values().stream()
        .mapToInt(BitSet::cardinality)
        .sum();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Iterator<Key> iterator() {
    return problems.entrySet().stream()
        .flatMap(
            problem ->
                problem.getValue().entrySet().stream()
                    .flatMap(place -> keys(problem.getKey(), place.getKey(), place.getValue())))
        .iterator();
  }

  private static Stream<Key> keys(String problem, Place place, BitSet indices) {
    return indices.stream().mapToObj(index -> new Key(problem, place.arm(), place.kept(), index));
  }
}
