package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.exact.CurveStep;
import criticalwindows.exact.ExactFinding;
import criticalwindows.exact.ExactStudy;
import criticalwindows.grade.Grader;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.run.RunPrograms;
import criticalwindows.search.Decision;
import criticalwindows.store.RunFolder;
import criticalwindows.window.WindowFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An adaptive run of the built-in model on the world, killed on the way: from the command line to
/// the generator's decisive step.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdaptiveRunsTest {
  private static final String[] SMALL = {"--threads", "1", "--memory", "480M"};

  private final Path run;
  private final Map<String, List<Decision>> beforeTheKill;
  private final Cli ended;

  AdaptiveRunsTest(@TempDir Path folder) throws Exception {
    run = folder.resolve("run");
    List<String> begin = new ArrayList<>(List.of("run", "cot", "--adaptive", "--problems", "3"));
    begin.addAll(List.of("--dataset", "world:method:1", "--out", run.toString()));
    begin.addAll(List.of("--rollouts-per-problem", "60", "--width", ".1"));
    begin.addAll(List.of(SMALL));
    Process process = Cli.start(folder.resolve("log"), begin.toArray(String[]::new));
    Path decisions = run.resolve("decisions.jsonl");
    while (process.isAlive() && lines(decisions) < 7) {
      Thread.sleep(20);
    }
    process.destroyForcibly().waitFor();
    beforeTheKill = decisions();
    ended = Cli.run("resume", run.toString(), "--threads", "1", "--memory", "480M");
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).lines().count() : 0;
  }

  private Map<String, List<Decision>> decisions() {
    try (RunFolder opened = RunFolder.open(run)) {
      return opened.decisions().byProblem();
    }
  }

  private List<CotFinding> findings() {
    List<CotFinding> findings = new ArrayList<>();
    try (RunFolder opened = RunFolder.open(run)) {
      opened
          .ledger()
          .forEach(
              (problem, rows) ->
                  CotFinding.of(
                          problem, rows, opened.settings(CotSettings::of).cuts(), Grader.STANDARD)
                      .ifPresent(findings::add));
    }
    return findings;
  }

  @Test
  void aRunThatWasKilledGoesOnWithTheDecisionsItHad() {
    assertThat(ended.exit()).as(ended.err()).isZero();
    Map<String, List<Decision>> all = decisions();
    assertThat(all).hasSize(3);
    assertThat(beforeTheKill).isNotEmpty();
    beforeTheKill.forEach(
        (problem, made) ->
            assertThat(all.getOrDefault(problem, List.of()))
                .startsWith(made.toArray(Decision[]::new)));
    assertThat(all.values()).allMatch(made -> made.getLast().last());
    for (CotFinding finding : findings()) {
      long spent = all.getOrDefault(finding.problem().id(), List.of()).getLast().spent();
      assertThat(finding.rollouts()).isEqualTo(spent);
    }
  }

  /// A step of .5 is claimed; a smaller one need not be with 60 rollouts, but what is claimed
  /// holds.
  @Test
  void theGeneratorsDecisiveStepLiesInTheInterval() {
    List<CotFinding> findings = findings();
    ExactStudy exact;
    try (RunFolder opened = RunFolder.open(run)) {
      exact =
          ExactStudy.of(
              opened.settings(CotSettings::of).sampling(), findings, RunPrograms.of(opened).byId());
    }
    int known = 0;
    for (CotFinding finding : findings) {
      Optional<CurveStep> step = decisive(finding, exact);
      if (step.isPresent() && step.get().rise() >= .35) {
        WindowFinding found = WindowFinding.of(finding).orElseThrow();
        assertThat(found.claimed() || step.get().rise() < .5).isTrue();
        if (found.claimed()) {
          assertThat(found.window().place().interval().holds(step.get().kept() - .5)).isTrue();
          assertThat(found.window().place().probability()).isBetween(.9, 1.0);
          known++;
        }
      }
    }
    assertThat(known).isGreaterThanOrEqualTo(2);
  }

  private static Optional<CurveStep> decisive(CotFinding finding, ExactStudy exact) {
    return exact.of(finding).orElseThrow() instanceof ExactFinding.Drawn drawn
        ? drawn.decisive()
        : Optional.empty();
  }

  @Test
  void theTableAndThePageShowIntervalsBesideThePublishedRule() throws IOException {
    assertThat(ended.out())
        .contains("windows, rule", "windows, model", "at a false discovery rate of 5 %")
        .contains("decided (90 %)", "window by the rule", "rollouts");
    String page = Files.readString(run.resolve("report.html"));
    JsonNode data =
        JsonMapper.shared()
            .readTree(Objects.requireNonNull(Jsoup.parse(page).getElementById("data")).data());
    assertThat(data.get("model").get("problems").asInt()).isEqualTo(3);
    for (JsonNode problem : data.get("problems").values()) {
      JsonNode model = problem.get("model");
      assertThat(model.get("none").asDouble()).isBetween(0.0, 1.0);
      assertThat(model.get("curve").get(0).get(0).asInt()).isZero();
      assertThat(model.get("curve").values())
          .allMatch(
              at ->
                  at.get(2).asDouble() <= at.get(1).asDouble()
                      && at.get(1).asDouble() <= at.get(3).asDouble());
    }
  }

  @Test
  void showTellsWhyTheSearchWentAsItDid() {
    Map<String, List<Decision>> all = decisions();
    for (CotFinding finding : findings()) {
      String id = finding.problem().id();
      Cli why = Cli.run("show", run.toString(), "--why", id.substring(0, 8));
      assertThat(why.exit()).as(why.err()).isZero();
      Decision last = all.getOrDefault(id, List.of()).getLast();
      assertThat(why.out())
          .contains("problem " + id, "A coarse grid first", "same answer: 0 kept ")
          .contains("a window a chance of 0.80, a report of 0.50. So the report says:")
          .contains(last.move().reason() + ", after " + last.spent() + " rollouts.");
      assertThat(named(why.out())).isEqualTo(named(last.belief().orElseThrow()));
    }
    Cli none = Cli.run("show", run.toString(), "--why", "zz");
    assertThat(none.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(none.err()).contains("error: --why zz: no problem").contains("hint: ");
  }

  /// How many places a search names when it stops.
  private static long named(AdaptiveSearch.Belief last) {
    return last.noWindow() > .5 ? 0 : last.places().size();
  }

  private static long named(String story) {
    String stop = story.lines().filter(line -> line.contains("Stop: ")).findFirst().orElseThrow();
    return Pattern.compile("tokens? \\S+ \\([^)]+\\)").matcher(stop).results().count();
  }
}
