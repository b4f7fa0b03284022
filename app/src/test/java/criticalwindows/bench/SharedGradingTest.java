package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cli.Cli;
import criticalwindows.grade.Grader;
import criticalwindows.math.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How answers are read and compared, on real cases; needs ../shared/data.
@Tag("shared")
class SharedGradingTest {
  @Test
  void weAgreeWithOtherSuitesWhereTheyAgreeWithEachOther() throws IOException {
    Path grading = Cli.sharedData().resolve("grading");
    List<GradingCases.Judged> pairs = judge(grading.resolve("grader_cases.jsonl"));
    List<GradingCases.Judged> responses = judge(grading.resolve("grader_cases_responses.jsonl"));
    Files.createDirectories(Path.of("target"));
    Files.writeString(
        Path.of("target", "grading.txt"), GradingCommand.text(pairs, responses, golds()));

    assertThat(plain(pairs)).hasSize(194);
    assertThat(plain(responses)).hasSize(82);
    assertThat(differing(pairs)).containsExactly("g0225");
    assertThat(differing(responses)).containsExactly("r0102", "r0164");
    assertThat(
            responses.stream()
                .filter(GradingCases.Judged::equal)
                .filter(GradingCases.Judged::unread)
                .map(GradingCases.Judged::id))
        .containsExactly("r0102");
  }

  @Test
  void aRoundingPolicySettlesTheCasesOfTolerance() {
    Path cases = Cli.sharedData().resolve("grading").resolve("grader_cases.jsonl");
    Grader rounding = new Grader(Policies.parse("digits=4"));
    assertThat(GradingCases.judge(cases, rounding))
        .filteredOn(judged -> judged.tags().contains("tolerance"))
        .filteredOn(GradingCases.Judged::agrees)
        .hasSizeGreaterThan(10);
  }

  @Test
  void everyAnswerOfMath500IsReadFromItsSolutionAndEqualsOnlyWhatItIs() {
    GradingCommand.MathGolds golds = golds();
    assertThat(golds.problems()).isEqualTo(500);
    assertThat(golds.read()).isEqualTo(500);
    assertThat(golds.merged().stream().map(TreeSet::toString))
        .containsExactlyInAnyOrder(
            "[90, 90^\\circ]",
            "[5, x=5]",
            "[-2,1, 1,-2]",
            "[120, 120^\\circ]",
            "[36, 36^\\circ, \\$36]",
            "[\\frac14, \\frac{1}{4}]",
            "[30, 30^\\circ]",
            "[10,\\!080, 10080]",
            "[15, 15\\mbox{ cm}^2]",
            "[2 \\sqrt{5}, 2\\sqrt{5}]");
  }

  @Test
  void theCommandPrintsTheNumbersAndWritesEveryDisagreement() throws IOException {
    Path report = Files.createTempFile("grading", ".txt");
    Cli result =
        Cli.run(
            "bench",
            "grading",
            "--data",
            Cli.sharedData().toString(),
            "--report",
            report.toString());
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("193 of 194 (0.995)", "80 of 82 (0.976)", "500 of 500")
        .contains("by first match", "59 of 82");
    assertThat(report).content().contains("g0225", "r0102", "r0164").doesNotContain("a fault");
    Files.delete(report);
  }

  private static List<GradingCases.Judged> judge(Path file) {
    return GradingCases.judge(file, Grader.STANDARD);
  }

  private static GradingCommand.MathGolds golds() {
    return GradingCommand.MathGolds.read(
        Cli.sharedData().resolve("math").resolve("math500.jsonl"), Grader.STANDARD);
  }

  private static List<GradingCases.Judged> plain(List<GradingCases.Judged> cases) {
    return cases.stream().filter(judged -> !judged.tagged()).toList();
  }

  private static List<String> differing(List<GradingCases.Judged> cases) {
    return plain(cases).stream()
        .filter(judged -> !judged.agrees())
        .map(GradingCases.Judged::id)
        .toList();
  }
}
