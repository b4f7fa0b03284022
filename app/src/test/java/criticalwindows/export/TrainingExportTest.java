package criticalwindows.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.localise.Prior;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Outcome;
import criticalwindows.preference.Level;
import criticalwindows.preference.Pair;
import criticalwindows.preference.Pairs;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import criticalwindows.tables.Table;
import criticalwindows.tables.TableFolder;
import criticalwindows.tables.TableFolder.Format;
import criticalwindows.weight.Among;
import criticalwindows.weight.Decided;
import criticalwindows.weight.Response;
import criticalwindows.weight.Rules;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Exports of runs of a model that decides at its seventh character, read back by the database.
class TrainingExportTest {
  private static final CutPlan CUTS = CutPlan.parse("every:1");
  private static final int SAMPLES = 10;
  private static final int DECIDES = 6;

  /// A spreadsheet's formula, quotes, a control token's name, and characters of several bytes.
  private static final String HOSTILE = "=1+1, \"quoted\" <|eot_id|> {\"a\": [1]}\n'naïve' ≤ 3?";

  @TempDir Path folder;
  private final MemoryLedger ledger;
  private final List<CotFinding> findings = new ArrayList<>();
  private final TrainingSource source;

  TrainingExportTest() throws InterruptedException {
    List<Problem> problems =
        List.of(
            Problem.of("toy", "math", HOSTILE, List.of(), "1"),
            Problem.of("toy", "math", "0 or 1?", List.of(), "1"));
    ToyModel model = new ToyModel(new ToyModel.OneDecision(12, DECIDES, .5));
    CotSettings settings = new CotSettings(CUTS, SAMPLES, Sampling.PLAIN, 40, 5);
    CotScripts scripts = new CotScripts(model, PromptSet.standard(), settings);
    ledger = new MemoryLedger(problems);
    Runner.run(new FixedCuts(scripts), ledger, InstantSource.fixed(Instant.EPOCH), state -> {});
    ledger.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows, CUTS, Grader.STANDARD).ifPresent(findings::add));
    source = TrainingSource.of(scripts);
  }

  private String written(Table table, Format format, Consumer<TableFolder> rows) {
    Path path = folder.resolve(format.name());
    try (TableFolder tables = TableFolder.create(path, format, List.of(table))) {
      rows.accept(tables);
      Path file = tables.finish().getFirst();
      String reader = format == Format.JSON ? "read_json_auto" : "read_parquet";
      return reader + "('" + file + "')";
    }
  }

  private String weights(String rule, Format format) {
    List<Decided> decided =
        findings.stream().flatMap(finding -> Decided.of(finding).stream()).toList();
    Among among = new Among(decided, Prior.STANDARD, 1);
    return written(
        TrainingTables.WEIGHTS,
        format,
        tables -> {
          WeightsExport rows = new WeightsExport(source, Rules.named(rule), among, tables);
          for (int i = 0; i < findings.size(); i++) {
            CotFinding finding = findings.get(i);
            rows.add(finding, Response.of(decided.get(i), finding.original(), List.of()));
          }
          assertThat(rows.rows()).isEqualTo(2);
        });
  }

  private static List<List<String>> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        all.add(row);
      }
      return all;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "JSON"})
  void theWeightOfAWindowIsOnTheTokenThatDecides(Format format) throws SQLException {
    String table = weights("window", format);
    for (List<String> row :
        query(
            "SELECT item, len(input_ids), len(completion_mask), len(weights), list_sum(weights),"
                + " list_sum(completion_mask), list_position(completion_mask, 1),"
                + " list_position(weights, list_max(weights)), list_max(weights), \"right\" FROM "
                + table)) {
      CotFinding finding =
          findings.stream().filter(f -> f.problem().id().equals(row.getFirst())).findFirst().get();
      int length = finding.length();
      assertThat(row.get(1)).isEqualTo(row.get(2)).isEqualTo(row.get(3));
      assertThat(Double.parseDouble(row.get(4))).isCloseTo(length, within(1e-9));
      assertThat(Double.parseDouble(row.get(5))).isEqualTo(length);
      int first = Integer.parseInt(row.get(6));
      assertThat(Integer.parseInt(row.get(7)) - first).isEqualTo(DECIDES);
      assertThat(Double.parseDouble(row.get(8))).isGreaterThan(.8 * length);
      assertThat(row.get(9)).isEqualTo("" + finding.right());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "JSON"})
  void idsAndTextsAreThoseOfTheRun(Format format) throws SQLException {
    List<List<String>> rows =
        query(
            "SELECT item, input_ids, prompt, text, model, vocabulary_sha256 FROM "
                + weights("uniform", format));
    assertThat(rows).hasSize(2);
    for (int i = 0; i < 2; i++) {
      CotFinding finding = findings.get(i);
      Tokens whole = source.rollout(finding.problem(), finding.original().tokens()).whole();
      assertThat(rows.get(i).get(1)).isEqualTo(whole.toString());
      assertThat(rows.get(i).get(3)).isEqualTo(finding.original().text());
      assertThat(rows.get(i).get(4)).isEqualTo(source.model());
      assertThat(rows.get(i).get(5)).matches("[0-9a-f]{64}").isEqualTo(source.vocabulary());
    }
    // The toy model reads ASCII alone; all else of the text is as it was written.
    String prompt = rows.getFirst().get(2);
    assertThat(prompt).contains("=1+1, \"quoted\" <|eot_id|> {\"a\": [1]}\n'na").contains("3?");
    assertThat(prompt).startsWith("<|begin|><|header|>system<|header_end|>");
  }

  @Test
  void uniformWeightsAreOneOrNothing() throws SQLException {
    String uniform = weights("uniform", Format.JSON);
    assertThat(query("SELECT DISTINCT list_distinct(weights) FROM " + uniform))
        .allMatch(row -> row.getFirst().contains("1.0") && row.getFirst().contains("0.0"));
    assertThat(query("SELECT rule FROM " + uniform)).containsOnly(List.of("uniform"));
  }

  @Test
  void prefixesHaveTheCountsOfTheLedger() throws SQLException {
    String table =
        written(
            TrainingTables.PREFIXES,
            Format.PARQUET,
            tables -> findings.forEach(new PrefixesExport(source, tables)::add));
    List<List<String>> rows =
        query(
            "SELECT item, kept, k, n, list_sum(counts) + unread, len(input_ids) - prompt_tokens,"
                + " text, len(classes), counts[list_position(classes, followed)] FROM "
                + table);
    assertThat(rows).hasSize(24);
    for (List<String> row : rows) {
      CotFinding finding =
          findings.stream().filter(f -> f.problem().id().equals(row.getFirst())).findFirst().get();
      int kept = Integer.parseInt(row.get(1));
      long sampled =
          ledger.samples(row.getFirst()).stream()
              .filter(each -> each.key().is(Arm.RESAMPLE) && each.key().kept() == kept)
              .filter(each -> each.turn() == Sample.Turn.RESPONSE)
              .count();
      assertThat(row.get(3)).isEqualTo("" + sampled).isEqualTo("" + SAMPLES);
      assertThat(Double.parseDouble(row.get(4))).isEqualTo(SAMPLES);
      assertThat(row.get(5)).isEqualTo("" + kept);
      assertThat(row.get(6)).isEqualTo(finding.original().text().substring(0, kept));
      assertThat(row.get(2)).isEqualTo(row.get(8));
      if (kept > DECIDES) {
        assertThat(row.get(2)).isEqualTo("" + SAMPLES);
        assertThat(row.get(7)).isEqualTo("1");
      }
    }
  }

  private String pairs(PairsExport.Layout layout, Level level) {
    return written(
        layout.table(),
        Format.JSON,
        tables -> {
          PairsExport export = new PairsExport(source, layout, tables);
          for (CotFinding finding : findings) {
            Outcome wanted = finding.gold().orElseThrow();
            Interval place = new Interval(DECIDES, DECIDES + 1);
            List<Pair> found = Pairs.of(finding, wanted, new Pairs.Asked(level, place, 2));
            export.add(finding, wanted, level, found);
          }
        });
  }

  @Test
  void pairsOfTokensGoOnFromOnePrefix() throws SQLException {
    List<List<String>> rows =
        query(
            "SELECT chosen, rejected, chosen_ids, rejected_ids, chosen_k = chosen_n, rejected_k,"
                + " wanted, level, cut_k <= cut_n, chosen_outcome IS NULL,"
                + " prompt_ids[-6:], right(prompt, 6), kept FROM "
                + pairs(PairsExport.Layout.TRL, Level.TOKEN)
                + " WHERE kept = 6");
    assertThat(rows).hasSize(2);
    for (List<String> row : rows) {
      assertThat(row.subList(0, 10))
          .containsExactly("1", "0", "[49]", "[48]", "true", "0", "1", "token", "true", "true");
      assertThat(row.get(11)).matches("[ab]{6}");
    }
  }

  @Test
  void pairsOfContinuationsSayWhatTheyCameTo() throws SQLException {
    List<List<String>> rows =
        query(
            "SELECT chosen_outcome, rejected_outcome, chosen_k + rejected_k, chosen_n, level FROM "
                + pairs(PairsExport.Layout.TRL, Level.CONTINUATION));
    assertThat(rows).hasSize(4);
    assertThat(rows).containsOnly(List.of("1", "0", "10", "10", "continuation"));
  }

  @Test
  void pairsAreThereInTheLayoutOfPivotalTokens() throws SQLException {
    List<List<String>> rows =
        query(
            "SELECT chosen, rejected, metadata.prob_before < metadata.prob_after,"
                + " metadata.prob_delta, metadata.original_query, metadata.chosen_ids,"
                + " metadata.cut_n FROM "
                + pairs(PairsExport.Layout.PTS, Level.TOKEN)
                + " WHERE metadata.kept = 6");
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().subList(0, 3)).containsExactly("1", "0", "true");
    assertThat(rows.getFirst().get(4)).isEqualTo(HOSTILE);
    assertThat(rows.getFirst().get(5)).isEqualTo("[49]");
  }

  @Test
  void theTrainerIsBesideTheWeights() {
    assertThat(WeightsExport.trainer())
        .contains("class WeightedTrainer(Trainer)", "class Padded")
        .doesNotContain("\r");
  }

  @Test
  void theReadmeExplainsEveryColumn() {
    for (Table table :
        List.of(TrainingTables.WEIGHTS, TrainingTables.PREFIXES, TrainingTables.PAIRS)) {
      String readme = TrainingTables.readme("title", List.of("fact"), table);
      assertThat(readme).startsWith("# title\n\n- fact\n");
      table.columns().forEach(column -> assertThat(readme).contains("| " + column.name() + " |"));
    }
  }
}
