package criticalwindows.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A token is a character here.
class NamingTest {
  private static final Vocabulary CHARACTERS = ToyModel.threeChoices().vocabulary();
  private static final List<String> LABELS = List.of("(A)", "(B)", "(C)");
  private static final List<String> TEXTS = List.of("4", "44", "It is unknown");

  private static Optional<Alternatives> in(String reply) {
    return new Naming(List.of(LABELS, TEXTS)).in(CHARACTERS.encode(reply), CHARACTERS);
  }

  private static List<String> texts(Optional<Alternatives> instead) {
    return instead.orElseThrow().texts().stream().map(CHARACTERS::decode).toList();
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
    Optional<Alternatives> found = in(reply);
    assertThat(CHARACTERS.decode(found.orElseThrow().after())).isEqualTo(before);
    assertThat(texts(found)).containsExactly("4.", "44.", "It is unknown.");
  }

  @Test
  void aLabelThatComesFirstIsOneOfAllLabels() {
    Optional<Alternatives> found = in("I say (B), for 44 is right.");
    assertThat(CHARACTERS.decode(found.orElseThrow().after())).isEqualTo("I say (");
    assertThat(texts(found)).containsExactly("A),", "B),", "C),");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "I cannot say.", "Option D of 4444", "B"})
  void whatNamesNoChoiceHasNone(String reply) {
    assertThat(in(reply)).isEmpty();
  }

  /// At the very end nothing tells a name from the beginning of a longer one.
  @Test
  void aNameThatMayGoOnHasNone() {
    assertThat(in("It is 44")).isEmpty();
    assertThat(texts(in("It is (B)"))).containsExactly("A)", "B)", "C)");
  }

  @Test
  void equalOrVeryLongChoicesHaveNone() {
    Tokens reply = CHARACTERS.encode("It is 4. Yes.");
    Naming equal = new Naming(List.of(List.of("4", "4")));
    assertThat(equal.in(reply, CHARACTERS)).isEmpty();
    Naming longer = new Naming(List.of(List.of("4", "x".repeat(80))));
    assertThat(longer.in(reply, CHARACTERS)).isEmpty();
  }

  @Test
  void kindsNameTheSameThings() {
    assertThatThrownBy(() -> new Naming(List.of(LABELS, List.of("4", "44"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Naming(List.of(List.of("4"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
