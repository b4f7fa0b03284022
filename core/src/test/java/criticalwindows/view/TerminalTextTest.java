package criticalwindows.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
  @Test
  void nothingReachesTheTerminalButCharactersToRead() {
    assertThat(TerminalText.line("a\u001b[2J\u001b]0;title\u0007b\r\nc\u0000\td"))
        .isEqualTo("a [2J ]0;title b c d");
    assertThat(TerminalText.line("right\u202eto left\u200b, private \ue000, half \ud800"))
        .isEqualTo("right?to left?, private ?, half ?");
    assertThat(TerminalText.line("c1 \u009b31m")).isEqualTo("c1 31m");
  }

  @Test
  void aLongLineIsShortenedByCharactersNotHalves() {
    assertThat(TerminalText.line("🙂🙂🙂🙂", 3)).isEqualTo("🙂🙂…");
    assertThat(TerminalText.line("short", 5)).isEqualTo("short");
  }
}
