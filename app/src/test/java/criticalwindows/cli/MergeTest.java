package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.localise.Move;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private void run(String name, Map<String, String> provenance, List<Decision> decisions) {
    Manifest manifest =
        new Manifest(
            provenance.isEmpty() ? "cot" : "form",
            new Manifest.ModelFile("toy", "toy", ""),
            "toy",
            1,
            new CotSettings(CutPlan.parse("0"), 2, Sampling.PLAIN, 40, 11),
            "the test",
            PromptSet.standard(),
            provenance,
            List.of());
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

  @ParameterizedTest
  @CsvSource({"form texts, 3, 4", "form choices, cat/red, cat/blue", "form choices, '', cat/red"})
  void formsThatWereToldOtherThingsAreNotMerged(String what, String one, String two) {
    Map<String, String> told = new TreeMap<>(Map.of("form texts", "3", "form choices", "a/b"));
    told.put(what, one);
    run("one", told, List.of());
    told.put(what, two);
    run("two", told, List.of());
    refused(
        at("two") + " has another " + what + " than " + at("one"),
        "merge only runs that were begun with the same options");
  }

  @Test
  void twoSearchesOfOneProblemAreNotMerged() {
    String problem = Problem.of("toy", "logic", "Which leaf?", List.of(), "27").id();
    List<Decision> ended =
        List.of(new Decision(problem, 1, 0, Optional.empty(), new Move.Stop("no window")));
    run("one", Map.of(), ended);
    run("two", Map.of(), ended);
    refused(
        "the problem " + problem + " was searched in " + at("one") + " and in " + at("two"),
        "leave one of the two out");
  }
}
