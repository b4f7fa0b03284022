package criticalwindows.grade;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies that name a choice, and replies that only look as if they did. `-` is unread; `↵` is the
/// end of a line.
class ChoicesTest {
  private static final String COLOURS = "A=red;B=blue;C=green;D=none of these";

  private static String read(String choices, String text) {
    List<Choice> list =
        Stream.of(choices.split(";", -1))
            .map(each -> each.split("=", 2))
            .map(each -> new Choice(each[0].strip(), each[1].strip()))
            .toList();
    Problem problem = Problem.of("mine", "logic", "Which?", list, list.getFirst().label());
    Answer answer = Answers.read(problem, text.replace('↵', '\n'));
    return answer.readable() ? answer.show() : "-";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A closer look shows it must be C. | C",
        "A careful look shows nothing | -",
        "A is wrong, so it must be C. | C",
        "A isn't it. Therefore, it is B. | B",
        "A and B are wrong, so C. | C",
        "Both A and B are correct | -",
        "Neither A nor B is correct. | -",
        "A不对。综上，故选：C | C",
        "B错误，D也不对，所以选A | A",
        "I cannot tell. | -",
        "Vitamin C is in it | -",
        "C-terminal ends are found there | -",
        "Could it be B? | -",
        "Let's consider option A first | -",
        "I don't think the answer is A. | -",
        "Some might say the answer is A, but it is C. | C",
        "If the answer is A, then it is warm | -",
        "The incorrect answer is A. | -",
        "I think B is wrong, so I pick C | C",
        "To choose A would be a mistake. | -",
        "I would not choose A. | -",
        "La respuesta no es A. | -",
        "Die Antwort ist nicht A, sondern B. | B",
        "The answer is not (A) but (C). | C",
        "Not (A), but (C). | C",
        "The answer is A or B. | -",
        "Answer: B, C | -",
        "The answer is B, not A or C. | B",
        "The answer is A. Wait, that's wrong. It's B. | B",
        "The answer is (E). | -",
      })
  void aLetterThatIsAWordOrIsRuledOutIsNoAnswer(String text, String label) {
    assertThat(read(COLOURS, text)).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"I think it is C.", "I believe C.", "I'd say that it's C", "C", "I say (C)."})
  void thePronounIsNoLabelAmongNineChoices(String text) {
    assertThat(read("A=a1;B=b1;C=c1;D=d1;E=e1;F=f1;G=g1;H=h1;I=i1", text)).isEqualTo("C");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "A=B cell;B=T cell;C=A DNA sequence;D=RNA | The answer is A DNA sequence. | C",
        "A=DNA sequence;B=T cell;C=RNA | The answer is A DNA sequence. | A",
        "A=Pavlov;B=Watson;C=B. F. Skinner | The answer is B. F. Skinner. | C",
        "A=Pavlov;B=Watson;C=B. F. Skinner | B. F. Skinner | C",
        "A=Pavlov;B=F. Skinner;C=Watson | The answer is B. F. Skinner. | B",
        "A=vitamin B;B=vitamin C;C=iron | It is vitamin C. | B",
        "A=Not wrong, Not wrong;B=Wrong, Wrong;C=Not wrong, Wrong | Not wrong, Wrong | C",
        "A=Not wrong, Not wrong;B=Wrong, Wrong;C=Not wrong, Wrong | The answer is Not wrong, Wrong."
            + " | C",
        "A=Both;B=Neither | The answer is neither. | B",
        "A=I only;B=II only;C=I and II;D=I, II, and III | The answer is I, II, and III. | D",
        "A=I only;B=II only;C=I and II;D=I, II, and III | I, II and III | D",
        "A=I only;B=II only;C=I and II;D=I, II, and III | The answer is I and III. | -",
        "A=3;B=4;C=5 | The answer is 4. | B",
        "A=3;B=4;C=5 | 4 | B",
        "A=3;B=4;C=5 | The answer is 4.5. | -",
        "A=$20;B=$30;C=$40 | The answer is $30. | B",
        "A=$20;B=$30;C=$40 | The answer is *$30*. | B",
        "A=1/2;B=1/3;C=1/4 | The answer is 0.5. | A",
        "A=x + 1;B=x - 1;C=2x | The answer is x - 1. | B",
        "A=x + 1;B=x - 1;C=2x | \\boxed{2x} | C",
        "A=mitochondria;B=the nucleus;C=ribosome | The answer is the mitochondria. | A",
        "A=mitochondria;B=the nucleus;C=ribosome | The answer is nucleus | B",
        "A=mitochondria;B=the nucleus;C=ribosome | The answer is \"the nucleus\" | B",
        "A=red;B=blue;C=red and blue | The answer is red and blue. | C",
        "A=red;B=blue;C=green | The answer is red and blue. | -",
        "A=red;B=blue;C=green | The answer is red blood. | -",
        "A=Yes;B=No | The answer is yes. | A",
        "A=Yes;B=No | No | B",
        "A=Yes;B=No | No, A is right: it's A | A",
        "A=It is so;B=I choose A for it;C=that | (B) I choose A for it | B",
        "A=Yes;B=Yes, they do;C=No | \"Yes, they do\" is the correct answer. | B",
        "A=Yes;B=Yes, they do;C=No | Yes, they have done | -",
        "A=Is it so?;B=Is it hot?;C=Why? | Is it hot? | B",
        "A=80%;B=40%;C=-40%;D=-80% | My answer would be option A - 80% | A",
      })
  void whatAChoiceSaysIsReadWhole(String choices, String text, String label) {
    assertThat(read(choices, text)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(A) red (B) blue (C) green↵↵**(B)** | B",
        "A. red↵B. blue↵C. green↵D. none of these↵↵Answer: C | C",
        "A) red, B) blue, C) green, D) none of these. It's B. | B",
        "(A) red↵(B) blue↵(C) green↵(D) none of these | -",
        "A: wrong.↵B: correct.↵C: wrong. | B",
        "(A) red: no.↵(B) blue: no. | -",
        "The best guess is odd. We check: (A) red, no. (B) blue blue dust. | -",
      })
  void choicesThatAreRepeatedOrGoneThroughAreNoAnswer(String text, String label) {
    assertThat(read(COLOURS, text)).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The correct option is B",
        "I choose B",
        "It's B",
        "Option: B",
        "### Answer↵B",
        "**Final Answer**↵↵B",
        "**Answer:** B",
        "（B）",
        "Ｂ",
        "答案是（B）",
        "正确答案为B",
        "故选B",
        "选项B是正确的",
        "La respuesta correcta es B",
        "A resposta correta é B",
        "La réponse est B",
        "La bonne réponse est la B.",
        "Die Antwort ist B",
        "Die richtige Antwort lautet B.",
        "La risposta corretta è B",
        "Het juiste antwoord is B.",
        "Ответ: B",
        "Правильный ответ — B.",
        "答えはBです",
        "정답은 B입니다.",
        "Jawaban: B",
        "Đáp án đúng là B.",
        "Prawidłowa odpowiedź to B.",
        "Doğru cevap: B",
        "सही उत्तर B है।",
        "الإجابة الصحيحة هي B",
        "Η σωστή απάντηση είναι η B",
        "Option B is right",
        "{\"answer\": \"B\"}",
        "<think>A or so? The answer is A.</think>B",
        "B<|im_end|>",
        "B because it is the colour of the sky",
        "(B) blue",
        "The best answer is therefore **B**.",
      })
  void aPlainNamingIsRead(String text) {
    assertThat(read(COLOURS, text)).isEqualTo("B");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yes=it can;no=it cannot | The answer is (yes). | yes",
        "yes=it can;no=it cannot | No. | no",
        "yes=it can;no=it cannot | yes, it can | yes",
        "1=x;2=y;10=z | The answer is (10). | 10",
        "1=x;2=y;10=z | The answer is 1. | 1",
        "1=x;2=y;10=z | The answer is 1.5. | -",
        "a=x;b=y | The answer is (b). | b",
        "А=x;Б=y;В=z | Ответ: В | В",
      })
  void labelsMayBeWordsAndNumbers(String choices, String text, String label) {
    assertThat(read(choices, text)).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(A) red ",
        "It is ",
        "A, ",
        "The answer is (A) or ",
        "so B is correct ",
        "\n(B",
        "选",
        "is the answer ",
        "* ",
        "A and ",
        "I choose ",
        "\\text{",
        "not ",
        "— ",
        "</think>",
        "no: "
      })
  void longTextsAreReadInTimeThatGrowsWithTheirLength(String piece) {
    String text = piece.repeat(300_000 / piece.length());
    assertThat(read(COLOURS, text)).isNotEmpty();
    assertThat(read("A=" + "red ".repeat(200) + ";B=" + "red ".repeat(201), text)).isNotEmpty();
  }
}
