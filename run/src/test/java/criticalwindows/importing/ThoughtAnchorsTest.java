package criticalwindows.importing;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThoughtAnchorsTest {
  private static final String LAYOUT = "thought-anchors";
  private static final String SOLUTION =
      "First, 2 plus 2 is 4. Then 4 times 3 is 12.\\n\\nSo the answer is 12.";
  private static final String CHUNKS =
      "[\"First, 2 plus 2 is 4.\", \"Then 4 times 3 is 12.\", \"So the answer is 12.\"]";

  @TempDir Path folder;

  private Path problem(String name, String chunks) throws IOException {
    Path problem = folder.resolve("base").resolve(name);
    Imports.write(
        problem.resolve("problem.json"), "{\"problem\": \"(2+2)*3?\", \"gt_answer\": \"12\"}");
    Imports.write(
        problem.resolve("base_solution.json"),
        "{\"prompt\": \"P\", \"solution\": \""
            + SOLUTION
            + "\", \"answer\": \"12\", \"is_correct\": true}");
    Imports.write(problem.resolve("chunks.json"), "{\"chunks\": " + chunks + "}");
    return problem;
  }

  private static String rollout(String prefix, String text, String answer, boolean right) {
    return "{\"prefix_without_chunk\": \"%s\", \"rollout\": \"%s\", \"answer\": \"%s\", \"is_correct\": %s}"
        .formatted(prefix, text, answer, right);
  }

  private static void rollouts(Path problem, int sentence, String... all) throws IOException {
    Imports.write(
        problem.resolve("chunk_" + sentence).resolve("solutions.json"),
        "[" + String.join(", ", all) + "]");
  }

  private Path whole() throws IOException {
    Path problem = problem("problem_7", CHUNKS);
    rollouts(
        problem,
        0,
        rollout("", "It is 12.", "12", true),
        rollout("", "It is 10.", "10", false),
        rollout("", "It is ten.", "10", false),
        rollout("", "Hmm.", "", false));
    String first = "First, 2 plus 2 is 4.";
    rollouts(
        problem,
        1,
        rollout(first, " Then 12.", "12.0", true),
        rollout(first, " So 7.", "7", false),
        "{\"error\": \"no reply\"}",
        rollout("Second, 2 plus 2 is 4.", " So 7.", "7", false));
    rollouts(problem, 2, rollout(first + " Then 4 times 3 is 12.", " So 12.", "12", true));
    return folder.resolve("base");
  }

  @Test
  void rolloutsStandBeforeTheirSentence() throws IOException {
    Path run = Imports.run(Imports.asked(LAYOUT, whole()));
    // A token is a word: the first sentence has 6 of them, as has the second.
    assertThat(Imports.curve(run, "problem_7"))
        .containsExactly(
            "0: same 1/4 right 1/4", "6: same 1/2 right 1/2", "12: same 1/1 right 1/1");
    CotFinding finding = Imports.finding(run, "problem_7");
    assertThat(finding.original().text())
        .isEqualTo("First, 2 plus 2 is 4. Then 4 times 3 is 12.\n\nSo the answer is 12.");
    assertThat(finding.length()).isEqualTo(17);
    assertThat(finding.original().beginning(12))
        .isEqualTo("First, 2 plus 2 is 4. Then 4 times 3 is 12.");
    assertThat(finding.right()).isTrue();
    assertThat(finding.consistency().end())
        .hasValueSatisfying(e -> assertThat(e.position()).isEqualTo(18));
    // An answer that is written otherwise is right where the file says so; none is unread.
    assertThat(finding.levels().getFirst().resamples())
        .extracting(each -> each.outcome().show())
        .containsExactly("12", "10", "10", "unread: no outcome is recorded");
    assertThat(finding.levels().get(1).resamples())
        .extracting(each -> each.outcome().show())
        .containsExactly("12", "7");
  }

  @Test
  void theRunSaysWhatItIs() throws IOException {
    Import read = Import.read(Imports.asked(LAYOUT, whole()));
    assertThat(read.continuations()).isEqualTo(7);
    assertThat(read.notes())
        .containsExactly(
            "rollouts that failed, left out: 1",
            "rollouts that go on from other words than the response's own, left out: 1");
    try (RunFolder run =
        RunFolder.open(Imports.run(Imports.asked(LAYOUT, folder.resolve("base"))))) {
      assertThat(run.manifest().experiment()).isEqualTo("import");
      assertThat(run.manifest().subject().name()).isEqualTo("an unknown model");
      assertThat(run.manifest().provenance().get("imported from"))
          .matches("thought-anchors files with SHA-256 [0-9a-f]{64}");
      assertThat(run.manifest().settings().texts("outcomes")).containsExactly(Outcomes.RECORDED);
      assertThat(run.manifest().settings().integer("samples")).isEqualTo(4);
      assertThat(run.manifest().settings().text("texts")).isEqualTo("known");
    }
  }

  @Test
  void theHashIsOfAllFiles() throws IOException {
    Path base = whole();
    String before = hash(Imports.run(Imports.asked(LAYOUT, base)));
    Path same = Files.move(folder.resolve("base-run"), folder.resolve("one"));
    assertThat(hash(Imports.run(Imports.asked(LAYOUT, base))))
        .isEqualTo(before)
        .isEqualTo(hash(same));
    Files.move(folder.resolve("base-run"), folder.resolve("two"));
    rollouts(base.resolve("problem_7"), 2, rollout("", "", "12", true));
    assertThat(hash(Imports.run(Imports.asked(LAYOUT, base)))).isNotEqualTo(before);
  }

  private static String hash(Path folder) {
    try (RunFolder run = RunFolder.open(folder)) {
      return String.valueOf(run.manifest().provenance().get("imported from"));
    }
  }

  @Test
  void aSentenceWithoutRolloutsIsNoPlace() throws IOException {
    Path problem = problem("problem_7", CHUNKS);
    rollouts(problem, 0, rollout("", "12", "12", true));
    rollouts(problem, 1);
    Path run = Imports.run(Imports.asked(LAYOUT, folder.resolve("base")));
    assertThat(Imports.curve(run, "problem_7")).containsExactly("0: same 1/1 right 1/1");
    assertThat(Import.read(Imports.asked(LAYOUT, folder.resolve("base"))).notes())
        .containsExactly("sentences without rollouts: 2");
  }

  @Test
  void sentencesThatAreNotInTheTextAreShownAsTheyAre() throws IOException {
    Path problem = problem("problem_7", "[\"Alpha one.\", \"Beta two.\"]");
    rollouts(problem, 1, rollout("Alpha one.", " Gamma.", "12", true));
    Path run = Imports.run(Imports.asked(LAYOUT, folder.resolve("base")));
    assertThat(Imports.finding(run, "problem_7").original().text())
        .isEqualTo("Alpha one. Beta two.");
    assertThat(Imports.curve(run, "problem_7")).containsExactly("2: same 1/1 right 1/1");
  }

  @Test
  void aRightAnswerThatIsRecordedAsWrongIsNoRightOne() throws IOException {
    Path problem = problem("problem_7", CHUNKS);
    rollouts(problem, 0, rollout("", "12", "12", false), rollout("", "12", "12", true));
    Path run = Imports.run(Imports.asked(LAYOUT, folder.resolve("base")));
    assertThat(Imports.curve(run, "problem_7")).containsExactly("0: same 1/2 right 1/2");
  }

  @Test
  void problemsComeInTheOrderOfTheirNumbersAndBrokenOnesAreSaid() throws IOException {
    rollouts(problem("problem_10", CHUNKS), 0, rollout("", "12", "12", true));
    rollouts(problem("problem_9", CHUNKS), 0, rollout("", "12", "12", true));
    Imports.write(
        folder.resolve("base/problem_8/base_solution.json"),
        "{\"solution\": \"Error: 500\", \"error\": \"500\"}");
    Files.createDirectories(folder.resolve("base/problem_11"));
    Import.Asked asked = Imports.asked(LAYOUT, folder.resolve("base"));
    try (RunFolder run = RunFolder.open(Imports.run(asked))) {
      assertThat(run.ledger().problems())
          .extracting(problem -> problem.id())
          .isEqualTo(List.of("problem_9", "problem_10"));
    }
    assertThat(Import.read(asked).notes())
        .contains("folders without a response, left out: 1", "sentences without rollouts: 4");
  }

  @Test
  void oneProblemCanBeNamedAlone() throws IOException {
    Path run = Imports.run(Imports.asked(LAYOUT, whole().resolve("problem_7")));
    assertThat(Imports.curve(run, "problem_7")).hasSize(3);
  }

  @Test
  void whatIsNoSuchFolderIsRefused() throws IOException {
    Path base = whole();
    Imports.refused(
        Imports.asked(LAYOUT, folder), "has no folder problem_N", "name the folder that has them");
    Imports.refused(Imports.asked(LAYOUT, folder.resolve("no")), "is not there", "name the folder");
    Imports.refused(
        Imports.asked(LAYOUT, base.resolve("problem_7/chunks.json")),
        "is no folder",
        "name the folder");
    Imports.refused(
        Imports.asked(LAYOUT, folder.resolve("correct_base_solution_forced_answer")),
        "has forced answers",
        "without forced_answer in its name");
  }

  @Test
  void filesOfAnotherShapeAreRefused() throws IOException {
    Path base = whole();
    Path problem = base.resolve("problem_7");
    Imports.write(problem.resolve("chunk_1/solutions.json"), "[{\"answer\": \"1\"}");
    Imports.refused(Imports.asked(LAYOUT, base), "solutions.json is no JSON", "may be cut off");
    Imports.write(problem.resolve("chunk_1/solutions.json"), "{\"answer\": \"1\"}");
    Imports.refused(Imports.asked(LAYOUT, base), "solutions.json is no array", "cw import --help");
    Imports.write(
        problem.resolve("chunk_1/solutions.json"), "[{\"answer\": \"1\", \"is_correct\": 3}]");
    Imports.refused(
        Imports.asked(LAYOUT, base), "number 1: is_correct is not true or false", "cw import");
    Files.delete(problem.resolve("chunks.json"));
    Imports.refused(
        Imports.asked(LAYOUT, base), "chunks_labeled.json is not there", "cw import --help");
  }

  @Test
  void responsesWithoutAnyRolloutAreRefused() throws IOException {
    problem("problem_7", CHUNKS);
    Imports.refused(
        Imports.asked(LAYOUT, folder.resolve("base")),
        "has responses and no rollouts",
        "name the files with rollouts");
  }
}
