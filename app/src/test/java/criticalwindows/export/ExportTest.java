package criticalwindows.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Grader;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.tables.Table;
import criticalwindows.tables.TableFolder;
import criticalwindows.tables.TableFolder.Format;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.io.IOException;
import java.nio.file.Files;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  private static final CutPlan CUTS = CutPlan.parse(".1,.5,.9");

  private static final List<String> TEXTS =
      List.of(
          "=1+1",
          "+x",
          "-5",
          "-5+cmd|' /C calc'!A0",
          "@SUM(A1)",
          "\uff1d1+1",
          "\uff0bx",
          "\uff0d5",
          "\uff20SUM(A1)",
          "\ufe66x",
          "\tx",
          "'quoted",
          "+1,234",
          "plain = 5",
          "two\nlines, \"quoted\"",
          "",
          "half \ud83d",
          "naïve ≤ 3");

  private static final List<String> DISARMED =
      List.of(
          "'=1+1",
          "'+x",
          "-5",
          "'-5+cmd|' /C calc'!A0",
          "'@SUM(A1)",
          "'\uff1d1+1",
          "'\uff0bx",
          "'\uff0d5",
          "'\uff20SUM(A1)",
          "'\ufe66x",
          "'\tx",
          "''quoted",
          "+1,234",
          "plain = 5",
          "two\nlines, \"quoted\"",
          "",
          "half \ufffd",
          "naïve ≤ 3");

  @TempDir Path folder;

  private static MemoryLedger ledger() throws InterruptedException {
    return ledger(3);
  }

  private static MemoryLedger ledger(int count) throws InterruptedException {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"));
    }
    MemoryLedger ledger = new MemoryLedger(problems);
    CotSettings settings = new CotSettings(CUTS, 4, Sampling.PLAIN, 40, 11);
    CotScripts scripts =
        new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), settings);
    Runner.run(new FixedCuts(scripts), ledger, InstantSource.fixed(Instant.EPOCH), state -> {});
    return ledger;
  }

  private Path export(MemoryLedger ledger, Format format) {
    Path path = folder.resolve(format.name());
    try (TableFolder tables = TableFolder.create(path, format, RunTables.ALL)) {
      RunExport.write(
          new RunExport.Sampled(ledger, CUTS, Grader.STANDARD),
          WindowStudy.of(findings(ledger)),
          tables);
      tables.finish();
    }
    return path;
  }

  private static List<CotFinding> findings(MemoryLedger ledger) {
    List<CotFinding> findings = new ArrayList<>();
    ledger.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows, CUTS, Grader.STANDARD).ifPresent(findings::add));
    return findings;
  }

  private static String one(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void everySampleIsThereOnceWithWhatItSays() throws Exception {
    MemoryLedger ledger = ledger();
    String samples = "'" + export(ledger, Format.PARQUET).resolve("samples.parquet") + "'";
    assertThat(one("SELECT count(*) FROM " + samples)).isEqualTo("" + 3 * (2 + 3 * 5));
    assertThat(one("SELECT count(DISTINCT (problem, arm, kept, index)) FROM " + samples))
        .isEqualTo("" + ledger.keys().size());
    double sum = 0;
    int right = 0;
    for (Problem problem : ledger.problems()) {
      for (Sample row : ledger.samples(problem.id())) {
        sum += row.turn() == Sample.Turn.RESPONSE ? row.logProbs().sum() : 0;
        right += row.turn() == Sample.Turn.ANSWER && row.text().contains("$27$") ? 1 : 0;
      }
    }
    assertThat(Double.parseDouble(one("SELECT sum(log_prob) FROM " + samples)))
        .isCloseTo(sum, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(one("SELECT count(*) FROM " + samples + " WHERE \"right\"")).isEqualTo("" + right);
    assertThat(one("SELECT count(*) FROM " + samples + " WHERE rule = 'statement'"))
        .isEqualTo("51");
  }

  @Test
  void pointsHoldTheCountsOfTheFindings() throws Exception {
    MemoryLedger ledger = ledger();
    String points = "'" + export(ledger, Format.PARQUET).resolve("points.parquet") + "'";
    for (Problem problem : ledger.problems()) {
      CotFinding finding =
          CotFinding.of(problem, ledger.samples(problem.id()), CUTS, Grader.STANDARD).orElseThrow();
      for (int level = 0; level < 3; level++) {
        CotLevel at = finding.levels().get(level);
        assertThat(
                one(
                    "SELECT consistent_k || ' ' || consistent_n || ' ' || right_k || ' ' ||"
                        + " pooled_k || ' ' || pooled_n || ' ' ||"
                        + " foreseen_k || ' ' || kept || ' ' || round(consistent_low, 9) FROM "
                        + points
                        + " WHERE problem = '"
                        + problem.id()
                        + "' AND level = "
                        + level))
            .isEqualTo(
                at.consistent().successes()
                    + " 4 "
                    + at.right().successes()
                    + " "
                    + at.pooled().successes()
                    + " "
                    + at.pooled().trials()
                    + " "
                    + at.foreseen().successes()
                    + " "
                    + at.cut().kept()
                    + " "
                    + Math.round(at.consistent().wilson(.95).low() * 1e9) / 1e9);
      }
    }
  }

  /// Every text of the model settles its answer, so probabilities say what counts say; an early
  /// answer's do not.
  @Test
  void probabilitiesAreThoseOfTheModel() throws Exception {
    ToyModel model = ToyModel.threeChoices();
    List<Choice> choices = Stream.of("A", "B", "C").map(label -> new Choice(label, label)).toList();
    Problem problem = Problem.of("toy", "logic", "How many?", choices, "B");
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    CotSettings settings = new CotSettings(CUTS, 4, Sampling.PLAIN, 40, 11);
    CotScripts scripts = new CotScripts(model, PromptSet.standard(), settings);
    Runner.run(new FixedCuts(scripts), ledger, InstantSource.fixed(Instant.EPOCH), state -> {});
    Path tables = export(ledger, Format.PARQUET);
    assertThat(one("SELECT count(*) FROM '" + tables + "/samples.parquet' WHERE p_same IS NULL"))
        .isEqualTo("0");
    CotFinding finding =
        CotFinding.of(problem, ledger.samples(problem.id()), CUTS, Grader.STANDARD).orElseThrow();
    for (int level = 0; level < 3; level++) {
      String row = " FROM '" + tables + "/points.parquet' WHERE level = " + level;
      String kept =
          finding.original().text().substring(0, finding.levels().get(level).cut().kept());
      assertThat(Double.parseDouble(one("SELECT early_p_same" + row)))
          .isCloseTo(
              model.answers(kept).get("(" + finding.outcome().show() + ")"),
              org.assertj.core.api.Assertions.within(1e-6));
      assertThat(
              one(
                  "SELECT abs(p_same - consistent_k / consistent_n) < 1e-6 AND abs(p_same_low -"
                      + " consistent_low) < 1e-6 AND abs(p_same_high - consistent_high) < 1e-6"
                      + row))
          .isEqualTo("true");
    }
  }

  @Test
  void windowsHoldTheRulesFindingAndTheModels() throws Exception {
    MemoryLedger ledger = ledger(12);
    String windows = "'" + export(ledger, Format.PARQUET).resolve("windows.parquet") + "'";
    List<CotFinding> findings = findings(ledger);
    for (CotFinding finding : findings) {
      String row = " FROM " + windows + " WHERE problem = '" + finding.problem().id() + "'";
      assertThat(one("SELECT from_kept || '-' || to_kept || ' ' || rise" + row))
          .isEqualTo(
              finding.window().map(w -> w.from() + "-" + w.to() + " " + w.rise()).orElse(null));
      WindowFinding model = WindowFinding.of(finding).orElseThrow();
      assertThat(Double.parseDouble(one("SELECT no_window" + row))).isEqualTo(model.noWindow());
      assertThat(Double.parseDouble(one("SELECT place" + row)))
          .isEqualTo(model.window().place().mean());
      assertThat(Double.parseDouble(one("SELECT height_low" + row)))
          .isEqualTo(model.window().rise().interval().low());
      int token = Integer.parseInt(one("SELECT token" + row));
      assertThat((double) token)
          .isBetween(
              model.window().place().interval().low() - .5,
              model.window().place().interval().high() - .5);
      assertThat(
              one(
                  "SELECT token || ' ' || token_text || ' ' || round(token_p, 5) || ' ' ||"
                      + " most_often || ' ' || round(most_often_p, 5) || ' ' || choice"
                      + row))
          .isEqualTo(token + drawn(token, finding.original().text().charAt(token)));
    }
    assertThat(findings.stream().filter(finding -> finding.window().isPresent()).count())
        .isBetween(1L, 11L);
    assertThat(one("SELECT count(*) FROM " + windows)).isEqualTo("12");
  }

  /// What the model's probabilities make of a token: a filler is `a` nine times in ten.
  private static String drawn(int token, char text) {
    List<Double> ones = List.of(.7, .6, .6, .5, .8);
    double one = token % 3 == 2 ? ones.get(token / 3) : .1;
    double p = text == '1' || text == 'b' ? one : Math.round((1 - one) * 100) / 100.;
    String most = token % 3 != 2 ? "a" : one > .5 ? "1" : "0";
    String choice = p >= .9 ? "always" : p <= .1 ? "unlikely" : "undecided";
    return " " + text + " " + p + " " + most + " " + Math.max(one, 1 - one) + " " + choice;
  }

  @Test
  void allFormatsSayTheSame() throws Exception {
    MemoryLedger ledger = ledger();
    Path parquet = export(ledger, Format.PARQUET);
    Path csv = export(ledger, Format.CSV);
    Path json = export(ledger, Format.JSON);
    for (Table table : RunTables.ALL) {
      String columns =
          String.join(", ", table.columns().stream().map(c -> '"' + c.name() + '"').toList());
      String exact = "SELECT " + columns + " FROM '" + parquet + "/" + table.name() + ".parquet'";
      for (String other :
          List.of(
              "read_csv('"
                  + csv
                  + "/"
                  + table.name()
                  + ".csv', header = true, allow_quoted_nulls = false)",
              "read_json('" + json + "/" + table.name() + ".jsonl')")) {
        if (one("SELECT count(*) FROM (" + exact + ")").equals("0")) {
          continue;
        }
        assertThat(
                one(
                    "SELECT count(*) FROM ("
                        + exact
                        + " EXCEPT SELECT "
                        + columns
                        + " FROM "
                        + other
                        + ")"))
            .as(other)
            .isEqualTo("0");
      }
    }
  }

  @Test
  void textsThatLookLikeFormulasAreDisarmedInCsvAlone() throws Exception {
    Table table =
        new Table(
            "texts", "a text a row", List.of(new Table.Column("t", Table.Type.TEXT, "any text")));
    for (Format format : Format.values()) {
      Path path = folder.resolve(format.name());
      try (TableFolder tables = TableFolder.create(path, format, List.of(table))) {
        TEXTS.forEach(text -> tables.add(table, List.of(new Table.Cell.Text(text))));
        tables.finish();
      }
      String from =
          switch (format) {
            case PARQUET -> "'" + path + "/texts.parquet'";
            case CSV ->
                "read_csv('"
                    + path
                    + "/texts.csv', header = true, allow_quoted_nulls = false, all_varchar = true)";
            case JSON -> "read_json('" + path + "/texts.jsonl')";
          };
      List<String> read = new ArrayList<>();
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT t FROM " + from)) {
        while (rows.next()) {
          read.add(rows.getString(1));
        }
      }
      List<String> exact = TEXTS.stream().map(text -> text.replace("\ud83d", "\ufffd")).toList();
      assertThat(read).as("%s", format).isEqualTo(format == Format.CSV ? DISARMED : exact);
    }
  }

  @Test
  void theReadmeNamesEveryColumn() {
    String readme = RunTables.readme("demo", RunTables.ALL);
    for (Table table : RunTables.ALL) {
      assertThat(readme).contains("## " + table.name());
      table.columns().forEach(column -> assertThat(readme).contains("| " + column.name() + " |"));
    }
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "precious");
    assertThatThrownBy(() -> TableFolder.create(folder, Format.CSV, RunTables.ALL))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is not empty");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void nothingOfTheScratchIsLeft() throws InterruptedException {
    assertThat(export(ledger(), Format.JSON).toFile().list())
        .containsExactlyInAnyOrder(
            "problems.jsonl", "windows.jsonl", "points.jsonl", "samples.jsonl");
  }
}
