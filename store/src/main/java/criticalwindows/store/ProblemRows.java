package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.dataset.Choice;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// The problems of a run as a Parquet file, in its order.
final class ProblemRows {
  /// More than any data set has.
  private static final int MOST = 5_000_000;

  private ProblemRows() {}

  /// Writes the problems to a file that is not there yet.
  static void write(Database database, List<Problem> problems, Path file) throws SQLException {
    database.run(
        "CREATE TABLE problems (position INTEGER, id VARCHAR, dataset VARCHAR, task VARCHAR,"
            + " question VARCHAR, labels VARCHAR[], options VARCHAR[], answer VARCHAR,"
            + " prompt INTEGER[], response INTEGER[], finish VARCHAR)");
    try (DuckDBAppender rows = database.appender("problems")) {
      for (int position = 0; position < problems.size(); position++) {
        append(rows, position, problems.get(position));
      }
    }
    database.run(
        "COPY problems TO " + Database.literal(file) + " (FORMAT parquet, USE_TMP_FILE false)",
        "DROP TABLE problems");
  }

  private static void append(DuckDBAppender rows, int position, Problem problem)
      throws SQLException {
    List<Choice> choices = problem.choices();
    rows.beginRow()
        .append(position)
        .append(EscapedText.escape(problem.id()))
        .append(EscapedText.escape(problem.dataset()))
        .append(EscapedText.escape(problem.task()))
        .append(EscapedText.escape(problem.question()))
        .append(choices.stream().map(choice -> EscapedText.escape(choice.label())).toList())
        .append(choices.stream().map(choice -> EscapedText.escape(choice.text())).toList())
        .append(problem.answer().map(EscapedText::escape).orElse(null));
    Optional<GivenText> given = problem.given();
    append(rows, given.map(GivenText::prompt));
    append(rows, given.flatMap(GivenText::response));
    rows.append(given.map(text -> text.finish().name()).orElse(null)).endRow();
  }

  private static void append(DuckDBAppender rows, Optional<Tokens> ids) throws SQLException {
    if (ids.isPresent()) {
      rows.append(ids.get().stream().boxed().toList());
    } else {
      rows.appendNull();
    }
  }

  static List<Problem> read(Database database, Path file) throws SQLException {
    long count =
        database.query(
            "SELECT count(*) FROM " + Database.parquet(List.of(file)),
            rows -> rows.next() ? rows.getLong(1) : 0);
    if (count > MOST) {
      throw new IllegalArgumentException(count + " problems, more than " + MOST);
    }
    return database.query(
        "SELECT id, dataset, task, question, labels, options, answer, prompt, response, finish FROM"
            + " "
            + Database.parquet(List.of(file))
            + " ORDER BY position",
        rows -> {
          List<Problem> problems = new ArrayList<>();
          while (rows.next()) {
            problems.add(problem(rows));
          }
          return List.copyOf(problems);
        });
  }

  private static Problem problem(ResultSet row) throws SQLException {
    Object[] labels = (Object[]) row.getArray(5).getArray();
    Object[] options = (Object[]) row.getArray(6).getArray();
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      choices.add(new Choice(unescaped(labels[i]), unescaped(options[i])));
    }
    return new Problem(
        unescaped(row.getString(1)),
        unescaped(row.getString(2)),
        unescaped(row.getString(3)),
        unescaped(row.getString(4)),
        choices,
        Optional.ofNullable(row.getString(7)).map(ProblemRows::unescaped),
        given(row));
  }

  private static Optional<GivenText> given(ResultSet row) throws SQLException {
    Optional<Tokens> prompt = ids(row.getArray(8));
    Optional<Tokens> response = ids(row.getArray(9));
    Optional<FinishReason> finish =
        Optional.ofNullable(row.getString(10)).map(FinishReason::valueOf);
    return prompt.map(ids -> new GivenText(ids, response, finish.orElse(FinishReason.STOP)));
  }

  private static Optional<Tokens> ids(@Nullable Array ids) throws SQLException {
    return ids == null
        ? Optional.empty()
        : Optional.of(
            Tokens.of(Stream.of((Object[]) ids.getArray()).mapToInt(id -> (Integer) id).toArray()));
  }

  private static String unescaped(Object text) {
    return EscapedText.unescape((String) text);
  }
}
