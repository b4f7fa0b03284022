package criticalwindows.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"F32, 0", "F16, 512", "BF16, 64"})
  void everyTypeIsReadAsFloats(ElementType type, int halfSteps) throws IOException {
    try (Safetensors file = Safetensors.open(file(SampleFolder.safetensors(type)))) {
      assertThat(file.names()).hasSize(12).startsWith("model.embed_tokens.weight");
      Tensor tensor = file.tensor("model.layers.0.mlp.gate_proj.weight");
      assertThat(tensor.shape()).isEqualTo(List.of(6L, 8L));
      float[] numbers = tensor.toArray();
      assertThat(numbers).hasSize(48);
      // The numbers are between 7 and 8: so many half steps are there.
      float rounding = halfSteps == 0 ? 0 : 1f / halfSteps;
      for (int i = 0; i < numbers.length; i++) {
        assertThat(Math.abs(numbers[i] - SampleFolder.weight(7, i))).isLessThanOrEqualTo(rounding);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 16256",
    "-1, -16512",
    "1.00390625, 16256",
    "1.01171875, 16258",
    "3.4028235e38, 32640"
  })
  void bfloat16RoundsHalfToEven(float value, short bits) {
    // 1.00390625 lies halfway between 1 and the next number, 1.0078125; 1.01171875 halfway between
    // that and 1.015625. The largest float rounds to infinity.
    ByteBuffer buffer = ByteBuffer.allocate(2);
    ElementType.BF16.write(new float[] {value}, 0, buffer);
    assertThat(buffer.getShort(0)).isEqualTo(bits);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 100, 1000, 2000})
  void aTruncatedFileIsRefused(int bytes) throws IOException {
    byte[] whole = SampleFolder.safetensors(ElementType.F32);
    Path cut = file(Arrays.copyOf(whole, bytes));
    UserError failure = catchThrowableOfType(UserError.class, () -> Safetensors.open(cut));
    assertThat(failure).hasMessageStartingWith(cut + " is truncated or damaged: it ");
    assertThat(failure.hint()).isEqualTo("copy or download the file again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      textBlock =
          """
          nonsense ! is no JSON
          [] ! holds no JSON object
          {"a":1} ! has no field a with an object
          {"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}} ! is of type I8
          {"a":{"dtype":"F32","shape":[1]}} ! has no field data_offsets
          {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}} ! has no field shape
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} ! says that a of shape [2] lies at [0, 4]
          {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}} ! ends before the tensor a does
          {"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}} ! names a tensor of the shape [0]
          {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}} ! names a tensor of the shape
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775804,9223372036854775808]}} ! has no field data_offsets
          """)
  void aHeaderThatCannotBeIsRefused(String header, String complaint) throws IOException {
    Path bad = file(SampleFolder.file(header, new byte[8]));
    UserError failure = catchThrowableOfType(UserError.class, () -> Safetensors.open(bad));
    assertThat(failure).hasMessageContaining(complaint);
    assertThat(failure.hint()).isNotBlank();
  }

  @Test
  void aTensorThatIsNotThereIsAnsweredWithTheNearestNames() throws IOException {
    try (Safetensors file = Safetensors.open(file(SampleFolder.safetensors(ElementType.F16)))) {
      UserError failure =
          catchThrowableOfType(UserError.class, () -> file.tensor("model.nrm.weight"));
      assertThat(failure).hasMessageStartingWith("no tensor in ");
      assertThat(failure.hint()).startsWith("there is: model.norm.weight");
    }
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Path nowhere = folder.resolve("none");
    UserError failure = catchThrowableOfType(UserError.class, () -> Safetensors.open(nowhere));
    assertThat(failure).hasMessageStartingWith(nowhere + " cannot be read");
    assertThat(failure.hint()).isEqualTo("check the path and your rights to it");
  }

  @Test
  void damagedBytesNeverDoMoreThanMakeAUserError() throws IOException {
    byte[] whole = SampleFolder.safetensors(ElementType.F16);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      for (int hit = 0; hit < 3; hit++) {
        damaged[random.nextInt(1000)] = (byte) random.nextInt();
      }
      try (Safetensors file = Safetensors.open(file(damaged))) {
        file.names().forEach(name -> file.tensor(name).toArray());
      } catch (UserError e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.safetensors"), bytes);
  }
}
