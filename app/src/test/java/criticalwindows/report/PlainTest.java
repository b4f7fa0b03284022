package criticalwindows.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {
  @Test
  void nothingReachesTheTerminalButCharactersToRead() {
    assertThat(Plain.line("a\u001b[2J\u001b]0;title\u0007b\r\nc\u0000\td"))
        .isEqualTo("a [2J ]0;title b c d");
    assertThat(Plain.line("right\u202eto left\u200b, private \ue000, half \ud800"))
        .isEqualTo("right?to left?, private ?, half ?");
    assertThat(Plain.line("c1 \u009b31m")).isEqualTo("c1 31m");
  }

  @Test
  void aLongLineIsShortenedByCharactersNotHalves() {
    assertThat(Plain.line("🙂🙂🙂🙂", 3)).isEqualTo("🙂🙂…");
    assertThat(Plain.line("short", 5)).isEqualTo("short");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1.0",
    ".4849,.48",
    "-.5,-.50",
    ".001,0",
    ".999,1.0",
    "-1,-1.0",
    ".175,.18",
    ".17496,.18",
    ".17494,.17",
    ".285,.29",
    "-.175,-.18",
    "-.001,0"
  })
  void shares(double value, String shown) {
    assertThat(Plain.share(value)).isEqualTo(shown);
  }
}
