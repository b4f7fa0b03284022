package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.ChoiceProbs;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Replies;
import criticalwindows.stats.SoftProportion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The replies of some problems in a row, counted by the database, which reads no more columns than
/// that takes.
final class ReplyRows {
  /// Problems that are handed over together.
  private static final int TOGETHER = 64;

  private final List<Problem> problems;
  private final SampleRows.Range range;
  private final List<Optional<Replies.Original>> originals = new ArrayList<>();
  private final List<Map<Key, ChoiceProbs>> forced = new ArrayList<>();
  private final List<Replies> read = new ArrayList<>();

  /// Those of the problems from one position to another, both included.
  ReplyRows(List<Problem> problems, SampleRows.Range range) {
    this.problems = problems;
    this.range = range;
  }

  /// Reads them.
  ///
  /// @param taker is given the replies of each problem, some problems at a time, in order
  /// @return how many problems there were
  int read(Database database, String rows, Consumer<List<Replies>> taker) throws SQLException {
    for (int position = range.first(); position <= range.last(); position++) {
      originals.add(Optional.empty());
      forced.add(new HashMap<>());
    }
    readOriginals(database, rows);
    database.query(forced(rows), this::addForced);
    boolean probs = database.query(anyProbs(rows), ResultSet::next);
    return database.query(counted(rows, probs), replies -> hand(replies, taker));
  }

  /// Only a response that was cut off needs to be known beside its reply, and few are.
  private String counted(String rows, boolean probs) {
    return "FROM (SELECT position, arm, kept, min(idx) AS idx, cut.finish IS NOT NULL, text,"
        + " count(*)"
        + (probs ? probs() : ", 0, 0, 0")
        + " FROM (SELECT position, arm, kept, idx, text, odd, list_sum(odd) AS total FROM "
        + (probs ? withOdd(rows) : "(SELECT *, NULL::DOUBLE[] AS odd FROM " + rows + ")")
        + " WHERE turn = 'ANSWER' AND "
        + range.condition()
        + ") LEFT JOIN (SELECT position, arm, kept, idx, finish FROM "
        + rows
        + " WHERE turn = 'RESPONSE' AND finish = 'LENGTH' AND "
        + range.condition()
        + ") cut USING (position, arm, kept, idx) GROUP BY ALL)"
        + " ORDER BY position, arm <> 'original', arm, kept, idx";
  }

  private String anyProbs(String rows) {
    return "SELECT 1 FROM " + rows + " WHERE len(probs) > 0 AND " + range.condition() + " LIMIT 1";
  }

  private static String withOdd(String rows) {
    return "(SELECT *, list_transform(probs, lambda each: exp(each::DOUBLE)) AS odd FROM "
        + rows
        + ")";
  }

  /// The parts of a [ChoiceProbs]: how many were read, what lies outside, and for each choice that
  /// a problem has the sum of its probabilities and of their squares.
  private String probs() {
    int most =
        problems.subList(range.first(), range.last() + 1).stream()
            .mapToInt(problem -> problem.choices().size())
            .max()
            .orElse(0);
    // Grouped by the likeliest choice as well, as Replies are.
    return ", count(total), sum(greatest(0, 1 - total)), list_position(odd, list_max(odd))"
        + IntStream.rangeClosed(1, most)
            .mapToObj(i -> "odd[" + i + "] / total")
            .map(share -> ", sum(" + share + "), sum((" + share + ") ** 2)")
            .collect(Collectors.joining());
  }

  private static ChoiceProbs probs(ResultSet row, int choices) throws SQLException {
    long read = row.getLong(8);
    List<SoftProportion> each = new ArrayList<>();
    for (int i = 0; i < choices && read > 0; i++) {
      each.add(new SoftProportion(row.getDouble(11 + 2 * i), row.getDouble(12 + 2 * i), read));
    }
    return read > 0 ? new ChoiceProbs(each, read, row.getDouble(9)) : ChoiceProbs.NONE;
  }

  /// Of an original its length is enough. It is that of its ends as well, which no other row has,
  /// so that they are read in a tenth of the time; where it has none, its tokens are asked.
  private void readOriginals(Database database, String rows) throws SQLException {
    List<Integer> unknown =
        database.query(lengths("ends", rows, range.condition()), this::addOriginals);
    if (!unknown.isEmpty()) {
      String those =
          unknown.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
      database.query(lengths("tokens", rows, "position IN " + those), this::addOriginals);
    }
  }

  private static String lengths(String column, String rows, String condition) {
    return "SELECT position, finish, len("
        + column
        + ") FROM "
        + rows
        + " WHERE arm = 'original' AND turn = 'RESPONSE' AND "
        + condition;
  }

  /// One reply a cut was forced, at most, so there are few.
  private String forced(String rows) {
    return "SELECT position, arm, kept, idx, forced FROM "
        + rows
        + " WHERE turn = 'ANSWER' AND len(forced) > 0 AND "
        + range.condition();
  }

  private int addForced(ResultSet rows) throws SQLException {
    while (rows.next()) {
      int position = rows.getInt(1);
      Key key = key(rows, problems.get(position));
      LogProbs read = LogProbs.of(Lists.floats(rows, 5));
      forced.get(position - range.first()).put(key, ChoiceProbs.of(read));
    }
    return forced.size();
  }

  /// The key in the second column and the two after it.
  private static Key key(ResultSet row, Problem problem) throws SQLException {
    return new Key(problem.id(), new Arm(row.getString(2)), row.getInt(3), row.getInt(4));
  }

  /// @return the positions of those without a length
  private List<Integer> addOriginals(ResultSet rows) throws SQLException {
    List<Integer> empty = new ArrayList<>();
    while (rows.next()) {
      int position = rows.getInt(1);
      FinishReason finish = FinishReason.valueOf(rows.getString(2));
      int length = rows.getInt(3);
      originals.set(position - range.first(), Optional.of(new Replies.Original(finish, length)));
      if (length == 0) {
        empty.add(position);
      }
    }
    return empty;
  }

  private int hand(ResultSet rows, Consumer<List<Replies>> taker) throws SQLException {
    boolean more = rows.next();
    for (int position = range.first(); position <= range.last(); position++) {
      List<Replies.Reply> replies = new ArrayList<>();
      while (more && rows.getInt(1) == position) {
        replies.add(reply(problems.get(position), rows));
        more = rows.next();
      }
      int place = position - range.first();
      read.add(new Replies(originals.get(place), replies, forced.get(place)));
      if (read.size() == TOGETHER || position == range.last()) {
        taker.accept(List.copyOf(read));
        read.clear();
      }
    }
    return originals.size();
  }

  private static Replies.Reply reply(Problem problem, ResultSet row) throws SQLException {
    Key key = key(row, problem);
    FinishReason finish = row.getBoolean(5) ? FinishReason.LENGTH : FinishReason.STOP;
    String text = EscapedText.unescape(row.getString(6));
    return new Replies.Reply(
        key, finish, text, row.getInt(7), probs(row, problem.choices().size()));
  }
}
