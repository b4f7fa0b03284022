package criticalwindows.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectSamplesTest {
  /// As the reader of logs names epochs, and no other way.
  @ParameterizedTest
  @CsvSource({
    "sky, sky, 1",
    "sky#2, sky, 2",
    "a#2#3, a#2, 3",
    "sky#1, sky#1, 1",
    "sky#0, sky#0, 1",
    "#2, #2, 1",
    "sky#12345678, sky#12345678, 1"
  })
  void aNumberBehindAnIdIsItsEpoch(String item, String id, int epoch) {
    assertThat(InspectSamples.Id.of(item)).isEqualTo(new InspectSamples.Id(id, epoch));
  }
}
