package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.bench.DrawnLedger;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Settings;
import criticalwindows.run.Experiments;
import criticalwindows.show.CotReports;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.tables.ParquetRows;
import criticalwindows.trace.TraceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `cw compare` on runs that are drawn, without a model.
class CompareTest {
  private static final int PROBLEMS = 8;

  @TempDir static Path folder;

  @BeforeAll
  static void draw() {
    draw("one", problems(PROBLEMS), 1, .5);
    draw("two", problems(PROBLEMS), 2, 1);
    draw("three", problems(PROBLEMS + 2), 3, 1);
  }

  private static List<Problem> problems(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Problem.of("toy", "logic", "Which? (" + i + ")", List.of(), "27"))
        .toList();
  }

  private static void draw(String name, List<Problem> problems, long seed, double temperature) {
    CotSettings settings =
        new CotSettings(CutPlan.parse("0,.5"), 12, new Sampling(temperature, 1), 40, seed);
    try (RunFolder run =
        RunFolder.create(folder.resolve(name), DrawnLedger.manifest("toy", settings), problems)) {
      DrawnLedger.fill(run.ledger(), problems, settings, 20);
    }
  }

  private static Cli compare(String... words) {
    List<String> all = new ArrayList<>(List.of("compare"));
    for (String word : words) {
      all.add(
          word.startsWith("-") || word.matches("[0-9,.x]+|JSON|json|csv|parquet|xls")
              ? word
              : path(word));
    }
    return Cli.run(all.toArray(String[]::new));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Cli done(Cli cli) {
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli;
  }

  private static List<JsonNode> rows(String out) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve("changes.jsonl")).stream()
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }

  /// Right originals by reading the run another way.
  private static double right(String name) {
    try (RunFolder run = RunFolder.open(folder.resolve(name))) {
      return CotReports.of(run).findings().stream()
          .limit(PROBLEMS)
          .mapToInt(finding -> finding.right() ? 1 : 0)
          .average()
          .orElseThrow();
    }
  }

  @Test
  void twoRunsArePairedAndWhatDiffersIsSaid() throws IOException {
    Cli cli = done(compare("one", "two", "--out", "pair", "--format", "JSON"));
    assertThat(cli.out())
        .contains("Compared: 8 items in 2 runs")
        .containsPattern("differs +temperature: A 0\\.5, B 1\\.0")
        .containsPattern("differs +seed: A 1, B 2")
        .containsPattern("original right +B − A +8 ")
        .containsPattern("items +8 in all runs, about 8 questions")
        .contains("area under the curve: mean")
        .doesNotContain("differs  cuts");
    JsonNode right = rows("pair").getFirst();
    assertThat(right.get("quantity").asString()).isEqualTo("original right");
    assertThat(right.get("first_mean").asDouble()).isEqualTo(right("one"));
    assertThat(right.get("other_mean").asDouble()).isEqualTo(right("two"));
    assertThat(right.get("change").asDouble())
        .isCloseTo(right("two") - right("one"), within(1e-12));
    assertThat(right.get("low").asDouble()).isLessThan(right.get("high").asDouble());
    assertThat(folder.resolve("pair").resolve("columns.md")).content().contains("| p_holm |");
  }

  @Test
  void aSeriesHasTrendsAndWhatIsMissingIsNamed() throws IOException {
    Cli cli =
        done(
            compare("one", "two", "three", "--at", "100,200,400", "--out", "c", "--format", "csv"));
    assertThat(cli.out())
        .containsPattern("A +one, at 100\n")
        .containsPattern("C +three, at 400\n")
        .containsPattern("not in A: 2 \\(\\p{XDigit}+, \\p{XDigit}+\\); not in B: 2 ")
        .containsPattern("original right +C − A +8 ")
        .containsPattern("original right +trend +8 ");
    assertThat(folder.resolve("c").resolve("changes.csv"))
        .content()
        .contains("original right,")
        .contains(",trend,one,three,8,8,");
    done(compare("one", "two", "three", "--out", "d", "--format", "parquet"));
    assertThat(ParquetRows.read(folder.resolve("d").resolve("changes.parquet")))
        .filteredOn(row -> row.contains("\"kind\":\"trend\""))
        .allSatisfy(
            row -> {
              JsonNode node = JsonMapper.shared().readTree(row);
              // From the first run to the third are two steps.
              assertThat(node.get("slope").asDouble())
                  .isCloseTo(node.get("change").asDouble() / 2, within(1e-12));
            })
        .isNotEmpty();
  }

  @Test
  void aRunComparedWithItselfDiffersInNothing() throws IOException {
    String out = done(compare("one", "one", "--out", "same", "--format", "json")).out();
    assertThat(out).doesNotContain("differs").contains("A      " + path("one"));
    assertThat(rows("same"))
        .hasSizeGreaterThan(6)
        .allSatisfy(
            row -> {
              assertThat(row.get("change").asDouble()).isZero();
              assertThat(row.get("p").asDouble()).isEqualTo(1);
            });
    // The text is the same, so places are in tokens too, where windows are claimed.
    boolean claimed;
    try (RunFolder run = RunFolder.open(folder.resolve("one"))) {
      CotReports reports = CotReports.of(run);
      List<CotFinding> findings = reports.findings();
      claimed = findings.stream().anyMatch(f -> reports.windows().verdict(f).orElseThrow().shown());
    }
    assertThat(claimed).isTrue();
    assertThat(out).contains("window's place in tokens");
  }

  @Test
  void whatWasNotSampledIsNotCompared() {
    String name = "begun";
    CotSettings settings = new CotSettings(CutPlan.parse("0,.5"), 12, Sampling.PLAIN, 40, 1);
    try (RunFolder run =
        RunFolder.create(
            folder.resolve(name), DrawnLedger.manifest("toy", settings), problems(PROBLEMS))) {
      assertThat(run.ledger().problems()).hasSize(PROBLEMS);
    }
    compare("one", name)
        .assertUserError(
            "no item is in all of these 2 runs",
            "compare runs of the same problems or texts: the same --dataset, --problems and --seed,"
                + " or the same file");
  }

  @Test
  void whatCannotBeComparedSaysWhyInTwoLines() {
    compare("one").assertUserError("1 run to compare", "name from 2 to 26 folders of runs");
    String hint = "give a number for each run, with commas between, not all the same";
    compare("one", "two", "--at", "1,2").assertUserError("--at 1,2, for 2 runs", hint);
    compare("one", "two", "three", "--at", "1,2").assertUserError("--at 1,2, for 3 runs", hint);
    compare("one", "two", "three", "--at", "1,x,2").assertUserError("--at 1,x,2, for 3", hint);
    compare("one", "two", "three", "--at", "2,2,2").assertUserError("--at 2,2,2, for 3", hint);
    empty("texts", TraceSettings.EXPERIMENT, "contains:27");
    compare("one", "texts")
        .assertUserError(
            path("one") + " is a run of cot, and " + path("texts") + " of trace",
            "compare runs of one experiment: others do not measure the same");
    empty("counted", CotSettings.EXPERIMENT, "count:the");
    compare("one", "counted")
        .assertUserError(
            path("one") + " goes by answer, and " + path("counted") + " by count:the",
            "read all of them by one outcome with --outcome");
    empty("form", FormSettings.EXPERIMENT, "answer");
    compare("one", "form")
        .assertUserError(
            "cw compare is for runs with answers, and " + path("form") + " is a form run",
            "see it with: cw show " + path("form"));
    compare("one", "two", "--format", "xls").assertUserError("xls", "see: cw compare --help");
  }

  /// A run that nothing was sampled of.
  private static void empty(String name, String experiment, String outcome) {
    CotSettings cot = new CotSettings(CutPlan.parse("0,.5"), 12, Sampling.PLAIN, 40, 1);
    Settings settings = cot.asData().with(Experiments.OUTCOMES, List.of(outcome));
    Manifest.ModelFile model = new Manifest.ModelFile("none", "none", "");
    Manifest manifest = Manifest.of(experiment, settings, model, new Manifest.Items("toy", 0));
    RunFolder.create(folder.resolve(name), manifest, problems(PROBLEMS)).close();
  }
}
