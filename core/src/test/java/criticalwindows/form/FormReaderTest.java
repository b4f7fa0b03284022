package criticalwindows.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "The (cat/dog)s ran.~the dogs, ran~1",
        "It is (un/re)happy.~It is rehappy~1",
        "In (19/20)99 it fell.~in 2099 it fell~1",
        "你(好/坏)吗~你坏吗?~1",
        "我喜欢(猫/狗狗)。~我喜欢狗狗。~1",
        "In (new/new york) york it is.~in New York it is~0",
        "In (new/new york) york it is.~in new york york it is~1",
        "A (cat/catfish) swam.~a catfish swam~1",
        "The (Barn/Barn Owl) in red.~The Barn in red~0",
        "(1/2) of them.~Well: 2 of them~1",
        "Take (a/b)-(c/d).~take b d~1,1",
        "Take (a/b)(c/d).~take ad~0,1",
      })
  void optionsWithinWordsAndOptionsThatBeginOthersAreRead(
      String form, String text, String expected) {
    FormReader reader = new FormReader(FormReader.readable(form));
    List<Integer> taken = List.of(expected.split(",")).stream().map(Integer::valueOf).toList();
    assertThat(reader.read(text)).isEqualTo(new FormReading.Filled(new Combination(taken)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "See.|1. A (cat/dog).|(1/2).~the choice (1/2) in line 3 of the prompt: completed with 1 it"
            + " cannot be read: ended before a choice",
        "A (x/x b) (c/b c) z.~the choice (x/x b) in line 1 of the prompt: completed with x it reads"
            + " as x b",
        "Well.|I saw a (cat/catfish)~the choice (cat/catfish) in line 2 of the prompt: where cat"
            + " ends the text, catfish can still come",
        "I saw (Barn/Barn Owl)|Go.~the choice (Barn/Barn Owl) in line 1 of the prompt: where Barn"
            + " ends the text, Barn Owl can still come",
      })
  void whatCouldNotBeReadIsRefusedWithItsLine(String form, String error) {
    assertThatThrownBy(() -> FormReader.readable(form.replace('|', '\n')))
        .isInstanceOfSatisfying(
            UserError.class,
            failure -> {
              assertThat(failure).hasMessage(error);
              assertThat(failure.hint()).startsWith("write ").doesNotContain("\n");
            });
  }

  @Test
  void optionsThatBeginOthersTakeNoLongWayRound() {
    FormReader reader = new FormReader(FormPrompt.parse("(a/a a) ".repeat(30) + "z"));
    assertThat(reader.read("a ".repeat(200))).isInstanceOf(FormReading.Left.class);
  }

  @Test
  void aLongHostileTextIsReadInTime() {
    assertThat(READER.read("We saw a ".repeat(20_000))).isInstanceOf(FormReading.Left.class);
  }
}
