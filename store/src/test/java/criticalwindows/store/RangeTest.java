package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {
  @Test
  void whatWeighsMuchIsReadByItself() {
    assertThat(SampleRows.Range.all(new long[] {900, 10, 10, 5000, 10}, 1600))
        .containsExactly(
            new SampleRows.Range(0, 0),
            new SampleRows.Range(1, 2),
            new SampleRows.Range(3, 3),
            new SampleRows.Range(4, 4));
  }

  @Test
  void whatWeighsLittleIsReadTogetherAndMoreAndMoreOfIt() {
    long[] weights = new long[100];
    java.util.Arrays.fill(weights, 50);
    assertThat(SampleRows.Range.all(weights, 1600))
        .startsWith(
            new SampleRows.Range(0, 1), new SampleRows.Range(2, 5), new SampleRows.Range(6, 13))
        .endsWith(new SampleRows.Range(94, 99));
    assertThat(SampleRows.Range.all(new long[0], 1600)).isEmpty();
  }
}
