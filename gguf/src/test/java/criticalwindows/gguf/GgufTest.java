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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GgufTest {
  @TempDir private Path folder;

  @Test
  void everyKindOfValueComesBack() {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    values.put("u8", new GgufValue.Whole(GgufValue.Type.UINT8, 200));
    values.put("i8", new GgufValue.Whole(GgufValue.Type.INT8, -3));
    values.put("u16", new GgufValue.Whole(GgufValue.Type.UINT16, 60_000));
    values.put("i16", new GgufValue.Whole(GgufValue.Type.INT16, -300));
    values.put("u32", GgufValue.unsigned(4_000_000_000L));
    values.put("i32", GgufValue.whole(-70_000));
    values.put("u64", new GgufValue.Whole(GgufValue.Type.UINT64, 1L << 40));
    values.put("i64", new GgufValue.Whole(GgufValue.Type.INT64, -1L << 40));
    values.put("f32", GgufValue.real(.1));
    values.put("f64", new GgufValue.Real(GgufValue.Type.FLOAT64, .1));
    values.put("yes", GgufValue.flag(true));
    values.put("no", GgufValue.flag(false));
    values.put("text", GgufValue.text("Ġ line\n ü"));
    values.put("texts", GgufValue.texts(List.of("a", "", "b c")));
    values.put("wholes", GgufValue.wholes(List.of(1, -1)));
    values.put("none", GgufValue.texts(List.of()));
    try (GgufReader file = GgufReader.open(written(values, List.of()))) {
      assertThat(file.metadata()).containsExactlyEntriesOf(values);
      assertThat(file.whole("u32")).isEqualTo(4_000_000_000L);
      assertThat(file.real("f32")).isEqualTo((double) .1f);
      assertThat(file.text("text")).isEqualTo("Ġ line\n ü");
    }
  }

  @Test
  void tensorsComeBackFromAlignedPlacesInEveryType() {
    List<Stored> tensors =
        List.of(
            new Stored(counting("odd", 3, 5), ElementType.F16),
            new Stored(counting("vector", 7), ElementType.F32),
            new Stored(counting("cube", 2, 3, 4), ElementType.BF16));
    try (GgufReader file = GgufReader.open(written(Map.of(), tensors))) {
      assertThat(file.tensorNames()).containsExactly("odd", "vector", "cube");
      for (Stored stored : tensors) {
        Tensor back = file.tensor(stored.tensor().name());
        assertThat(back.shape()).isEqualTo(stored.tensor().shape());
        assertThat(back.toArray()).containsExactly(stored.tensor().toArray());
      }
    }
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    Path file =
        written(
            Map.of("k", GgufValue.unsigned(7)),
            List.of(new Stored(counting("t", 1, 2), ElementType.F16)));
    // "GGUF", version 3, 1 tensor, 1 value; "k" as UINT32 7; "t" of 2 dimensions, 2 × 1, F16, at 0.
    ByteBuffer expected = ByteBuffer.allocate(132).order(ByteOrder.LITTLE_ENDIAN);
    expected.put(new byte[] {'G', 'G', 'U', 'F'}).putInt(3).putLong(1).putLong(1);
    expected.putLong(1).put((byte) 'k').putInt(4).putInt(7);
    expected.putLong(1).put((byte) 't').putInt(2).putLong(2).putLong(1).putInt(1).putLong(0);
    expected.position(96).putShort((short) 0).putShort((short) 0x3C00);
    assertThat(Files.readAllBytes(file)).isEqualTo(Arrays.copyOf(expected.array(), 128));
  }

  @Test
  void theSameContentGivesTheSameBytesAndLeavesNothingBeside() throws IOException {
    List<Stored> tensors = List.of(new Stored(counting("t", 300, 1000), ElementType.F32));
    byte[] first = Files.readAllBytes(written(Map.of(), tensors));
    assertThat(Files.readAllBytes(written(Map.of(), tensors))).isEqualTo(first);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aWeightBeyondHalfPrecisionIsRefusedAndNoFileIsLeft() throws IOException {
    Tensor large = new Tensor("t", List.of(1L), (row, into) -> into[0] = 70_000);
    UserError failure =
        catchThrowableOfType(
            UserError.class, () -> written(Map.of(), List.of(new Stored(large, ElementType.F16))));
    assertThat(failure).hasMessage("the weight 70000.0 of t does not fit F16");
    assertThat(failure.hint()).startsWith("check that the file is whole");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefused() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "");
    for (Path place : List.of(taken.resolve("x.gguf"), folder)) {
      UserError failure =
          catchThrowableOfType(UserError.class, () -> GgufWriter.write(place, Map.of(), List.of()));
      assertThat(failure).hasMessageStartingWith(place + " cannot be written");
      assertThat(failure.hint()).startsWith("name a file in a folder that you may write to");
    }
  }

  @Test
  void whatIsNoGgufFileIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.gguf"), "This is no model file at all.");
    UserError failure = catchThrowableOfType(UserError.class, () -> GgufReader.open(text));
    assertThat(failure).hasMessage(text + " is no GGUF file");
    assertThat(failure.hint()).isEqualTo("name a model file that ends in .gguf");
    ByteBuffer old = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    Path ancient =
        Files.write(folder.resolve("b.gguf"), old.putInt(GgufWriter.MAGIC).putInt(1).array());
    UserError version = catchThrowableOfType(UserError.class, () -> GgufReader.open(ancient));
    assertThat(version).hasMessage(ancient + " is GGUF of version 1");
    assertThat(version.hint()).isEqualTo("convert the model again, to version 3");
  }

  @Test
  void whatIsNotThereIsNamed() {
    Path path = written(Map.of("a", GgufValue.unsigned(1)), List.of());
    try (GgufReader file = GgufReader.open(path)) {
      assertThat(catchThrowableOfType(UserError.class, () -> file.text("a")))
          .hasMessage(path + " has no text under a");
      assertThat(catchThrowableOfType(UserError.class, () -> file.real("a")))
          .hasMessage(path + " has no number under a");
      assertThat(catchThrowableOfType(UserError.class, () -> file.whole("b")))
          .hasMessage(path + " has no whole number under b");
      assertThat(catchThrowableOfType(UserError.class, () -> file.tensor("b")))
          .hasMessage("no tensor in " + path + " named b");
    }
  }

  @Test
  void aTensorInAnotherTypeIsNamed() throws IOException {
    Path path = written(Map.of(), List.of(new Stored(counting("t", 32), ElementType.F32)));
    byte[] bytes = Files.readAllBytes(path);
    // Type 2 is Q4_0. It stands after magic, version, two counts, the name and one length.
    bytes[24 + 9 + 4 + 8] = 2;
    Files.write(path, bytes);
    try (GgufReader file = GgufReader.open(path)) {
      UserError failure = catchThrowableOfType(UserError.class, () -> file.tensor("t"));
      assertThat(failure).hasMessage("the tensor t of " + path + " is stored as Q4_0");
      assertThat(failure.hint()).isEqualTo("use a file with weights in F32, F16, BF16 or Q8_0");
    }
  }

  @Test
  void aRowThatIsNoWholeBlocksIsRefused() throws IOException {
    Tensor odd = counting("t", 33);
    assertThatIllegalArgumentException().isThrownBy(() -> new Stored(odd, ElementType.Q8_0));
    Path path = written(Map.of(), List.of(new Stored(odd, ElementType.F32)));
    byte[] bytes = Files.readAllBytes(path);
    bytes[24 + 9 + 4 + 8] = 8;
    Files.write(path, bytes);
    try (GgufReader file = GgufReader.open(path)) {
      UserError failure = catchThrowableOfType(UserError.class, () -> file.tensor("t"));
      assertThat(failure)
          .hasMessageEndingWith("names a tensor of the shape [33] and the type Q8_0");
    }
  }

  @Test
  void damagedAndTruncatedFilesNeverDoMoreThanMakeAUserError() throws IOException {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    values.put("texts", GgufValue.texts(List.of("a", "b")));
    values.put("number", GgufValue.real(1));
    byte[] whole =
        Files.readAllBytes(
            written(values, List.of(new Stored(counting("t", 4, 32), ElementType.Q8_0))));
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = Arrays.copyOf(whole, i < whole.length ? i : whole.length);
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path path = Files.write(folder.resolve("damaged.gguf"), damaged);
      try (GgufReader file = GgufReader.open(path)) {
        file.tensorNames().forEach(name -> file.tensor(name).toArray());
      } catch (UserError e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  @Test
  void anAlignmentOfZeroIsRefused() {
    Path path = written(Map.of("general.alignment", GgufValue.unsigned(0)), List.of());
    UserError failure = catchThrowableOfType(UserError.class, () -> GgufReader.open(path));
    assertThat(failure).hasMessage(path + " is truncated or damaged: it aligns tensors to 0 bytes");
    assertThat(failure.hint()).isEqualTo("copy or download the file again");
  }

  @Test
  void valuesAndTensorsThatCannotBeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> GgufValue.unsigned(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GgufValue.Items(GgufValue.Type.STRING, List.of(GgufValue.whole(1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tensor("t", List.of(2L, 0L), (row, into) -> {}));
  }

  private Path written(Map<String, GgufValue> values, List<Stored> tensors) {
    Path file = folder.resolve("x.gguf");
    GgufWriter.write(file, values, tensors);
    return file;
  }

  /// A tensor of 0, 1, 2, …, as far as the types can tell them apart.
  private static Tensor counting(String name, long... shape) {
    List<Long> lengths = Arrays.stream(shape).boxed().toList();
    return new Tensor(
        name,
        lengths,
        (row, into) -> {
          for (int i = 0; i < into.length; i++) {
            into[i] = (row * into.length + i) % 128;
          }
        });
  }
}
