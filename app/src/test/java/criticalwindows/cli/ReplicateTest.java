package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cw replicate` on a study of our own: two parts of the world and the smallest built-in model.
class ReplicateTest {
  private static final String STUDY =
      """
      {"study": "a study of ours", "model": "another", "problems": 3, "samples": 2,
       "cuts": "0,0.5", "temperature": 1, "topP": 1,
       "datasets": [
         {"dataset": "world:method", "accuracyDifference": 0.4, "windowDifference": -0.2},
         {"dataset": "world:syllogism"}]}
      """;

  @TempDir Path folder;

  private Cli replicate(String study, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("study.json"), study);
    String[] all = new String[6 + more.length];
    System.arraycopy(
        new String[] {
          "replicate", file.toString(), "--model", "small-base", "--out", folder + "/runs"
        },
        0,
        all,
        0,
        6);
    System.arraycopy(more, 0, all, 6, more.length);
    return Cli.run(all);
  }

  @Test
  void eachDataSetIsARunAndStandsBesideWhatWasPublished() throws IOException {
    Cli begun = replicate(STUDY, "--problems", "1", "--", "--budget", "1-rollouts");
    assertThat(begun.exit()).as(begun.err()).isZero();
    assertThat(begun.out()).contains("differs: world:syllogism: 0 problems have a response");

    Cli whole = replicate(STUDY, "--problems", "1");
    assertThat(whole.exit()).as(whole.err()).isZero();
    assertThat(whole.out())
        .startsWith("Replication of a study of ours\n")
        .contains("differs: the model is small-base; published: another")
        .contains("differs: problems of each data set: 1; published: 3")
        .containsPattern("world:method +[01] +.* \\+0.40.* −0.20")
        .containsPattern("world:syllogism +[01] .* – ")
        .containsPattern("ΔAcc:\\s+share\\s+of\\s+right\\s+answers\\s+without\\s+a\\s+window");
    assertThat(whole.out()).doesNotContain("have a response");
    for (String run : new String[] {"world-method", "world-syllogism"}) {
      Cli shown = Cli.run("show", folder + "/runs/" + run);
      assertThat(shown.exit()).as(shown.err()).isZero();
    }
    assertThat(replicate(STUDY, "--problems", "1").out()).isEqualTo(whole.out());
    replicate(STUDY, "--problems", "3").assertUserError("other numbers", "another --out");
  }

  @Test
  void thePapersSettingsAreRead() {
    PublishedStudy paper = PublishedStudy.read(PublishedStudy.PAPER);
    assertThat(paper.datasets()).hasSize(7).containsKey("truthfulqa");
    assertThat(paper.problems()).isEqualTo(400);
    assertThat(Cli.run("datasets").out().lines().map(line -> line.replaceAll(" .*", "")).toList())
        .containsAll(paper.datasets().keySet());
  }

  @Test
  void whatIsNoStudyHasItsMend() throws IOException {
    replicate("{").assertUserError("is no study", "its fields are study");
    replicate("{}").assertUserError("it has no datasets", "its fields are study");
    replicate(STUDY.replace("\"samples\": 2", "\"samples\": 0"))
        .assertUserError("0 samples", "its fields");
    replicate(STUDY.replace("world:syllogism", "world:method"))
        .assertUserError("a data set is there twice", "its fields");
    replicate(STUDY.replace("world:method", "nowhere")).assertUserError("nowhere", "world");
    Cli.run("replicate", "none.json", "--model", "base", "--out", folder + "/none")
        .assertUserError("none.json cannot be read", "or paper");
  }
}
