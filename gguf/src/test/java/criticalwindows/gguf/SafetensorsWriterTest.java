package criticalwindows.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SafetensorsWriterTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "BF16"})
  void whatIsWrittenIsRead(ElementType type) {
    Path file = folder.resolve("deep/a.safetensors");
    Tensor matrix = counting("model.\"a\".weight", 3, 5);
    List<Stored> tensors =
        List.of(new Stored(matrix, type), new Stored(counting("b", 7), ElementType.F32));
    SafetensorsWriter.write(file, Map.of("steps", "12", "format", "pt"), tensors);
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.names()).containsExactly("model.\"a\".weight", "b");
      assertThat(read.metadata()).isEqualTo(Map.of("steps", "12", "format", "pt"));
      assertThat(read.tensor("b").shape()).containsExactly(7L);
      assertThat(read.tensor(matrix.name()).shape()).containsExactly(3L, 5L);
      assertThat(read.tensor(matrix.name()).toArray()).isEqualTo(matrix.toArray());
    }
    assertThat(folder.resolve("deep")).isDirectoryNotContaining("glob:**.draft");
  }

  @Test
  void wholeNumbersAreReadAsTheyWereWritten() {
    Path file = folder.resolve("whole");
    long[] numbers = {-1, 0, Long.MAX_VALUE};
    List<Stored> tensors = List.of(new Stored(counting("t", 3), ElementType.F16));
    SafetensorsWriter.write(file, Map.of(), tensors, Map.of("ids", numbers));
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.names()).containsExactly("t");
      assertThat(read.integers("ids")).containsExactly(numbers);
      assertThat(read.tensor("t").toArray()).isEqualTo(counting("t", 3).toArray());
      assertThat(catchThrowableOfType(UserError.class, () -> read.integers("t")))
          .hasMessageStartingWith("no tensor of whole numbers in");
    }
  }

  @Test
  void numbersBeginAtAMultipleOfEightBytes() throws IOException {
    for (String name : List.of("a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg")) {
      Path file = folder.resolve(name);
      Stored stored = new Stored(counting(name, 2), ElementType.F32);
      SafetensorsWriter.write(file, Map.of(), List.of(stored));
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int header = (int) bytes.getLong(0);
      assertThat(header % 8).isZero();
      assertThat(bytes.getFloat(8 + header + 4)).isEqualTo(1);
      assertThat(bytes.capacity()).isEqualTo(8 + header + 8);
    }
  }

  @Test
  void aWeightThatDoesNotFitLeavesNoFile() {
    Path file = folder.resolve("large");
    Tensor large = new Tensor("t", List.of(1L), (row, into) -> into[0] = 1e6f);
    UserError failure =
        catchThrowableOfType(
            UserError.class,
            () ->
                SafetensorsWriter.write(
                    file, Map.of(), List.of(new Stored(large, ElementType.F16))));
    assertThat(failure).hasMessage("the weight 1000000.0 of t does not fit F16");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() {
    UserError failure =
        catchThrowableOfType(
            UserError.class, () -> SafetensorsWriter.write(folder, Map.of(), List.of()));
    assertThat(failure).hasMessage(folder + " cannot be written: is a folder");
    assertThat(failure.hint()).startsWith("name a file in a folder that you may write to");
  }

  @Test
  void aNameTwiceAndBlocksAreRefused() {
    Stored plain = new Stored(counting("a", 32), ElementType.F32);
    Stored blocks = new Stored(counting("b", 32), ElementType.Q8_0);
    for (List<Stored> wrong : List.of(List.of(plain, plain), List.of(blocks))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SafetensorsWriter.write(folder.resolve("x"), Map.of(), wrong));
    }
  }

  /// Numbers that count from 0 on.
  private static Tensor counting(String name, long... shape) {
    List<Long> lengths = java.util.Arrays.stream(shape).boxed().toList();
    return new Tensor(
        name,
        lengths,
        (row, into) -> {
          for (int i = 0; i < into.length; i++) {
            into[i] = row * into.length + i;
          }
        });
  }
}
