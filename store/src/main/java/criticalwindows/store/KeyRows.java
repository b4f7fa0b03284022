package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.dataset.Problem;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.KeySet;
import criticalwindows.rollout.Sample;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which scripts a run holds the samples of, by turn. Scripts of one cut are numbered from 0, so
/// their number says which they are, unless some between are missing.
final class KeyRows {
  private final List<Problem> problems;
  private final KeySet responses = new KeySet();
  private final KeySet answers = new KeySet();
  private final Set<Integer> odd = new TreeSet<>();

  KeyRows(List<Problem> problems) {
    this.problems = problems;
  }

  /// Reads them from a snapshot.
  static KeyRows read(Database database, Snapshot snapshot, List<Problem> problems)
      throws SQLException {
    KeyRows keys = new KeyRows(problems);
    if (!snapshot.isEmpty()) {
      database.query(
          select("count(*), min(idx), max(idx)", snapshot, "true") + " GROUP BY ALL ORDER BY ALL",
          keys::addCounted);
    }
    if (!keys.odd.isEmpty()) {
      String some = keys.odd.stream().map(String::valueOf).collect(Collectors.joining(", "));
      database.query(select("idx", snapshot, "position IN (" + some + ")"), keys::addEach);
    }
    return keys;
  }

  private static String select(String columns, Snapshot snapshot, String condition) {
    return "SELECT position, arm, kept, turn, "
        + columns
        + " FROM "
        + snapshot.rows()
        + " WHERE "
        + condition;
  }

  private int addCounted(ResultSet rows) throws SQLException {
    while (rows.next()) {
      int count = rows.getInt(5);
      if (rows.getInt(6) == 0 && rows.getInt(7) == count - 1) {
        of(Sample.Turn.valueOf(rows.getString(4))).addFrom(key(rows, 0), count);
      } else {
        odd.add(rows.getInt(1));
      }
    }
    return odd.size();
  }

  private int addEach(ResultSet rows) throws SQLException {
    while (rows.next()) {
      of(Sample.Turn.valueOf(rows.getString(4))).add(key(rows, rows.getInt(5)));
    }
    return odd.size();
  }

  private Key key(ResultSet rows, int index) throws SQLException {
    return new Key(
        problems.get(rows.getInt(1)).id(), new Arm(rows.getString(2)), rows.getInt(3), index);
  }

  /// Those with a turn.
  KeySet of(Sample.Turn turn) {
    return switch (turn) {
      case RESPONSE -> responses;
      case ANSWER -> answers;
    };
  }

  /// A copy of all.
  KeySet all() {
    KeySet all = new KeySet(answers);
    all.addAll(responses);
    return all;
  }
}
