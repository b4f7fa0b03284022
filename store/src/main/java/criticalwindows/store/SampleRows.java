package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.model.WatchedLogProbs;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/// Samples as rows: every part a column, so that the files can be asked in SQL by anyone.
///
/// `position` is the problem's place in the run, `idx` the key's index, `log_prob` the sum of
/// `log_probs`, `elapsed_ns` nanoseconds.
final class SampleRows {
  /// The columns, for `CREATE TABLE`.
  static final String COLUMNS =
      "(position INTEGER, problem VARCHAR, arm VARCHAR, kept INTEGER, idx INTEGER, turn VARCHAR,"
          + " tokens INTEGER[], text VARCHAR, ends INTEGER[], finish VARCHAR, log_probs FLOAT[],"
          + " log_prob DOUBLE, seed BIGINT, engine VARCHAR, wave INTEGER, elapsed_ns BIGINT,"
          + " probs FLOAT[], forced FLOAT[], "
          + PredictionColumns.COLUMNS
          + ")";

  /// What [#read] needs, in its order.
  private static final String READ =
      "position, arm, kept, idx, turn, tokens, text, ends, finish, log_probs, seed, engine, wave,"
          + " elapsed_ns, probs, forced, "
          + PredictionColumns.READ;

  private SampleRows() {}

  /// Writes one wave to a file that is not there yet.
  ///
  /// @param positions of the problems in the run
  static void write(Database database, List<Sample> wave, Map<String, Integer> positions, Path file)
      throws SQLException {
    database.run("CREATE OR REPLACE TABLE wave " + COLUMNS);
    try (DuckDBAppender rows = database.appender("wave")) {
      for (Sample sample : wave) {
        append(rows, positions.getOrDefault(sample.key().item(), -1), sample);
      }
    }
    database.run(
        "COPY wave TO " + Database.literal(file) + " (FORMAT parquet, USE_TMP_FILE false)",
        "DROP TABLE wave");
  }

  private static void append(DuckDBAppender rows, int position, Sample sample) throws SQLException {
    Key key = sample.key();
    rows.beginRow()
        .append(position)
        .append(EscapedText.escape(key.item()))
        .append(key.arm().name())
        .append(key.kept())
        .append(key.index())
        .append(sample.turn().name())
        .append(sample.tokens().toArray())
        .append(EscapedText.escape(sample.text()))
        .append(sample.ends().stream().mapToInt(Integer::intValue).toArray())
        .append(sample.finish().name())
        .append(sample.logProbs().toArray())
        .append(sample.logProbs().sum())
        .append(sample.seed())
        .append(EscapedText.escape(sample.engine()))
        .append(sample.wave())
        .append(sample.elapsed().toNanos())
        .append(sample.probs().written().toArray())
        .append(sample.probs().forced().toArray());
    PredictionColumns.append(rows, sample.predictions());
    rows.endRow();
  }

  /// Problems in a row, by their positions, both included.
  record Range(int first, int last) {
    /// All problems in stretches of at most so much weight each, or of one problem. The first ones
    /// are shorter, so that the work on them begins soon.
    ///
    /// @param weights of what there is of each problem
    static List<Range> all(long[] weights, int most) {
      List<Range> ranges = new ArrayList<>();
      int enough = most / 16;
      int first = 0;
      while (first < weights.length) {
        int last = first;
        long batch = weights[first];
        while (last + 1 < weights.length && batch + weights[last + 1] <= enough) {
          last++;
          batch += weights[last];
        }
        ranges.add(new Range(first, last));
        first = last + 1;
        enough = Math.min(most, 2 * enough);
      }
      return ranges;
    }

    String condition() {
      return "position BETWEEN " + first + " AND " + last;
    }
  }

  /// The statement whose rows [#read] takes, in no order.
  static String where(String rows, String condition) {
    return "SELECT " + READ + " FROM " + rows + " WHERE " + condition;
  }

  /// As [#where], the responses alone that were cut.
  static String originals(String rows, String condition) {
    return where(rows, condition + " AND arm = 'original' AND turn = 'RESPONSE'");
  }

  /// One row.
  static Sample read(ResultSet row, List<Problem> problems) throws SQLException {
    Key key =
        new Key(
            problems.get(row.getInt(1)).id(),
            new Arm(row.getString(2)),
            row.getInt(3),
            row.getInt(4));
    return new Sample(
        key,
        Sample.Turn.valueOf(row.getString(5)),
        Tokens.of(Lists.integers(row, 6)),
        EscapedText.unescape(row.getString(7)),
        Arrays.stream(Lists.integers(row, 8)).boxed().toList(),
        FinishReason.valueOf(row.getString(9)),
        LogProbs.of(Lists.floats(row, 10)),
        new WatchedLogProbs(LogProbs.of(Lists.floats(row, 15)), LogProbs.of(Lists.floats(row, 16))),
        PredictionColumns.read(row, 17),
        row.getLong(11),
        EscapedText.unescape(row.getString(12)),
        row.getInt(13),
        Duration.ofNanos(row.getLong(14)));
  }
}
