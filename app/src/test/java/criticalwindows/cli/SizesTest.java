package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.bench.DrawnLedger;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Runner;
import criticalwindows.show.CotReports;
import criticalwindows.show.Pages;
import criticalwindows.show.RunViews;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Studies of every size, in few tokens: a few problems at every token, many problems, very many.
class SizesTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"10|every:1|50", "150|.5|25", "1500|.5|1"})
  void runsIsStoppedGoesOnAndReports(int problems, String cuts, int samples) throws Exception {
    Path folder = temp.resolve("run");
    CotSettings settings = new CotSettings(CutPlan.parse(cuts), samples, Sampling.PLAIN, 20, 3);
    CotScripts scripts =
        new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), settings);
    try (RunFolder run =
        RunFolder.create(folder, DrawnLedger.manifest("toy", settings), problems(problems))) {
      assertThatThrownBy(
              () ->
                  Runner.run(new FixedCuts(scripts), run.ledger(), CLOCK, stopAfter(problems / 2)))
          .isInstanceOf(InterruptedException.class);
    }
    try (RunFolder run = RunFolder.resume(folder)) {
      List<Progress.State> states = new ArrayList<>();
      Runner.run(new FixedCuts(scripts), run.ledger(), CLOCK, states::add);
      assertThat(states.getFirst().problemsDone()).isBetween(0, problems - 1);
      assertThat(states.getLast().problemsDone()).isEqualTo(problems);
    }
    assertReports(folder, problems);
  }

  private static Progress stopAfter(int problems) {
    return state -> {
      if (state.problemsDone() >= problems) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private void assertReports(Path folder, int problems) throws IOException {
    Cli show = Cli.run("show", folder.toString());
    assertThat(show.exit()).as(show.err()).isZero();
    assertThat(show.out()).contains(" of " + problems + " = ");
    Path page = temp.resolve("page.html");
    Cli report = Cli.run("report", folder.toString(), "--out", page.toString());
    assertThat(report.exit()).as(report.err()).isZero();
    assertThat(Files.size(page)).isLessThan(20_000_000);
    assertThat(data(page).get("problems")).hasSize(Math.min(problems, RunViews.MANY));
    int rest = problems - Math.min(problems, RunViews.MANY);
    assertThat(data(page).path("rest").size()).isEqualTo(rest);
  }

  @Test
  void aLargeRunSaysOfAllProblemsWhatASmallOneWouldSayOfEach() {
    Path folder = temp.resolve("run");
    CotSettings settings = new CotSettings(CutPlan.parse(".1,.5,.9"), 5, Sampling.PLAIN, 20, 3);
    try (RunFolder run =
        RunFolder.create(folder, DrawnLedger.manifest("toy", settings), problems(150))) {
      DrawnLedger.fill(run.ledger(), run.ledger().problems(), settings, 10);
    }
    try (RunFolder run = RunFolder.open(folder)) {
      List<CotFinding> all = new ArrayList<>();
      run.ledger()
          .forEach(
              (problem, rows) ->
                  CotFinding.of(problem, rows, settings.cuts(), Grader.STANDARD)
                      .ifPresent(all::add));
      assertThat(CotSummary.of(CotReports.of(run).findings())).isEqualTo(CotSummary.of(all));
    }
    String few = Cli.run("show", folder.toString()).out();
    String many = Cli.run("show", folder.toString(), "--problems", "all").out();
    assertThat(few).contains("110 problems more: --problems all");
    // 110 problems for the line that leaves them out; then the window model's table of all 150,
    // with an empty line, a heading and six lines that explain it.
    assertThat(many.lines().count()).isEqualTo(few.lines().count() + 109 + 158);
    assertThat(few).containsPattern("windows, model +takes a while for so many: --problems N");
    // Columns are as wide as what they hold.
    assertThat(many.replaceAll(" +", " ").lines())
        .containsAll(
            few.replaceAll(" +", " ")
                .lines()
                .filter(line -> !line.contains("more") && !line.contains("--problems"))
                .toList());
    Cli wrong = Cli.run("show", folder.toString(), "--problems", "-1");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("error: --problems -1", "hint: give a number, or all");
  }

  /// One problem has more texts than its share of the page; the others take almost none of theirs.
  @Test
  void aFullPageCountsWhatItCannotTell() throws IOException {
    Path folder = temp.resolve("run");
    CotSettings settings = new CotSettings(CutPlan.parse(".1"), 60, Sampling.PLAIN, 9000, 3);
    Path page = temp.resolve("page.html");
    try (RunFolder run =
        RunFolder.create(folder, DrawnLedger.manifest("toy", settings), problems(40))) {
      List<Problem> all = run.ledger().problems();
      DrawnLedger.fill(run.ledger(), all.subList(0, 1), settings, 1500);
      DrawnLedger.fill(run.ledger(), all.subList(1, 40), settings, 2);
      Pages.write(page, RunViews.of(run).page(RunViews.MANY));
    }
    JsonNode problems = data(page).get("problems");
    assertThat(problems).hasSize(40);
    JsonNode resamples = problems.get(0).get("levels").get(0).get("resamples");
    assertThat(resamples).hasSize(60);
    assertThat(resamples.get(0).size()).isEqualTo(5);
    assertThat(resamples.get(59).size()).isEqualTo(3);
    long told = 0;
    for (JsonNode resample : resamples.values()) {
      told += resample.size() < 5 ? 0 : resample.get(3).asString().length();
    }
    // 8 million characters of a page, among 40.
    assertThat(told).isBetween(150_000L, 200_000L);
    assertThat(problems.get(39).get("levels").get(0).get("resamples").get(59).size()).isEqualTo(5);
  }

  private static JsonNode data(Path page) throws IOException {
    var element = Objects.requireNonNull(Jsoup.parse(page.toFile()).getElementById("data"));
    return JsonMapper.shared().readTree(element.data());
  }

  private static List<Problem> problems(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"))
        .toList();
  }
}
