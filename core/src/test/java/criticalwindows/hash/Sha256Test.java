package criticalwindows.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
  /// *Source:* NIST's example values of FIPS 180-4 for "abc".
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void textsBytesAndStreamsHaveTheValueOfTheStandard() throws IOException {
    byte[] bytes = "abc".getBytes(StandardCharsets.US_ASCII);
    assertThat(HexFormat.of().formatHex(Sha256.of("abc"))).isEqualTo(ABC);
    assertThat(HexFormat.of().formatHex(Sha256.of(bytes))).isEqualTo(ABC);
    assertThat(Sha256.hex(new ByteArrayInputStream(bytes))).isEqualTo(ABC);
  }

  @Test
  void aNameIsTheFirstSixteenDigits() {
    assertThat(Sha256.name(Sha256.of("abc"))).isEqualTo(ABC.substring(0, 16));
  }
}
