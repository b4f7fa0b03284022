package criticalwindows.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacesTest {
  private static final Places.Extent TEXT = new Places.Extent(3, 10, List.of(7, 0, 7, 12));

  @ParameterizedTest
  @CsvSource({
    "cuts, '[0, 7]'",
    "ends, '[0, 10]'",
    "every:1, '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]'",
    "every:4, '[0, 4, 8]'",
    "'tokens:30,-2,-3,0,5', '[-2, 0, 5]'"
  })
  void placesAreWhereTheirNameSays(String word, String kept) {
    assertThat(Places.parse(word).in(TEXT)).hasToString(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuts", "ends", "every:3", "tokens:-1,0,30"})
  void aNameIsReadBack(String word) {
    Places places = Places.parse(word);
    assertThat(Places.parse(places.word())).isEqualTo(places);
    assertThat(places.word()).isEqualTo(word);
  }

  @Test
  void aTextWithoutAResponseEndsOnce() {
    assertThat(Places.parse("ends").in(new Places.Extent(3, 0, List.of()))).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"every:0", "every", "tokens:", "cut", ""})
  void whatNamesNoPlacesIsAUserError(String word) {
    assertThatThrownBy(() -> Places.parse(word))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e).hasMessage("no places: " + word);
              assertThat(e.hint()).startsWith("say cuts, ends, every:K");
            });
  }
}
