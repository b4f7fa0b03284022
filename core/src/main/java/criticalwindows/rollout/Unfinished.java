package criticalwindows.rollout;

import criticalwindows.dataset.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The items of a run that may lack something, in its order, and what the ledger held of them at
/// the beginning. An item with as many scripts as any can have lacks none, which takes no reading;
/// where originals are enough, those of many items are read at a time.
final class Unfinished {
  /// Items whose originals are in memory at once.
  private static final int TOGETHER = 256;

  private final Ledger ledger;
  private final KeySet done;
  private final Protocol.Reads reads;
  private final List<Problem> items;
  private final Map<String, Map<Key, List<Sample>>> read = new HashMap<>();
  private int next;

  Unfinished(Ledger ledger, KeySet done, Protocol protocol) {
    this.ledger = ledger;
    this.done = done;
    this.reads = protocol.reads();
    this.items =
        ledger.problems().stream()
            .filter(item -> done.count(item.id()) < protocol.mostScripts())
            .toList();
  }

  /// All of them, those that [#next] gave included.
  List<Problem> items() {
    return items;
  }

  boolean hasNext() {
    return next < items.size();
  }

  Problem next() {
    return items.get(next++);
  }

  /// Tells a course what came of a script in an earlier session, if it goes by that.
  ///
  /// @return whether it does
  boolean tell(Problem item, Key key, Course course) {
    boolean original = key.equals(Key.original(item.id()));
    if (reads == Protocol.Reads.ORIGINALS && !original) {
      return false;
    }
    List<Sample> rows = rows(item).getOrDefault(key, List.of());
    if (!rows.isEmpty()) {
      course.ended(key, rows);
    }
    return !rows.isEmpty();
  }

  private Map<Key, List<Sample>> rows(Problem item) {
    if (!read.containsKey(item.id())) {
      switch (reads) {
        case ORIGINALS -> readOriginals(item);
        case ALL -> {
          Map<Key, List<Sample>> rows = new HashMap<>();
          ledger.samples(item.id()).forEach(row -> add(rows, row));
          read.put(item.id(), rows);
        }
      }
    }
    return read.getOrDefault(item.id(), Map.of());
  }

  /// The original of this item and of those that come after the ones that were given.
  private void readOriginals(Problem item) {
    List<Problem> soon = new ArrayList<>(List.of(item));
    items.subList(next, Math.min(items.size(), next + TOGETHER)).stream()
        .filter(each -> done.contains(Key.original(each.id())))
        .forEach(soon::add);
    ledger
        .originals(soon)
        .forEach((id, row) -> add(read.computeIfAbsent(id, fresh -> new HashMap<>()), row));
  }

  private static void add(Map<Key, List<Sample>> rows, Sample row) {
    rows.computeIfAbsent(row.key(), fresh -> new ArrayList<>()).add(row);
  }

  /// Lets go of what was read of an item.
  void forget(Problem item) {
    read.remove(item.id());
  }
}
