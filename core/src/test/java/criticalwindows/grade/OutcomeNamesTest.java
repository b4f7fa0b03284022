package criticalwindows.grade;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.outcome.OutcomeNames;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeNamesTest {
  private static final Problem PROBLEM = Problem.of("mine", "math", "What?", List.of(), "42");

  private static Answer read(String written) {
    return Answers.read(PROBLEM, "The answer is $" + written + "$.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\\frac{\\sqrt{2}}{2}; \\sqrt{2}/2",
        "x+1; 1+x",
        "(1,2); ( 1, 2 )",
        "0.5; \\frac{1}{2}"
      })
  void twoSpellingsOfOneValueHaveOneName(String one, String other) {
    OutcomeNames names = new OutcomeNames();
    assertThat(read(one).same(read(other))).isTrue();
    String name = names.of(read(one));
    assertThat(names.of(read(other))).isEqualTo(name).isEqualTo(read(one).show());
    assertThat(names.of(read("x+2"))).isNotEqualTo(name);
  }

  @Test
  void whatHasNoAnswerIsNamedByItsReason() {
    OutcomeNames names = new OutcomeNames();
    assertThat(names.of(new Answer.Unread("no answer stated")))
        .isEqualTo("unread: no answer stated");
    assertThat(names.of(new Answer.CutOff())).isEqualTo("cut off");
    assertThat(names.of(new Answer.Refused())).isEqualTo("refused");
    assertThat(names.of(new Answer.Unread("other"))).isEqualTo("unread: other");
  }

  @Test
  void classesThatShowThemselvesAlikeAreToldApart() {
    OutcomeNames names = new OutcomeNames();
    assertThat(names.of(new Answer.Label("3"))).isEqualTo("3");
    assertThat(names.of(read("3"))).isEqualTo("3 (2)");
    assertThat(names.of(new Answer.Label("3"))).isEqualTo("3");
  }
}
