package criticalwindows.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {
  private static final FormPrompt FORM =
      FormPrompt.parse(
          """
          Complete.

          1. We saw a (Pirate|buccaneer/Ninja).
          2. The (New|New York/Old) one left.\
          """);
  private static final FormReader READER = new FormReader(FORM);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1. We saw a Pirate.\n2. The Old one left.",
        "1. we saw a pirate\n\n2. the old one left",
        "  1) We saw a **Pirate**.\n  2) The (Old) one left.",
        "Sure! Here they are:\n\n1. We saw a Pirate.\n2. The Old one left.\n\nAnything else?",
        "We saw a buccaneer. The Old one left.",
        "1. We saw a\u00a0Pirate .\r\n2. The \"old\" one left!",
        "We saw nothing. We saw a Pirate. The Old one left.",
      })
  void aMeaningIsReadWhateverItsString(String text) {
    assertThat(READER.read(text)).isEqualTo(new FormReading.Filled(new Combination(List.of(0, 1))));
  }

  @Test
  void theLongestSpellingWins() {
    assertThat(READER.read("We saw a Ninja. The New York one left."))
        .isEqualTo(new FormReading.Filled(new Combination(List.of(1, 0))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "I cannot help with that.; 0; no sentence of the form",
        "''; 0; no sentence of the form",
        "We met a Pirate. The Old one left.; 0; before its first choice",
        "We saw a; 0; ended before a choice",
        "We saw a Robot. The Old one left.; 0; another word than the options",
        "We saw a Pirates. The Old one left.; 0; another word than the options",
        "We saw a Pirate. An Old one left.; 1; between choices",
        "We saw a Pirate. The; 1; ended before a choice",
        "We saw a Pirate. The Old one stayed.; 2; behind its last choice",
      })
  void whatLeavesTheFormIsCountedApartWithItsReason(String text, int made, String why) {
    assertThat(READER.read(text))
        .isInstanceOfSatisfying(
            FormReading.Left.class,
            left -> {
              assertThat(left.choices().size()).isEqualTo(made);
              assertThat(left.why()).isEqualTo(why);
            });
  }

  @Test
  void aLongHostileTextIsReadInTime() {
    assertThat(READER.read("We saw a ".repeat(20_000))).isInstanceOf(FormReading.Left.class);
  }
}
