package criticalwindows.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormPromptTest {
  private static final String SOURCE =
      "Complete these.\n\n1. The (Cat|kitten/Dog) slept.\nWell.\n2. A (Car/Bus/Tram) came.\nGo!";
  private static final FormPrompt FORM = FormPrompt.parse(SOURCE);

  @Test
  void aPromptIsReadAndWrittenAgain() {
    assertThat(FORM.source()).isEqualTo(SOURCE);
    assertThat(FORM.request()).isEqualTo(SOURCE.replace("|kitten", ""));
    assertThat(FORM.before()).isEqualTo("Complete these.\n\n");
    assertThat(FORM.behind()).isEqualTo("\nGo!");
    assertThat(FORM.combinations()).isEqualTo(6);
    assertThat(FORM.all())
        .hasSize(6)
        .startsWith(new Combination(List.of(0, 0)), new Combination(List.of(0, 1)));
  }

  @Test
  void aCombinationFillsTheSentencesAndKnowsItsPlaces() {
    Combination choices = FORM.combination(List.of("KITTEN", "tram"));
    assertThat(choices.taken()).containsExactly(0, 2);
    String text = FORM.filled(choices);
    assertThat(text).isEqualTo("1. The Cat slept.\nWell.\n2. A Tram came.");
    List<Integer> place = FORM.place(choices, 1);
    assertThat(text.substring(place.getFirst(), place.getLast())).isEqualTo("Tram");
    assertThat(FORM.words(choices)).containsExactly("Cat", "Tram");
  }

  @Test
  void wordsThatAreNoOptionsAreNamed() {
    assertThatThrownBy(() -> FORM.combination(List.of("Cat", "Trim")))
        .hasMessage("no option named Trim");
    assertThatThrownBy(() -> FORM.combination(List.of("Cat")))
        .hasMessage("1 choices were named, and the form has 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "No choice here.; the prompt has no choice in it",
        "A (Cat/Dog came.; line 1 of the prompt has a ( without a ) on its line",
        "A (Cat/(Dog)) came.; line 1 of the prompt has a ( within a choice",
        "A Cat) came.; line 1 of the prompt has a ) without a ( before it",
        "A (Cat) came.; the choice (Cat) in line 1 of the prompt: a choice has at least two"
            + " options",
        "A (Cat/) came.; the choice (Cat/) in line 1 of the prompt: an option without a letter or"
            + " digit",
        "A () came.; the choice () in line 1 of the prompt: an option without a letter or digit",
        "A (Cat/cat) came.; the choice (Cat/cat) in line 1 of the prompt: cat is there twice",
        "A (Cat/Dog|Cat) came.; the choice (Cat/Dog|Cat) in line 1 of the prompt: Cat is there"
            + " twice",
      })
  void aPromptThatIsNoFormSaysWhereAndWhatToDo(String text, String error) {
    assertThatThrownBy(() -> FormPrompt.parse(text))
        .isInstanceOfSatisfying(
            UserError.class,
            failure -> {
              assertThat(failure).hasMessage(error);
              assertThat(failure.hint()).isNotBlank().doesNotContain("\n");
            });
  }

  @Test
  void aMistakeNamesItsLine() {
    assertThatThrownBy(() -> FormPrompt.parse("One.\n\n1. A (b/c).\n2. A (d"))
        .hasMessageStartingWith("line 4 ");
  }
}
