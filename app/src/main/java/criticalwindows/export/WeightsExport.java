package criticalwindows.export;

import criticalwindows.cot.CotFinding;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Rollout;
import criticalwindows.tables.Table.Cell;
import criticalwindows.tables.TableFolder;
import criticalwindows.weight.Among;
import criticalwindows.weight.Response;
import criticalwindows.weight.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Fills [TrainingTables#WEIGHTS], response by response.
public final class WeightsExport {
  /// The file that is written beside the table.
  public static final String TRAINER = "weighted_trainer.py";

  private final TrainingSource source;
  private final Rule rule;
  private final Among among;
  private final TableFolder tables;
  private int rows;
  private int without;
  private long tokens;
  private long weighted;

  /// @param tables made for [TrainingTables#WEIGHTS]
  public WeightsExport(TrainingSource source, Rule rule, Among among, TableFolder tables) {
    this.source = source;
    this.rule = rule;
    this.among = among;
    this.tables = tables;
  }

  /// A trainer of Hugging Face's that takes such rows, as Python.
  public static String trainer() {
    try (InputStream file = WeightsExport.class.getResourceAsStream(TRAINER)) {
      return new String(
          Objects.requireNonNull(file, TRAINER).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds a response. One to whose tokens the rule gives no weight is left out, and counted.
  ///
  /// @param finding with its original as it was sampled
  public void add(CotFinding finding, Response response) {
    double[] weights = rule.normalised(response, among);
    if (weights.length == 0) {
      without++;
      return;
    }
    Tokens written = finding.original().tokens();
    Rollout whole = source.rollout(finding.problem(), written);
    List<Integer> mask = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < whole.whole().size(); i++) {
      boolean counts = i >= whole.prompt();
      mask.add(counts ? 1 : 0);
      all.add(counts ? weights[i - whole.prompt()] : 0);
      weighted += counts && weights[i - whole.prompt()] > 0 ? 1 : 0;
    }
    rows++;
    tokens += weights.length;
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                new Cell.Text(finding.problem().id()),
                new Cell.Whole(finding.original().key().index()),
                new Cell.Text(rule.name()),
                new Cell.Text(finding.outcome().show()),
                right(finding),
                new Cell.Text(source.words().named(whole.whole().prefix(whole.prompt()))),
                new Cell.Text(source.words().named(written)),
                ids(whole.whole()),
                new Cell.Wholes(mask),
                new Cell.Reals(all)));
    cells.addAll(source.cells());
    tables.add(TrainingTables.WEIGHTS, cells);
  }

  static Cell right(CotFinding finding) {
    return finding.right(finding.outcome()).<Cell>map(Cell.Flag::new).orElseGet(Cell.Absent::new);
  }

  static Cell ids(Tokens tokens) {
    return new Cell.Wholes(tokens.stream().boxed().toList());
  }

  /// What was written, in lines for people.
  public List<String> facts() {
    List<String> facts = new ArrayList<>();
    facts.add("rule " + rule.name() + ": " + rule.about());
    facts.add(
        "responses: "
            + rows
            + ", tokens that count in the loss: "
            + tokens
            + ", of them with a weight above 0: "
            + weighted);
    facts.add("in each response the weights sum to its number of tokens, whatever the rule");
    if (without > 0) {
      facts.add("left out, because the rule gives none of their tokens any weight: " + without);
    }
    return facts;
  }

  /// How many responses were written.
  public int rows() {
    return rows;
  }
}
