package criticalwindows.grade;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
  private static final Problem CHOICE =
      Problem.of(
          "mine",
          "logic",
          "Which?",
          List.of(
              new Choice("A", "a fox"),
              new Choice("B", "an owl"),
              new Choice("C", "a fox and an owl"),
              new Choice("D", "None of these")),
          "D");
  private static final Problem NUMBER = Problem.of("mine", "math", "How many?", List.of(), "42");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The answer is (B). | B",
        "The answer is B | B",
        "The answer is: **C** | C",
        "the answer is option d. | D",
        "**C** | C",
        "(A) | A",
        "B. | B",
        "The answer is \\boxed{C}. | C",
        "So we get \\boxed{\\text{B}} | B",
        "Option A is wrong, so the answer is D. | D",
        "The answer is not (A) but (C). | C",
        "The answer is (A). Wait, that is wrong. The answer is (B). | B",
        "The answer is (B). So the answer is not (A). | B",
        "The answer is an owl. | B",
        "The answer is a fox and an owl. | C",
        "The correct answer is \"None of these\". | D",
        "We check the options: (A) a fox, no. (B) an owl, yes. The answer is (B). | B",
        "Answer: C | C",
      })
  void aChoiceIsReadFromWhatIsSaidLast(String text, String label) {
    assertThat(Answers.read(CHOICE, text)).isEqualTo(new Answer.Label(label));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The answer is $42$. | 42",
        "The answer is 3.14. | 3.14",
        "The answer is 1,234. | 1234",
        "The answer is −2. | -2",
        "The answer is $-7$ | -7",
        "The answer is $1{,}234$. | 1234",
        "\\boxed{42} | 42",
        "42 | 42",
        "The answer is 42.0 | 42",
        "The answer is 17. No: the answer is 42. | 42",
        "The answer is .5. | 0.5",
        "The answer is 12 apples. | 12",
        "The answer is 007 | 7",
        "The answer is 0.00 | 0",
        "The answer is 1/2. | 0.5",
        "The answer is 50 %. | 50",
        "The answer is 1,23. | 1.23",
        "The answer is 10^5 | 100000",
        "The answer is $\\frac{1}{2}$. | 0.5",
        "The answer is $\\frac13$, as it must be. | 1/3",
        "The answer is $5\\text{ cm}$. | 5",
        "The answer is 3 or 4. | 3 or 4",
        "The answer is 2x + 1. | 2x + 1",
        "The answer is $[0, 1)$. | [0, 1)",
        "The answer is unclear. The answer is 7. I hope this answer is clear. | 7",
      })
  void aNumberIsReadWhole(String text, String value) {
    assertThat(Answers.read(NUMBER, text).show()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The answer is forty. | states no number",
        "The answer is 3 apples in 4 bags. | not a plain number",
        "The answer is \\boxed{42 | a box that does not close",
        "We think about it. | no answer stated",
        "The answer is not 5. | no answer stated",
        "'' | empty",
      })
  void aNumberThatIsNotPlainSaysWhyAndIsNotGuessed(String text, String why) {
    assertThat(Answers.read(NUMBER, text)).isEqualTo(new Answer.Unread(why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The answer is (E). | names no choice of this problem",
        "The answer is a cat. | states no choice",
        "The answer is not (A). | no answer stated",
        "A long walk through all the options that never comes to any end at all | no answer stated",
      })
  void aChoiceThatIsNoneSaysWhy(String text, String why) {
    assertThat(Answers.read(CHOICE, text)).isEqualTo(new Answer.Unread(why));
  }

  @Test
  void aRefusalIsAClassOfItsOwn() {
    assertThat(Answers.read(CHOICE, "I'm sorry, but I can't help with that."))
        .isEqualTo(new Answer.Refused());
    assertThat(Answers.read(CHOICE, "I'm sorry for the delay. The answer is (B)."))
        .isEqualTo(new Answer.Label("B"));
  }

  @Test
  void aResponseThatWasCutOffHasNoAnswer() {
    assertThat(Answers.of(NUMBER, FinishReason.LENGTH, "The answer is $42$."))
        .isEqualTo(new Answer.CutOff());
  }

  @Test
  void whatIsNoAnswerEqualsNothingItselfIncluded() {
    for (Answer none :
        List.of(new Answer.Unread("empty"), new Answer.CutOff(), new Answer.Refused())) {
      assertThat(none.same(none)).isFalse();
    }
  }

  @Test
  void withoutARightAnswerRepliesAreReadAndNoneIsRight() {
    Problem open = Problem.open("mine", "math", "How many?");
    assertThat(Answers.gold(open)).isEqualTo(new Answer.Unread("no right answer is known"));
    Answer said = Answers.read(open, "The answer is $42$.");
    assertThat(said.same(Answers.read(open, "It is 42.0."))).isTrue();
    assertThat(said.same(Answers.gold(open))).isFalse();
  }

  @Test
  void numbersAreOneClassHoweverTheyAreWritten() {
    assertThat(Answers.read(NUMBER, "The answer is 42.00").same(Answers.gold(NUMBER))).isTrue();
    assertThat(Answers.gold(NUMBER).same(Answers.read(NUMBER, "The answer is 42.00"))).isTrue();
    assertThat(new Answer.Label("42").same(Answers.gold(NUMBER))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "answer is ",
        "\\boxed{",
        "answer",
        "(",
        "$",
        "9",
        "not ",
        " ",
        "{",
        "\u202e\u0000"
      })
  void hostileTextsEndSoon(String piece) {
    String text = piece.repeat(1_000_000 / piece.length());
    assertThat(Answers.read(NUMBER, text)).isNotNull();
    assertThat(Answers.read(CHOICE, text)).isNotNull();
  }
}
