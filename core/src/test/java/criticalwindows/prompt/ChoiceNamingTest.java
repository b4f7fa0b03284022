package criticalwindows.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Choice;
import criticalwindows.model.Alternatives;
import criticalwindows.model.ToyModel;
import criticalwindows.model.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A token is a character here.
class ChoiceNamingTest {
  private static final Vocabulary CHARACTERS = ToyModel.threeChoices().vocabulary();
  private static final List<Choice> CHOICES =
      List.of(new Choice("A", "4"), new Choice("B", "44"), new Choice("C", "It is unknown"));

  private static Alternatives in(String reply) {
    return new ChoiceNaming(CHARACTERS, CHOICES).in(CHARACTERS.encode(reply));
  }

  private static List<String> texts(Alternatives alternatives) {
    return alternatives.texts().stream().map(CHARACTERS::decode).toList();
  }

  /// What comes behind a name belongs to it, or 4 would be likelier than 44 always.
  @ParameterizedTest
  @CsvSource({
    "'The best guess is 44. We check (A) 4; no.',                   'The best guess is '",
    "'The best guess is 4. It is not 44.',                        'The best guess is '",
    "'1444, a44 and 44b are none: 44. Fine.',                     '1444, a44 and 44b are none: '",
    "'It is unknown. Or 4.',                                        ''",
  })
  void theFirstTextThatStandsByItselfIsOneOfAll(String reply, String before) {
    Alternatives found = in(reply);
    assertThat(CHARACTERS.decode(found.after())).isEqualTo(before);
    assertThat(texts(found)).containsExactly("4.", "44.", "It is unknown.");
  }

  @Test
  void aLabelThatComesFirstIsOneOfAllLabels() {
    Alternatives found = in("I say (B), for 44 is right.");
    assertThat(CHARACTERS.decode(found.after())).isEqualTo("I say (");
    assertThat(texts(found)).containsExactly("A),", "B),", "C),");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "I cannot say.", "Option D of 4444", "B"})
  void whatNamesNoChoiceHasNone(String reply) {
    assertThat(in(reply)).isEqualTo(Alternatives.NONE);
  }

  /// At the very end nothing tells a name from the beginning of a longer one.
  @Test
  void aNameThatMayGoOnHasNone() {
    assertThat(in("It is 44")).isEqualTo(Alternatives.NONE);
    assertThat(texts(in("It is (B)"))).containsExactly("A)", "B)", "C)");
  }

  @Test
  void equalOrVeryLongChoicesHaveNone() {
    List<Choice> equal = List.of(new Choice("A", "4"), new Choice("B", "4"));
    String reply = "It is 4. Yes.";
    assertThat(new ChoiceNaming(CHARACTERS, equal).in(CHARACTERS.encode(reply)))
        .isEqualTo(Alternatives.NONE);
    List<Choice> longer = List.of(new Choice("A", "4"), new Choice("B", "x".repeat(80)));
    assertThat(new ChoiceNaming(CHARACTERS, longer).in(CHARACTERS.encode(reply)))
        .isEqualTo(Alternatives.NONE);
  }
}
