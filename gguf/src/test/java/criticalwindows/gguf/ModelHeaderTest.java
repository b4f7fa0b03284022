package criticalwindows.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers that no model has, each of which would end the process or fill the memory.
final class ModelHeaderTest {
  @TempDir private Path folder;

  private static Map<String, GgufValue> header() {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    values.put("general.architecture", GgufValue.text("llama"));
    values.put("llama.context_length", GgufValue.unsigned(8192));
    values.put("llama.embedding_length", GgufValue.unsigned(64));
    values.put("llama.block_count", GgufValue.unsigned(2));
    values.put("llama.attention.head_count", GgufValue.unsigned(4));
    values.put("llama.rope.dimension_count", GgufValue.unsigned(16));
    values.put("llama.rope.freq_base", GgufValue.real(500_000));
    values.put("tokenizer.ggml.tokens", GgufValue.texts(List.of("a", "", "b", "")));
    values.put("tokenizer.ggml.token_type", GgufValue.wholes(List.of(1, 1, 3, 1)));
    values.put("tokenizer.ggml.merges", GgufValue.texts(List.of()));
    return values;
  }

  private Path written(Map<String, GgufValue> values) {
    Path file = folder.resolve("model.gguf");
    GgufWriter.write(file, values, List.of());
    return file;
  }

  private static void check(Path file) {
    try (GgufReader reader = GgufReader.open(file)) {
      ModelHeader.check(reader);
    }
  }

  private static UserError refused(Path file) {
    UserError failure = catchThrowableOfType(UserError.class, () -> check(file));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).startsWith(file.toString());
    assertThat(failure.hint()).containsAnyOf("fetch the file again", "download the file again");
    return failure;
  }

  @Test
  void whatModelsSayPasses() {
    check(written(header()));
    Map<String, GgufValue> mixture = header();
    mixture.put("llama.expert_count", GgufValue.unsigned(8));
    mixture.put("llama.expert_used_count", GgufValue.unsigned(2));
    mixture.put("llama.attention.head_count", GgufValue.wholes(List.of(4, 8)));
    mixture.put("general.alignment", GgufValue.unsigned(32));
    check(written(mixture));
    check(written(Map.of("general.name", GgufValue.text("no model at all"))));
  }

  private static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("llama.context_length", GgufValue.unsigned(4_294_967_295L)),
        Arguments.of("llama.context_length", GgufValue.unsigned(0)),
        Arguments.of("llama.context_length", new GgufValue.Whole(GgufValue.Type.UINT64, 1L << 40)),
        Arguments.of("llama.rope.freq_base", GgufValue.unsigned(4_294_967_295L)),
        Arguments.of("llama.rope.freq_base", GgufValue.real(Float.intBitsToFloat(-1))),
        Arguments.of("llama.rope.freq_base", GgufValue.real(0)),
        Arguments.of("llama.rope.freq_base", GgufValue.real(1e30)),
        Arguments.of("llama.attention.layer_norm_rms_epsilon", GgufValue.real(1e39)),
        Arguments.of("llama.block_count", GgufValue.unsigned(100_000)),
        Arguments.of("llama.expert_count", GgufValue.unsigned(5000)),
        Arguments.of("llama.expert_used_count", GgufValue.unsigned(1)),
        Arguments.of("llama.attention.head_count", GgufValue.whole(-4)),
        Arguments.of("llama.attention.head_count", GgufValue.wholes(List.of(4, -4))),
        Arguments.of("llama.rope.dimension_count", GgufValue.unsigned(17)),
        Arguments.of("llama.rope.dimension_count", GgufValue.unsigned(15)),
        Arguments.of("tokenizer.ggml.tokens", GgufValue.wholes(List.of(1, 2, 3, 4))),
        Arguments.of("tokenizer.ggml.tokens", GgufValue.text("a b c d")),
        Arguments.of("tokenizer.ggml.token_type", GgufValue.wholes(List.of(1, 1, 3))),
        Arguments.of("tokenizer.ggml.token_type", GgufValue.texts(List.of("a", "b", "c", "d"))),
        Arguments.of(
            "tokenizer.ggml.scores", new GgufValue.Items(GgufValue.Type.FLOAT32, List.of())),
        Arguments.of("tokenizer.ggml.merges", GgufValue.wholes(List.of(1))),
        Arguments.of("tokenizer.ggml.tokens", GgufValue.texts(List.of("a", "", "a", "c"))),
        Arguments.of("tokenizer.ggml.tokens", GgufValue.texts(List.of("a", "", "[EMPTY_1]", "c"))),
        Arguments.of("general.alignment", GgufValue.unsigned(0)),
        Arguments.of("general.alignment", GgufValue.unsigned(24)),
        Arguments.of("general.alignment", GgufValue.unsigned(1L << 31)),
        Arguments.of("general.alignment", GgufValue.whole(-32)),
        Arguments.of("general.alignment", GgufValue.text("32")));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueThatNoModelHasIsRefused(String key, GgufValue value) {
    Map<String, GgufValue> values = header();
    values.put(key, value);
    refused(written(values));
  }

  /// Tokens are bytes: what is no UTF-8 looks alike and is not the same.
  @Test
  void tokensThatDifferInBytesAloneAreTwo() throws IOException {
    Path file = written(header());
    byte[] bytes = Files.readAllBytes(file);
    int first = indexOf(bytes, token("a"));
    int second = indexOf(bytes, token("b"));
    bytes[first + Long.BYTES] = (byte) 0xfe;
    bytes[second + Long.BYTES] = (byte) 0xff;
    check(Files.write(file, bytes));
    bytes[second + Long.BYTES] = (byte) 0xfe;
    assertThat(refused(Files.write(file, bytes)))
        .hasMessageContaining("has a token twice, the second time at number 2");
  }

  private static byte[] token(String text) {
    byte[] letters = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + letters.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(letters.length)
        .put(letters)
        .array();
  }

  private static int indexOf(byte[] in, byte[] what) {
    return new String(in, StandardCharsets.ISO_8859_1)
        .indexOf(new String(what, StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 40})
  void aNumberOfThingsThatCannotBeIsRefused(long number) throws IOException {
    for (int place : new int[] {8, 16}) {
      Path file = written(header());
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(place, number);
      assertThat(refused(Files.write(file, bytes.array()))).hasMessageContaining("has " + number);
    }
  }

  @Test
  void twoValuesOrTensorsOfOneNameAreRefused() throws IOException {
    Stored tensor =
        new Stored(new Tensor("t", List.of(1L), (row, into) -> into[0] = 1), ElementType.F32);
    Path file = folder.resolve("model.gguf");
    GgufWriter.write(file, header(), List.of(tensor, tensor));
    assertThat(refused(file)).hasMessageContaining("has two tensors t");
    Map<String, GgufValue> values = header();
    values.put("general.one", GgufValue.flag(true));
    values.put("general.two", GgufValue.flag(true));
    byte[] bytes = Files.readAllBytes(written(values));
    byte[] one = "general.one".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(
        one, 0, bytes, indexOf(bytes, "general.two".getBytes(StandardCharsets.UTF_8)), 11);
    assertThat(refused(Files.write(file, bytes)))
        .hasMessageContaining("two values under general.one");
  }

  /// A byte an item on disk, some forty in memory.
  @Test
  void anArrayThatWouldFillTheMemoryIsRefusedUnread() throws IOException {
    int items = 5_000_000;
    ByteBuffer bytes = ByteBuffer.allocate(24 + 9 + 16 + items).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(GgufWriter.MAGIC).putInt(3).putLong(0).putLong(1);
    bytes.putLong(1).put((byte) 'k').putInt(9).putInt(0).putLong(items);
    Path file = Files.write(folder.resolve("model.gguf"), bytes.array());
    assertThat(refused(file)).hasMessageContaining("has arrays of 5000000 items");
  }

  @Test
  void aTextThatWouldFillTheMemoryIsRefusedUnread() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(24 + 9 + 12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(GgufWriter.MAGIC).putInt(3).putLong(0).putLong(1);
    bytes.putLong(1).put((byte) 'k').putInt(8).putLong(Integer.MAX_VALUE);
    Path file = Files.write(folder.resolve("model.gguf"), bytes.array());
    assertThat(refused(file)).hasMessageContaining("has texts of more than 128 MiB");
  }
}
