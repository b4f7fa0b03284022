package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.lora.Adapter;
import criticalwindows.lora.AdapterGguf;
import criticalwindows.lora.BaseModel;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Merging;
import criticalwindows.lora.PeftFolder;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Models;
import criticalwindows.model.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A model with an adapter is the model whose weights the adapter was added to, however attention
/// is computed and in whichever home the adapter lies.
@Isolated("a model with longer heads makes the process take another CPU library")
final class AdaptedModelTest {
  private static final double MOST = 1e-3;

  /// What the adapter changes of some log-probability is far above that.
  private static final double CHANGED = .1;

  private static final List<Attention> WAYS =
      List.of(Attention.FLASH, Attention.PLAIN, Attention.SHARED);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3"})
  void attachedAndMergedAgreeInEveryHomeAndWay(String kind) throws InterruptedException {
    Path base = RandomDecoders.write(folder, kind);
    Adapter adapter = RandomDecoders.adapter();
    Path gguf = folder.resolve("adapter.gguf");
    AdapterGguf.write(adapter, BaseModel.open(base), gguf);
    Path peft = folder.resolve("peft");
    PeftFolder.write(adapter, "random", peft);
    Path merged = folder.resolve("merged.gguf");
    Merging.toGguf(base, adapter, merged, ElementType.F32);
    LogProbs plain = score(base, Optional.empty(), Attention.FLASH);
    for (Attention way : WAYS) {
      LogProbs expected = score(merged, Optional.empty(), way);
      LogProbs attached = score(base, Optional.of(gguf), way);
      assertThat(apart(attached, expected)).as("%s", way).isBetween(1e-9, MOST);
      assertThat(apart(attached, plain)).as("%s, without", way).isGreaterThan(CHANGED);
      if (way == Attention.PLAIN) {
        assertThat(apart(score(base, Optional.of(peft), way), attached)).isZero();
      }
    }
  }

  @Test
  void aLlamaIsWrongWithoutTheOrderOfRows() throws InterruptedException {
    Path base = RandomDecoders.write(folder, "llama");
    Adapter adapter = RandomDecoders.adapter();
    Path gguf = folder.resolve("adapter.gguf");
    BaseModel shape = BaseModel.open(base);
    // Qwen's files have Hugging Face's order, so for one of those the numbers stay as they are.
    BaseModel untouched =
        new BaseModel("q", "qwen3", shape.layers(), shape.headSize(), shape.shapes());
    AdapterGguf.write(adapter, untouched, gguf);
    rename(gguf, "qwen3", "llama");
    Path merged = folder.resolve("merged.gguf");
    Merging.toGguf(base, adapter, merged, ElementType.F32);
    double wrong =
        apart(
            score(base, Optional.of(gguf), Attention.PLAIN),
            score(merged, Optional.empty(), Attention.PLAIN));
    assertThat(wrong).isGreaterThan(10 * MOST);
  }

  /// Has a file call itself of another architecture, whose name has as many letters.
  private static void rename(Path gguf, String is, String becomes) {
    try {
      byte[] bytes = Files.readAllBytes(gguf);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int at = text.indexOf(is);
      byte[] name = becomes.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(name, 0, bytes, at, name.length);
      Files.write(gguf, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatAModelIsTakesItsAdapterIn() {
    Path base = RandomDecoders.write(folder, "qwen2");
    Path peft = folder.resolve("refuses");
    PeftFolder.write(RandomDecoders.adapter(), "random", peft);
    String alone;
    try (LlamaModel model = open(base, Optional.empty(), Attention.PLAIN)) {
      assertThat(model.name()).isEqualTo("qwen2");
      assertThat(model.provenance()).doesNotContainKeys("adapter", "adapter sha256");
      alone = model.provenance().getOrDefault("model sha256", "");
    }
    try (LlamaModel model = open(base, Optional.of(peft), Attention.PLAIN)) {
      assertThat(model.name()).isEqualTo("qwen2+refuses");
      assertThat(model.provenance())
          .containsEntry("adapter", peft.toString())
          .containsEntry("base sha256", alone)
          .doesNotContainEntry("model sha256", alone)
          .hasEntrySatisfying("adapter sha256", hash -> assertThat(hash).hasSize(64));
    }
    assertThat(temporary()).isEmpty();
  }

  private static List<Path> temporary() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().matches("adapter.*gguf")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anAdapterOfAnotherModelOrNoneIsRefusedInTwoLines() throws IOException {
    Path llama = RandomDecoders.write(folder, "llama");
    Path gguf = folder.resolve("adapter.gguf");
    AdapterGguf.write(RandomDecoders.adapter(), BaseModel.open(llama), gguf);
    UserError architecture = opening(RandomDecoders.write(folder, "qwen2"), gguf);
    assertThat(architecture)
        .hasMessage(
            "the adapter "
                + gguf
                + " is for another model than qwen2.gguf: it is for llama, and the model is qwen2");
    assertThat(architecture.hint()).startsWith("use it with the model that it was trained on");
    assertThat(opening(BuiltIn.FILE, gguf))
        .hasMessageContaining("is for another model than base.gguf: for q_proj of layer 0");
    assertThat(opening(llama, llama))
        .hasMessageContaining("is no adapter: it calls itself a model");
    assertThat(opening(llama, folder.resolve("none")))
        .hasMessage("there is no adapter " + folder.resolve("none"));
    byte[] whole = Files.readAllBytes(gguf);
    Path part = Files.write(folder.resolve("part.gguf"), Arrays.copyOf(whole, whole.length - 9999));
    assertThat(opening(llama, part)).hasMessageStartingWith(part + " is truncated or damaged");
  }

  @Test
  void anAdapterOfTheBuiltInModelWorksWithItsHalfPrecision() throws InterruptedException {
    BaseModel base = BaseModel.open(BuiltIn.FILE);
    Adapter.Pair pair = RandomDecoders.pair(base.shapes());
    Adapter adapter = new Adapter(new LoraConfig(4, 6, Set.of(pair.projection())), List.of(pair));
    Path gguf = folder.resolve("adapter.gguf");
    AdapterGguf.write(adapter, base, gguf);
    LogProbs plain = score(BuiltIn.FILE, Optional.empty(), Attention.PLAIN);
    LogProbs ours = score(BuiltIn.FILE, Optional.of(gguf), Attention.SHARED);
    LogProbs theirs = score(BuiltIn.FILE, Optional.of(gguf), Attention.PLAIN);
    assertThat(apart(ours, theirs)).isLessThan(.05);
    assertThat(apart(plain, theirs)).isGreaterThan(CHANGED);
  }

  private static UserError opening(Path base, Path adapter) {
    return catchThrowableOfType(
        UserError.class, () -> open(base, Optional.of(adapter), Attention.PLAIN).close());
  }

  private static LlamaModel open(Path base, Optional<Path> adapter, Attention way) {
    LlamaOptions options = BuiltIn.OPTIONS.withAttention(way).withMemory(380_000_000);
    return LlamaModel.open(base, adapter.map(options::withAdapter).orElse(options));
  }

  private static LogProbs score(Path base, Optional<Path> adapter, Attention way)
      throws InterruptedException {
    try (LlamaModel model = open(base, adapter, way)) {
      SplittableRandom random = new SplittableRandom(3);
      int tokens = Math.min(300, model.vocabulary().size());
      int[] ids = IntStream.range(0, 60).map(i -> random.nextInt(5, tokens)).toArray();
      Tokens text = Tokens.of(ids);
      return Models.score(model, text.prefix(1), text.slice(1, text.size()));
    }
  }

  /// The largest difference of a log-probability.
  private static double apart(LogProbs one, LogProbs other) {
    return IntStream.range(0, one.size())
        .mapToDouble(i -> Math.abs(one.at(i) - other.at(i)))
        .max()
        .orElseThrow();
  }
}
