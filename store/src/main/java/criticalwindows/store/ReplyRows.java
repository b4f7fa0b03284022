package criticalwindows.store;

import criticalwindows.dataset.Problem;
import criticalwindows.experiment.ChoiceOdds;
import criticalwindows.experiment.Key;
import criticalwindows.experiment.Replies;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.stats.SoftProportion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The replies of some problems in a row, counted by the database, which reads no more columns than
/// that takes.
final class ReplyRows {
  private static final Key.Role[] ROLES = Key.Role.values();

  private final List<Problem> problems;
  private final int first;
  private final List<List<Replies.Reply>> replies = new ArrayList<>();
  private final List<Map<Key, ChoiceOdds>> forced = new ArrayList<>();
  private final List<Optional<Replies.Original>> originals = new ArrayList<>();

  private ReplyRows(List<Problem> problems, int first, int last) {
    this.problems = problems;
    this.first = first;
    for (int position = first; position <= last; position++) {
      replies.add(new ArrayList<>());
      forced.add(new HashMap<>());
      originals.add(Optional.empty());
    }
  }

  /// Those of the problems from one position to another, both included.
  static List<Replies> between(
      Database database, String rows, List<Problem> problems, SampleRows.Range range)
      throws SQLException {
    ReplyRows read = new ReplyRows(problems, range.first(), range.last());
    database.query(lengths(rows, range), read::addOriginals);
    database.query(read.counted(rows, range), read::addReplies);
    database.query(forced(rows, range), read::addForced);
    return read.all();
  }

  /// Only a response that was cut off needs to be known beside its reply, and few are.
  private String counted(String rows, SampleRows.Range range) {
    return "SELECT position, list_position("
        + SampleRows.roles()
        + ", role), kept, min(idx), cut.finish IS NOT NULL, text, count(*)"
        + odds(range)
        + " FROM (SELECT position, role, kept, idx, text, odd, list_sum(odd) AS total FROM (SELECT"
        + " *, list_transform(odds, lambda each: exp(each::DOUBLE)) AS odd FROM "
        + rows
        + ")"
        + " WHERE turn = 'ANSWER' AND "
        + range.condition()
        + ") LEFT JOIN (SELECT position, role, kept, idx, finish FROM "
        + rows
        + " WHERE turn = 'RESPONSE' AND finish = 'LENGTH' AND "
        + range.condition()
        + ") cut USING (position, role, kept, idx) GROUP BY ALL";
  }

  /// The parts of a [ChoiceOdds]: how many were read, what lies outside, and for each choice that a
  /// problem has the sum of its probabilities and of their squares.
  private String odds(SampleRows.Range range) {
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

  private static ChoiceOdds odds(ResultSet row, int choices) throws SQLException {
    long read = row.getLong(8);
    List<SoftProportion> each = new ArrayList<>();
    for (int i = 0; i < choices && read > 0; i++) {
      each.add(new SoftProportion(row.getDouble(11 + 2 * i), row.getDouble(12 + 2 * i), read));
    }
    return read > 0 ? new ChoiceOdds(each, read, row.getDouble(9)) : ChoiceOdds.NONE;
  }

  /// Lists are slow to hand over, and of an original its length is enough.
  private static String lengths(String rows, SampleRows.Range range) {
    return "SELECT position, finish, len(tokens) FROM "
        + rows
        + " WHERE role = 'ORIGINAL' AND turn = 'RESPONSE' AND "
        + range.condition();
  }

  /// One reply a cut was forced, at most, so there are few.
  private static String forced(String rows, SampleRows.Range range) {
    return "SELECT position, list_position("
        + SampleRows.roles()
        + ", role), kept, idx, forced FROM "
        + rows
        + " WHERE turn = 'ANSWER' AND len(forced) > 0 AND "
        + range.condition();
  }

  private int addForced(ResultSet rows) throws SQLException {
    while (rows.next()) {
      int position = rows.getInt(1);
      Key key = key(rows, problems.get(position));
      LogProbs read = LogProbs.of(SampleRows.floats(rows, 5));
      forced.get(position - first).put(key, ChoiceOdds.of(read));
    }
    return forced.size();
  }

  /// The key in the second column and the two after it.
  private static Key key(ResultSet row, Problem problem) throws SQLException {
    return new Key(problem.id(), ROLES[row.getInt(2) - 1], row.getInt(3), row.getInt(4));
  }

  private int addOriginals(ResultSet rows) throws SQLException {
    while (rows.next()) {
      FinishReason finish = FinishReason.valueOf(rows.getString(2));
      originals.set(
          rows.getInt(1) - first, Optional.of(new Replies.Original(finish, rows.getInt(3))));
    }
    return originals.size();
  }

  private int addReplies(ResultSet rows) throws SQLException {
    while (rows.next()) {
      int position = rows.getInt(1);
      Problem problem = problems.get(position);
      Key key = key(rows, problem);
      FinishReason finish = rows.getBoolean(5) ? FinishReason.LENGTH : FinishReason.STOP;
      String text = EscapedText.unescape(rows.getString(6));
      replies
          .get(position - first)
          .add(
              new Replies.Reply(
                  key, finish, text, rows.getInt(7), odds(rows, problem.choices().size())));
    }
    return replies.size();
  }

  private List<Replies> all() {
    List<Replies> all = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      replies.get(i).sort(Comparator.comparing(Replies.Reply::first));
      all.add(new Replies(originals.get(i), replies.get(i), forced.get(i)));
    }
    return all;
  }
}
