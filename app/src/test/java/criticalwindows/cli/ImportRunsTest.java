package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rollouts of other tools, and every command that reads a run or refuses to.
class ImportRunsTest {
  private static final String CLIFFS =
      """
      [{"id": "sum", "question": "What is 2 + 2?", "response": "It is 5 now", "is_correct": false,
        "response_tokens": ["It", " is", " 5", " now"], "response_token_ids": [5, 6, 7, 8],
        "all_position_scores": [0.75, 0.75, 0.0]}]
      """;

  @TempDir static Path folder;
  private static Path cliffs = Path.of("");
  private static Path anchors = Path.of("");
  private static Cli begun = Cli.run("--version");

  @BeforeAll
  static void importThem() throws IOException {
    Path file = Files.writeString(folder.resolve("cliffs.json"), CLIFFS);
    cliffs = folder.resolve("cliffs");
    begun =
        Cli.run("import", "cliff-tokens", file.toString(), "--n", "16", "--out", cliffs.toString());
    Path base = folder.resolve("rollouts/problem_3");
    write(base.resolve("base_solution.json"), "{\"solution\": \"Say yes.\", \"answer\": \"yes\"}");
    write(base.resolve("chunks.json"), "{\"chunks\": [\"Say\", \"yes.\"]}");
    write(
        base.resolve("chunk_1/solutions.json"),
        "[{\"answer\": \"yes\", \"rollout\": \" yes!\"}, {\"answer\": \"no\", \"rollout\": \""
            + " no\"}]");
    anchors = folder.resolve("anchors");
    done(
        "import",
        "thought-anchors",
        folder.resolve("rollouts").toString(),
        "--model",
        "qwq",
        "--out",
        anchors.toString());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Cli done(String... words) {
    Cli cli = Cli.run(words);
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli;
  }

  @Test
  void itSaysThatItIsImported() throws IOException {
    assertThat(begun.exit()).as(begun.err()).isZero();
    String table = done("show", cliffs.toString()).out();
    assertThat(begun.out()).startsWith(table);
    assertThat(table)
        .contains("Imported: rollouts of an unknown model, not sampled by cw")
        .contains("imported from: cliff-tokens files with SHA-256 ")
        .contains("rollouts at a place: 16, as the user said")
        .contains("original right  0 of 1")
        .contains("token 3, +0.75")
        .doesNotContain("temperature")
        .doesNotContain("early");
    assertThat(done("show", anchors.toString()).out()).contains("rollouts of qwq, not sampled");
    assertThat(cliffs.resolve("report.html"))
        .content()
        .contains("Imported: rollouts of an unknown model, not sampled by cw")
        .contains("\"untold\":true");
    assertThat(anchors.resolve("report.html")).content().doesNotContain("\"untold\":true");
  }

  @Test
  void everyReaderOfRunsReadsIt() throws IOException {
    done("report", cliffs.toString(), "--out", folder.resolve("page.html").toString());
    assertThat(done("explain", cliffs.toString(), "sum").out())
        .contains(
            "12 of 16 from 2 tokens kept came to another answer; what they wrote is not known")
        .doesNotContain("other words from");
    done("explain", cliffs.toString());
    done("theory", cliffs.toString());
    Path tables = folder.resolve("tables");
    done("export", cliffs.toString(), "--json", tables.toString());
    assertThat(Files.readAllLines(tables.resolve("points.jsonl")))
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains("\"kept\":1,\"consistent_k\":4,\"consistent_n\":16"),
            line -> assertThat(line).contains("\"kept\":2,\"consistent_k\":4,\"consistent_n\":16"),
            line ->
                assertThat(line).contains("\"kept\":3,\"consistent_k\":16,\"consistent_n\":16"));
    assertThat(Files.readAllLines(tables.resolve("samples.jsonl")))
        .hasSize(1 + 3 * 16)
        .allSatisfy(
            line -> assertThat(line).contains("\"log_prob\":null", "\"engine\":\"imported\""));
    Path figures = folder.resolve("figures");
    done("plot", cliffs.toString(), "--out", figures.toString());
    assertThat(figures.resolve("curves.csv")).exists();
  }

  @Test
  void twoImportsOfTheSameResponsesAreCompared() throws IOException {
    Path file = folder.resolve("later.json");
    Files.writeString(file, CLIFFS.replace("[0.75, 0.75, 0.0]", "[0.25, 0.25, 0.0]"));
    String later = folder.resolve("later").toString();
    done("import", "cliff-tokens", file.toString(), "--n", "16", "--out", later);
    assertThat(done("compare", cliffs.toString(), later).out())
        .containsPattern("consistent at 0.5 +B − A +1 +0.25 +0.75 +\\+0.50");
  }

  @Test
  void otherOutcomesAreReadWhereTextsAreThere() {
    assertThat(done("regrade", anchors.toString(), "--outcome", "contains:!").out())
        .contains("outcome   contains:!", "2 continuations");
    done("show", cliffs.toString(), "--outcome", "answer");
    Cli.run("show", cliffs.toString(), "--outcome", "contains:now")
        .assertUserError(
            "the outcome contains:now reads what continuations wrote", "leave --outcome out");
    Cli.run("regrade", cliffs.toString(), "--outcome", "recorded", "--outcome", "length:3")
        .assertUserError("the outcome length:3 reads", "leave --outcome out");
  }

  @Test
  void whatSamplesSaysThatThereIsNoModel() {
    Cli.run("resume", cliffs.toString())
        .assertUserError("cw resume samples, and", "see it with cw show");
    Cli.run("merge", cliffs.toString(), anchors.toString(), "--out", folder + "/merged")
        .assertUserError("cw merge samples, and", "see it with cw show");
    Cli.run("intervene", cliffs.toString()).assertUserError("is an imported run", "cw show");
    Cli.run("intervene", cliffs.toString(), "--check")
        .assertUserError("cw intervene samples, and", "see it with cw show");
    Cli.run("run", "edit", cliffs.toString(), "sum", "--at", "2", "--replace", " 4")
        .assertUserError("cw run edit samples, and", "see it with cw show");
    Cli.run("audit", cliffs.toString()).assertUserError("is an imported run", "cw show");
    Cli.run("show", cliffs.toString(), "--why", "sum")
        .assertUserError("cut where its plan said, recorded", "--adaptive");
    Cli.run("regrade", cliffs.toString())
        .assertUserError("is about recorded", "name what to read it by with --outcome");
  }

  @Test
  void recordedIsOfImportedRunsAlone() {
    Cli.run("run", "cot", "--outcome", "recorded", "--out", folder + "/no")
        .assertUserError("--outcome recorded is for imported runs", "say how responses are");
    Cli.run("run", "cot", "--cuts", "recorded", "--out", folder + "/no")
        .assertUserError("--cuts recorded: they are those of an imported run", "every:1");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void whatCannotBeImportedIsSaid() {
    String file = folder.resolve("cliffs.json").toString();
    String out = folder.resolve("none").toString();
    Cli.run("import", "cliff-tokens", file, "--out", out)
        .assertUserError("does not say of how many rollouts", "say it with --n");
    Cli.run("import", "cliffs", file, "--out", out)
        .assertUserError("no layout named cliffs", "there is: thought-anchors");
    Cli.run("import", "cliff-tokens", file, "--n", "16", "--out", cliffs.toString())
        .assertUserError("is there already", "name a new folder");
    Cli.run("import", "cliff-tokens", file, "--n", "16")
        .assertUserError("--out", "cw import --help");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void aDamagedRecordIsSaid() throws IOException {
    Path copy = folder.resolve("copy");
    Files.createDirectory(copy);
    for (String name : new String[] {"run.json", "problems.parquet", "ledger.duckdb"}) {
      Files.copy(cliffs.resolve(name), copy.resolve(name));
    }
    String json = Files.readString(copy.resolve("run.json"));
    Files.writeString(copy.resolve("run.json"), json.replace("\"notes\"", "\"remarks\""));
    Cli.run("show", copy.toString()).assertUserError("settings.notes", "");
  }
}
