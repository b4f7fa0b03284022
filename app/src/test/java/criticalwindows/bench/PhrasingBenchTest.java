package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The phrasings of `cw bench grading`, on questions written by us.
class PhrasingBenchTest {
  private static final List<Problem> PROBLEMS =
      List.of(
          problem("an owl", "a hen", "a fox and an owl", "none of these"),
          problem("12", "12.5", "-12", "1/2", "120"),
          problem("I only", "I and II", "II and III", "I, II, and III"),
          problem("Not right, Right", "Right, Right", "Right, Not right", "Not right, Not right"),
          problem("$20", "$35", "$40"),
          problem("A tall mast", "B. K. Miller wrote it.", "C-shaped", "the tall mast of a ship"),
          problem("x + 2", "x - 2", "2x", "\\frac{x}{2}"),
          problem("It is cold.", "So it is warm.", "The answer is unknown.", "Is it wet?"),
          problem("Yes", "No"),
          problem("red", "blue", "red and blue", "10%", "10", "a", "the", "option", "nine"));

  private static Problem problem(String... texts) {
    List<Choice> choices = new ArrayList<>();
    for (String text : texts) {
      choices.add(new Choice(String.valueOf((char) ('A' + choices.size())), text));
    }
    return Problem.of("ours", "logic", "Which?", choices, "A");
  }

  @Test
  void aReplyThatNamesOneChoiceIsReadAsThatChoiceInEveryPhrasing() {
    PhrasingBench bench = PhrasingBench.of(PROBLEMS, Grader.STANDARD);
    assertThat(bench.rows()).hasSizeGreaterThanOrEqualTo(25);
    assertThat(bench.other()).as(bench.text()).isZero();
    assertThat(bench.meant()).as(bench.text()).isEqualTo(bench.replies());
    assertThat(bench.replies()).isGreaterThan(500);
  }

  @Test
  void aPhrasingIsFilledInAndLeftOutWhereItNamesTwoChoices() {
    Problem problem = problem("an owl", "Owl.", "a hen");
    assertThat(Phrasings.reply("({W}) no. \\boxed{{L}} {T}", problem, 2))
        .isEqualTo("(A) no. \\boxed{C} a hen");
    assertThat(Phrasings.reply("{O}\n{L}", problem, 0))
        .isEqualTo("(A) an owl\n(B) Owl.\n(C) a hen\nA");
    assertThat(Phrasings.names("It is {T}", problem, 0)).isFalse();
    assertThat(Phrasings.names("It is {T}", problem, 2)).isTrue();
    assertThat(Phrasings.names("It is {L} {T}", problem, 0)).isTrue();
  }
}
