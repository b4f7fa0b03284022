package criticalwindows.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EightBitsTest {
  @TempDir private Path folder;

  @Test
  void theBytesAreAScaleAndThenWholeNumbers() {
    // The scale is 254 / 127 = 2; halves go away from zero.
    float[] row = new float[32];
    row[0] = 254;
    row[1] = -254;
    row[2] = 1;
    row[3] = -1;
    row[4] = .99f;
    row[5] = 3;
    row[31] = -7;
    byte[] expected = new byte[34];
    expected[1] = 0x40; // 2 in half precision is 0x4000
    expected[2] = 127;
    expected[3] = -127;
    expected[4] = 1;
    expected[5] = -1;
    expected[7] = 2;
    expected[33] = -4;
    assertThat(bytes(row)).isEqualTo(expected);
  }

  @Test
  void wholeNumbersAreTakenByTheScaleBeforeItIsRounded() {
    // 0.3 / 127 = 0.0023622..., in half precision 0x18D6 = 0.0023613; 0.2 times 127 / 0.3 = 84.667.
    float[] row = new float[32];
    row[0] = .3f;
    row[1] = .2f;
    byte[] bytes = bytes(row);
    assertThat(Arrays.copyOf(bytes, 4)).containsExactly(0xD6, 0x18, 127, 85);
  }

  @Test
  void nothingButZerosHaveTheScaleZero() {
    assertThat(bytes(new float[32])).isEqualTo(new byte[34]);
  }

  @Test
  void theSmallestNumbersBecomeZeroOrKeepTheirSign() {
    float[] row = new float[32];
    row[0] = Float.MIN_VALUE;
    row[1] = -Float.MIN_VALUE;
    assertThat(bytes(row)).startsWith(0, 0);
  }

  @Test
  void everyWeightComesBackWithinHalfAStep() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    float[] numbers = new float[7 * 96];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian() * (1 + i / 96);
    }
    Tensor tensor =
        new Tensor(
            "t",
            List.of(7L, 96L),
            (row, into) -> System.arraycopy(numbers, (int) row * 96, into, 0, 96));
    Path gguf = folder.resolve("x.gguf");
    GgufWriter.write(gguf, Map.of(), List.of(new Stored(tensor, ElementType.Q8_0)));
    try (GgufReader file = GgufReader.open(gguf)) {
      float[] back = file.tensor("t").toArray();
      for (int block = 0; block < numbers.length; block += 32) {
        float largest = 0;
        for (int i = block; i < block + 32; i++) {
          largest = Math.max(largest, Math.abs(numbers[i]));
        }
        // Half a step, and the rounding of the scale to 11 bits times the largest whole number.
        float bound = largest / 127 * (.5f + 127f / 2048 + .001f);
        for (int i = block; i < block + 32; i++) {
          assertThat(back[i]).isCloseTo(numbers[i], within(bound));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1e7f, Float.NaN, Float.POSITIVE_INFINITY})
  void whatNoScaleReachesIsRefused(float weight) {
    Tensor tensor = new Tensor("t", List.of(32L), (row, into) -> Arrays.fill(into, weight));
    UserError failure =
        catchThrowableOfType(
            UserError.class,
            () ->
                GgufWriter.write(
                    folder.resolve("x.gguf"),
                    Map.of(),
                    List.of(new Stored(tensor, ElementType.Q8_0))));
    assertThat(failure).hasMessage("the weight " + weight + " of t does not fit Q8_0");
  }

  private static byte[] bytes(float[] row) {
    ByteBuffer buffer = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
    ElementType.Q8_0.write(row, 0, buffer);
    return buffer.array();
  }
}
