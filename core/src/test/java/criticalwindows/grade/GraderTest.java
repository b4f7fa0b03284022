package criticalwindows.grade;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraderTest {
  private static final Problem CHOICE =
      Problem.of(
          "mine",
          "logic",
          "Which?",
          List.of(
              new Choice("A", "a fox"),
              new Choice("B", "an owl"),
              new Choice("C", "a hen"),
              new Choice("D", "a cat")),
          "D");
  private static final Problem NUMBER = Problem.of("mine", "math", "How many?", List.of(), "42");
  private static final Problem WORD = Problem.of("mine", "math", "Who?", List.of(), "\\text{Anna}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I think the right answer is C | C | STATEMENT",
        "It's not A because that makes no sense, so I think it's B | B | CHOSEN",
        "The answer is for sure D, it can't be A or B | D | STATEMENT",
        "The answer: D, not A or B | D | STATEMENT",
        "D. It can't be A or B, since a fox has no feathers, and an owl is no hen | D | LEAD",
        "D是对的。不是 A 也不是 B 也不是 C ，因为狐狸没有羽毛，猫头鹰不是母鸡，其他的都不对，所以只有这个是可能的，没有别的可能，我们都看过了 | D | CHOSEN",
        "Option A is wrong, so the answer is D | D | STATEMENT",
        "The answer is not (A) but (C) | C | STATEMENT",
        "We rule out A. We rule out B. Not C either. What stays is (D), which fits all. | D |"
            + " ONLY",
        "Only (C) has feathers and lays eggs in a hen house, while the others do neither of them. |"
            + " C | ONLY",
        "<answer>B</answer> | B | TAG",
        "So \\boxed{\\text{(C)}}. | C | BOX",
        "**B** | B | WHOLE",
        "la réponse est C non A | C | STATEMENT",
      })
  void aChoiceIsReadFromAWholeResponse(String text, String label, Rule rule) {
    Reading reading = Grader.STANDARD.read(CHOICE, text);
    assertThat(reading.answer()).isEqualTo(new Answer.Label(label));
    assertThat(reading.rule()).contains(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<answer> 84 </answer> | 84 | TAG",
        "So $x=\\boxed{7}$. | 7 | BOX",
        "\\boxed{1} and \\boxed{2} | 1 , 2 | BOX",
        "We try \\boxed{1}, which fails. We try again and find the one and only \\boxed{2} | 2 |"
            + " BOX",
        "The answer is $28 \\%$. I hope it is right. | 28 | STATEMENT",
        "#### 1,234 | 1234 | STATEMENT",
        "Final answer: the largest of all $n$ is 34. | 34 | ANNOUNCED",
        "Answer: Anna still has 3 hens left. | 3 | ANNOUNCED",
        "She sells 3 of 10, so that 10 - 3 = 7 hens are left. | 7 | LAST",
        "We find that $x \\lt 3$. | $x \\lt 3$ | LAST",
        "How many $? Just about 1$ | 1 | LAST",
        "$[0,1)$ | [0,1) | WHOLE",
      })
  void aValueIsReadFromAWholeResponse(String text, String shown, Rule rule) {
    Reading reading = Grader.STANDARD.read(NUMBER, text);
    Answer meant = Grader.STANDARD.form(shown);
    assertThat(reading.answer().same(meant)).as(reading.toString()).isTrue();
    assertThat(reading.rule()).contains(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The answer is Anna. | Anna",
        "The answer is **anna** | Anna",
        "\\boxed{\\text{Anna}} | Anna",
      })
  void wordsAreAnAnswerWhereWordsAreAskedFor(String text, String name) {
    Answer read = Grader.STANDARD.read(WORD, text).answer();
    assertThat(read.same(Grader.STANDARD.form(name))).isTrue();
    assertThat(Grader.STANDARD.gold(WORD).same(read)).isTrue();
  }

  @Test
  void aFormulaThatIsBrokenIsNotReadInParts() {
    assertThat(Grader.STANDARD.read(NUMBER, "So it is $ \n 9 \n $").answer())
        .isEqualTo(new Answer.Unread("a formula broken over lines"));
  }

  @Test
  void theFirstMatchMakesThePublishedMistakes() {
    assertThat(FirstMatch.read(CHOICE, Grader.STANDARD, "Option A is wrong, so the answer is D"))
        .isEqualTo(new Answer.Label("A"));
    assertThat(FirstMatch.read(CHOICE, Grader.STANDARD, "The answer is not (A) but (C)").readable())
        .isFalse();
    assertThat(FirstMatch.read(NUMBER, Grader.STANDARD, "The answer is 3.14").show())
        .isEqualTo("3");
    assertThat(FirstMatch.read(NUMBER, Grader.STANDARD, "The answer is 1,234").show())
        .isEqualTo("1");
  }

  @Test
  void anAuditCountsHowAnswersWereReadAndWhereASecondReadingDiffers() {
    Audit audit = new Audit(Grader.STANDARD);
    for (String text :
        List.of("The answer is 3.14.", "The answer is 7.", "\\boxed{7}", "I see.", "\\boxed{7")) {
      Reading reading = Grader.STANDARD.read(NUMBER, text);
      audit.add(NUMBER, new Audit.Entry("here", text, reading, 1));
    }
    assertThat(audit.readings()).isEqualTo(5);
    assertThat(audit.classes())
        .containsEntry("number", 3)
        .containsEntry("unread: no answer stated", 1)
        .containsEntry("unread: a box that does not close", 1);
    assertThat(audit.rules())
        .containsEntry("STATEMENT", 2)
        .containsEntry("BOX", 2)
        .containsEntry("none", 1);
    assertThat(audit.examples("BOX")).hasSize(2);
    assertThat(audit.unread()).extracting(Audit.Entry::text).containsExactly("I see.", "\\boxed{7");
    assertThat(audit.differences())
        .singleElement()
        .satisfies(difference -> assertThat(difference.second().show()).isEqualTo("3"));
  }

  @Test
  void theReasoningIsOverWhereItSaysSoOrWhereTheAnswerIsStated() {
    assertThat(Grader.reasoned("<think>2 and 2</think>The answer is 4.")).hasValue(22);
    assertThat(Grader.reasoned("2 and 2 is 4. The answer is 4.")).hasValue(18);
    assertThat(Grader.reasoned("The answer is 5. No: the answer is 4.")).hasValue(25);
    assertThat(Grader.reasoned("2 and 2")).isEmpty();
  }
}
