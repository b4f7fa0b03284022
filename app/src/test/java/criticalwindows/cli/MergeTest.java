package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.form.FormSettings;
import criticalwindows.localise.Move;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Settings;
import criticalwindows.search.Decision;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubServer;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MergeTest {
  @TempDir Path folder;

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static void done(Cli cli) {
    assertThat(cli.exit()).as(cli.err()).isZero();
  }

  private Map<String, List<Decision>> decisions(String name) {
    try (RunFolder run = RunFolder.open(folder.resolve(name))) {
      return run.decisions().byProblem();
    }
  }

  private void search(String url, String shard, String name) {
    done(
        Cli.run(
            "run",
            "cot",
            "--model",
            url,
            "--adaptive",
            "--rollouts-per-problem",
            "30",
            "--problems",
            "4",
            "--max-tokens",
            "40",
            "--shard",
            shard,
            "--out",
            at(name)));
  }

  @Test
  void aMergedSearchHasTheDecisionsOfAllAndHasEnded() throws IOException {
    try (StubServer stub = StubServer.start(StubOptions.instant().stopping(30))) {
      String url = stub.address().toString();
      search(url, "1/2", "one");
      search(url, "2/2", "two");
      Files.createDirectory(folder.resolve("two/intervene-0123"));
      Cli merged = Cli.run("merge", at("one"), at("two"), "--out", at("whole"));
      done(merged);
      assertThat(merged.err())
          .contains("note: 1 intervention stays in " + at("two"))
          .doesNotContain("stays in " + at("one"));

      Map<String, List<Decision>> all = new TreeMap<>(decisions("one"));
      all.putAll(decisions("two"));
      assertThat(all).hasSize(4);
      assertThat(new TreeMap<>(decisions("whole"))).isEqualTo(all);
      for (String problem : all.keySet()) {
        Cli show = Cli.run("show", at("whole"), "--why", problem);
        done(show);
        assertThat(show.out()).doesNotContain("has not ended yet");
      }
      done(Cli.run("resume", at("whole"), "--trust-servers"));
      assertThat(new TreeMap<>(decisions("whole"))).isEqualTo(all);
    }
  }

  private static Settings cot() {
    return new CotSettings(CutPlan.parse("0"), 2, Sampling.PLAIN, 40, 11).asData();
  }

  private void run(String name, String experiment, Settings settings, List<Decision> decisions) {
    Manifest manifest =
        Manifest.of(
            experiment,
            settings,
            new Manifest.ModelFile("toy", "toy", ""),
            new Manifest.Items("toy", 1));
    Problem problem = Problem.of("toy", "logic", "Which leaf?", List.of(), "27");
    try (RunFolder run = RunFolder.create(folder.resolve(name), manifest, List.of(problem))) {
      run.decisions().append(decisions);
    }
  }

  private void refused(String error, String hint) {
    Cli merged = Cli.run("merge", at("one"), at("two"), "--out", at("whole"));
    assertThat(merged.exit()).isEqualTo(2);
    assertThat(merged.err()).contains("error: " + error, "hint: " + hint);
    assertThat(folder.resolve("whole")).doesNotExist();
  }

  private static Settings form(int texts, String... choices) {
    return new FormSettings(texts, 2, Sampling.PLAIN, 40, List.of(choices), 11).asData();
  }

  private static Stream<Arguments> formsToldOtherThings() {
    return Stream.of(
        Arguments.of("texts", form(3, "a", "b"), form(4, "a", "b")),
        Arguments.of("choices", form(3, "cat", "red"), form(3, "cat", "blue")),
        Arguments.of("choices", form(3), form(3, "cat", "red")));
  }

  @ParameterizedTest
  @MethodSource("formsToldOtherThings")
  void formsThatWereToldOtherThingsAreNotMerged(String what, Settings one, Settings two) {
    run("one", "form", one, List.of());
    run("two", "form", two, List.of());
    refused(
        at("two") + " has another setting " + what + " than " + at("one"),
        "merge only runs that were begun with the same options");
  }

  @Test
  void twoSearchesOfOneProblemAreNotMerged() {
    String problem = Problem.of("toy", "logic", "Which leaf?", List.of(), "27").id();
    List<Decision> ended =
        List.of(new Decision(problem, 1, 0, Optional.empty(), new Move.Stop("no window")));
    run("one", "cot", cot(), ended);
    run("two", "cot", cot(), ended);
    refused(
        "the problem " + problem + " was searched in " + at("one") + " and in " + at("two"),
        "leave one of the two out");
  }
}
