package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapedTextTest {
  @ParameterizedTest
  @CsvSource({"'',''", "plain,plain", "h\u00e9 \ud83d\ude00,h\u00e9 \ud83d\ude00"})
  void ordinaryTextIsWrittenAsItIs(String text, String escaped) {
    assertThat(EscapedText.escape(text)).isEqualTo(escaped);
  }

  @Test
  void halfOfAPairIsSpelledOut() {
    assertThat(EscapedText.escape("a\ud83d")).isEqualTo("a\u001ad83d");
    assertThat(EscapedText.escape("\ude00\ud83d")).isEqualTo("\u001ade00\u001ad83d");
    assertThat(EscapedText.escape("\u001a")).isEqualTo("\u001a001a");
  }

  @Test
  void anyTextFitsUtf8AndComesBack() throws CharacterCodingException {
    Random random = new Random(1);
    char[] alphabet = {
      'a', '\0', '\u001a', '0', 'd', '\ud800', '\udbff', '\udc00', '\udfff', '\uffff'
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(alphabet[random.nextInt(alphabet.length)]);
      }
      String escaped = EscapedText.escape(text.toString());
      // Fails where a half is left.
      StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(escaped));
      assertThat(EscapedText.unescape(escaped)).isEqualTo(text.toString());
    }
  }
}
