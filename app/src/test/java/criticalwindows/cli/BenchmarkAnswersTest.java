package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.rollout.Replies;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Benchmarks from their files to what the built-in model's answers are read as. They are poor
/// answers; but none is misread, and each that is not read has its reason.
class BenchmarkAnswersTest {
  private static final String AQUA =
      """
      {"question":"Ann has 2 nets and buys 3. How many has she?","options":["A)4","B)5","C)6","D)7","E)8"],"rationale":"2 + 3 = 5","correct":"B"}
      {"question":"A train goes 120 km in 2 hours. How fast is it, in km/h?","options":["A)30","B)40","C)50","D)60","E)None of these"],"rationale":"120 / 2 = 60","correct":"D"}
      """;

  private static final String MATH =
      """
      {"problem":"What is $2+3$?","solution":"It is $\\\\boxed{5}$.","answer":"5","subject":"Prealgebra","level":1,"unique_id":"test/prealgebra/1.json"}
      {"problem":"Compute $\\\\frac{1}{2} + \\\\frac{1}{3}$.","solution":"It is $\\\\boxed{\\\\frac{5}{6}}$.","answer":"\\\\frac{5}{6}","subject":"Prealgebra","level":1,"unique_id":"test/prealgebra/2.json"}
      """;

  /// How the built-in model states an answer, read without the product's own rules.
  private static final Pattern STATED = Pattern.compile("answer is [$(]*([^$()]+?)[$).]*(?:\\s|$)");

  @TempDir Path folder;

  @Test
  void answersToChoicesAreReadAsTheyAreStated() throws IOException {
    Path file = Files.writeString(folder.resolve("test.json"), AQUA);
    assertNoneMisread(run("aqua:" + file, 2));
  }

  @Test
  void answersInNumbersAreReadAsTheyAreStated() throws IOException {
    Path file = Files.writeString(folder.resolve("test.jsonl"), MATH);
    assertNoneMisread(run("math:" + file, 2));
  }

  @Test
  @Tag("shared")
  void soAreThoseToTheRealBenchmarks() {
    Path data = Cli.sharedData();
    assertNoneMisread(run("aqua:" + data.resolve("aqua_rat/test.json"), 4));
    assertNoneMisread(run("math:" + data.resolve("math/math500.jsonl"), 4));
  }

  private Path run(String dataset, int problems) {
    Path run = folder.resolve(dataset.substring(0, 4));
    List<String> words = new ArrayList<>(List.of("run", "cot", "--dataset", dataset));
    words.addAll(List.of("--problems", "" + problems, "--samples", "2", "--cuts", ".1,.5"));
    words.addAll(List.of("--threads", "1", "--memory", "480M", "--out", run.toString()));
    Cli done = Cli.run(words.toArray(String[]::new));
    assertThat(done.exit()).as(done.err()).isZero();
    Cli audit = Cli.run("audit", run.toString(), "--all");
    assertThat(audit.exit()).as(audit.err()).isZero();
    assertThat(audit.out()).startsWith(8 * problems + " answers by class\n");
    return run;
  }

  private static void assertNoneMisread(Path folder) {
    List<String> read = new ArrayList<>();
    try (RunFolder run = RunFolder.open(folder)) {
      run.ledger()
          .forEachReplies(
              (problem, replies) ->
                  replies.replies().forEach(reply -> read.add(assertRead(problem, reply))));
    }
    assertThat(read).contains("read");
  }

  private static String assertRead(Problem problem, Replies.Reply reply) {
    Answer answer = Grader.STANDARD.of(problem, reply.finish(), reply.text()).answer();
    Optional<String> stated =
        STATED.matcher(reply.text()).results().reduce((a, b) -> b).map(BenchmarkAnswersTest::said);
    if (answer instanceof Answer.CutOff) {
      assertThat(reply.finish()).isEqualTo(FinishReason.LENGTH);
      return "cut off";
    }
    if (!answer.readable()) {
      assertThat(stated).as(reply.text()).isEmpty();
      assertThat(answer.show()).isNotBlank();
      return "unread";
    }
    String shown = answer.show().replaceAll("[()]", "");
    if (stated.isPresent()) {
      assertThat(shown).as(reply.text()).isEqualTo(stated.get());
    } else { // in other words: what is read stands in the text, as a label or by what it says
      Stream<String> said =
          problem.choices().stream().filter(c -> c.label().equals(shown)).map(Choice::text);
      assertThat(reply.text()).containsAnyOf(shown, said.findFirst().orElse(shown));
    }
    return "read";
  }

  private static String said(MatchResult match) {
    return match.group(1);
  }
}
