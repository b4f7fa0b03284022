package criticalwindows.export;

import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Tokens;
import criticalwindows.outcome.Outcome;
import criticalwindows.preference.Level;
import criticalwindows.preference.Pair;
import criticalwindows.stats.Proportion;
import criticalwindows.tables.Table;
import criticalwindows.tables.Table.Cell;
import criticalwindows.tables.TableFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Fills [TrainingTables#PAIRS] or [TrainingTables#PTS], pair by pair.
public final class PairsExport {
  private final TrainingSource source;
  private final Layout layout;
  private final TableFolder tables;
  private int rows;

  /// Whose layout.
  public enum Layout {
    /// Hugging Face's trainers for preferences.
    TRL,
    /// Pivotal token search: pairs of tokens alone.
    PTS;

    /// The table that is filled.
    public Table table() {
      return switch (this) {
        case TRL -> TrainingTables.PAIRS;
        case PTS -> TrainingTables.PTS;
      };
    }
  }

  /// @param tables made for the layout's table
  public PairsExport(TrainingSource source, Layout layout, TableFolder tables) {
    this.source = source;
    this.layout = layout;
    this.tables = tables;
  }

  /// Adds the pairs of an item.
  ///
  /// @param finding with its original as it was sampled
  /// @param level of the pairs
  public void add(CotFinding finding, Outcome wanted, Level level, List<Pair> pairs) {
    for (Pair pair : pairs) {
      Row row = new Row(finding, wanted, level, pair);
      tables.add(
          layout.table(),
          switch (layout) {
            case TRL -> trl(row);
            case PTS -> pts(row);
          });
      rows++;
    }
  }

  /// A pair and where it is from.
  private record Row(CotFinding finding, Outcome wanted, Level level, Pair pair) {
    String levelled() {
      return level.name().toLowerCase(Locale.ROOT);
    }
  }

  private Tokens prefix(Row row) {
    return source
        .rollout(row.finding.problem(), row.finding.original().tokens())
        .noised(row.pair.kept());
  }

  private List<Cell> trl(Row row) {
    Pair pair = row.pair;
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell.Text(row.finding.problem().id()));
    cells.add(new Cell.Whole(pair.kept()));
    cells.add(new Cell.Text(row.levelled()));
    cells.add(new Cell.Text(row.wanted.show()));
    List<Tokens> texts = List.of(prefix(row), pair.chosen().tokens(), pair.rejected().tokens());
    texts.forEach(tokens -> cells.add(new Cell.Text(source.words().named(tokens))));
    texts.forEach(tokens -> cells.add(WeightsExport.ids(tokens)));
    for (Proportion counts :
        List.of(pair.chosen().counts(), pair.rejected().counts(), pair.cut())) {
      cells.add(new Cell.Whole(counts.successes()));
      cells.add(new Cell.Whole(counts.trials()));
    }
    cells.add(outcome(pair.chosen()));
    cells.add(outcome(pair.rejected()));
    cells.addAll(source.cells());
    return cells;
  }

  private static Cell outcome(Pair.Side side) {
    return side.outcome()
        .<Cell>map(outcome -> new Cell.Text(outcome.show()))
        .orElseGet(Cell.Absent::new);
  }

  private List<Cell> pts(Row row) {
    Pair pair = row.pair;
    return List.of(
        new Cell.Text(source.words().named(prefix(row))),
        new Cell.Text(source.words().named(pair.chosen().tokens())),
        new Cell.Text(source.words().named(pair.rejected().tokens())),
        new Cell.Text(metadata(row).toString()));
  }

  private ObjectNode metadata(Row row) {
    Problem problem = row.finding.problem();
    Pair pair = row.pair;
    double before = pair.cut().estimate();
    double after = pair.chosen().counts().estimate();
    ObjectNode data =
        JsonMapper.shared()
            .createObjectNode()
            .put("original_query", problem.question())
            .put("task_type", problem.task())
            .put("dataset_id", problem.dataset())
            .put("dataset_item_id", problem.id())
            .put("prob_before", before)
            .put("prob_after", after)
            .put("prob_delta", after - before)
            .put("kept", pair.kept())
            .put("level", row.levelled())
            .put("wanted", row.wanted.show())
            .put("chosen_k", pair.chosen().counts().successes())
            .put("chosen_n", pair.chosen().counts().trials())
            .put("rejected_k", pair.rejected().counts().successes())
            .put("rejected_n", pair.rejected().counts().trials())
            .put("cut_k", pair.cut().successes())
            .put("cut_n", pair.cut().trials());
    prefix(row).stream().forEach(data.putArray("prompt_ids")::add);
    pair.chosen().tokens().stream().forEach(data.putArray("chosen_ids")::add);
    pair.rejected().tokens().stream().forEach(data.putArray("rejected_ids")::add);
    data.put("model", source.model());
    source.file().ifPresent(sha256 -> data.put("model_sha256", sha256));
    return data.put("vocabulary_sha256", source.vocabulary());
  }

  /// How many pairs were written.
  public int rows() {
    return rows;
  }
}
