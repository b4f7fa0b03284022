package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.error.UserError;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.RandomLlama;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Vectors of all layers and sites against the plain forward pass, and what a reader promises.
final class LlamaActivationsTest {
  @TempDir Path folder;

  private static List<HookPoint> all(int layers) {
    List<HookPoint> hooks = new ArrayList<>();
    for (int layer = 1; layer <= layers; layer++) {
      for (Site site : Site.values()) {
        hooks.add(new HookPoint(site, layer));
      }
    }
    return hooks;
  }

  private static Tokens text(int size, int vocabulary) {
    return Tokens.of(new SplittableRandom(3).ints(size, 0, vocabulary).toArray());
  }

  private static LlamaActivations open(Path file, List<HookPoint> hooks) {
    return LlamaActivations.open(file, BuiltIn.OPTIONS, new LlamaActivations.Room(hooks, 2, 1024));
  }

  private static int[] every(int tokens) {
    return IntStream.range(0, tokens).toArray();
  }

  /// The largest ‖a − b‖ / ‖b‖ of a vector, over all places and hook points.
  private static double largest(LlamaActivations reader, ReferenceLlama reference, Tokens text)
      throws InterruptedException {
    float[][] found = reader.read(0, text, every(text.size()));
    reader.trim(0, 0);
    List<ReferenceLlama.Layer> layers = reference.layers(text);
    double largest = 0;
    for (int h = 0; h < reader.hooks().size(); h++) {
      HookPoint hook = reader.hooks().get(h);
      ReferenceLlama.Layer layer = layers.get(hook.layer() - 1);
      double[][] expected =
          switch (hook.site()) {
            case RESIDUAL -> layer.residual();
            case ATTENTION -> layer.attention();
            case MLP -> layer.mlp();
          };
      for (int t = 0; t < text.size(); t++) {
        double apart = 0;
        double size = 0;
        for (int i = 0; i < reader.width(); i++) {
          double difference = found[t][h * reader.width() + i] - expected[t][i];
          apart += difference * difference;
          size += expected[t][i] * expected[t][i];
        }
        largest = Math.max(largest, Math.sqrt(apart / size));
      }
    }
    return largest;
  }

  @ParameterizedTest
  @CsvSource({"llama, PLAIN", "qwen2, PLAIN", "qwen3, PLAIN", "llama, FLASH", "qwen3, FLASH"})
  void aFileInSinglePrecisionGivesWhatItsEquationsSay(String kind, Attention way) throws Exception {
    Path file = RandomDecoders.write(folder, kind);
    try (LlamaActivations reader =
        LlamaActivations.open(
            file,
            BuiltIn.OPTIONS.withAttention(way),
            new LlamaActivations.Room(all(RandomDecoders.LAYERS), 1, 256))) {
      double largest = largest(reader, ReferenceLlama.ofGguf(file), text(150, 300));
      assertThat(largest).isBetween(1e-9, 1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({"PLAIN", "FLASH"})
  void theBuiltInModelInHalvesGivesWhatItsEquationsSay(Attention way) throws Exception {
    try (LlamaActivations reader =
        LlamaActivations.open(
            BuiltIn.FILE,
            BuiltIn.OPTIONS.withAttention(way),
            new LlamaActivations.Room(all(6), 1, 512))) {
      double largest = largest(reader, ReferenceLlama.ofGguf(BuiltIn.FILE), text(150, 1000));
      assertThat(largest).isBetween(1e-9, 1e-2);
    }
  }

  @Test
  void aRandomModelInHalvesGivesWhatItsEquationsSay() throws Exception {
    Path file = folder.resolve("halves.gguf");
    RandomLlama.write(file, new RandomLlama.Shape(256, 3, 512, 300, RandomLlama.Output.OWN), 7);
    try (LlamaActivations reader = open(file, all(3))) {
      double largest = largest(reader, ReferenceLlama.ofGguf(file), text(100, 300));
      assertThat(largest).isBetween(1e-9, 1e-2);
    }
  }

  @ParameterizedTest
  @CsvSource({"residual.1", "mlp.2", "attention.2", "residual.2"})
  void aTextReadInPiecesGivesWhatItGivesAtOnce(String hook) throws Exception {
    Path file = RandomDecoders.write(folder, "llama");
    try (LlamaActivations reader = open(file, List.of(HookPoint.parse(hook)))) {
      assertThat(apartInPieces(reader, 300)).isLessThan(1e-6);
    }
  }

  /// In halves the last bits of a key depend on how many tokens are computed together.
  @ParameterizedTest
  @CsvSource({"residual.3", "mlp.6", "attention.6", "residual.6"})
  void soItDoesInHalvesUpToTheirRounding(String hook) throws Exception {
    try (LlamaActivations reader = open(BuiltIn.FILE, List.of(HookPoint.parse(hook)))) {
      assertThat(apartInPieces(reader, 1000)).isLessThan(2e-3);
    }
  }

  /// A text at once, and in pieces with a tail that is forgotten in between: the largest ‖a − b‖ /
  /// ‖b‖.
  private static double apartInPieces(LlamaActivations reader, int vocabulary)
      throws InterruptedException {
    Tokens text = text(700, vocabulary);
    float[][] whole = reader.read(0, text, new int[] {0, 99, 511, 512, 699});
    List<float[]> pieces = new ArrayList<>();
    pieces.addAll(List.of(reader.read(1, text.slice(0, 100), new int[] {0, 99})));
    reader.read(1, text(50, vocabulary), new int[0]);
    reader.trim(1, 100);
    pieces.addAll(List.of(reader.read(1, text.slice(100, 512), new int[] {411})));
    pieces.addAll(List.of(reader.read(1, text.slice(512, 513), new int[] {0})));
    pieces.addAll(List.of(reader.read(1, text.slice(513, 700), new int[] {186})));
    double largest = 0;
    for (int i = 0; i < whole.length; i++) {
      double apart = 0;
      double size = 0;
      for (int j = 0; j < reader.width(); j++) {
        apart += Math.pow(whole[i][j] - pieces.get(i)[j], 2);
        size += Math.pow(whole[i][j], 2);
      }
      largest = Math.max(largest, Math.sqrt(apart / size));
    }
    return largest;
  }

  /// Gemma has a norm behind each part, and embeddings that are scaled; Command R adds the
  /// attention's last.
  @ParameterizedTest
  @CsvSource({"llama", "qwen2", "qwen3", "gemma2", "command-r"})
  void theStreamIsTheOneBeforeAndWhatALayerAdds(String kind) throws Exception {
    Path file = RandomDecoders.write(folder, kind);
    Tokens text = text(40, 300);
    try (LlamaActivations reader = open(file, all(2))) {
      int width = reader.width();
      for (float[] found : reader.read(0, text, every(40))) {
        for (int i = 0; i < width; i++) {
          float sum = found[i] + found[width * 4 + i] + found[width * 5 + i];
          assertThat(found[width * 3 + i]).isCloseTo(sum, within(1e-4f));
        }
      }
    }
  }

  /// What comes out of a norm is as large as the norm's weights let it be.
  @Test
  void whatGemmaAddsIsBehindItsNorm() throws Exception {
    Path file = RandomDecoders.write(folder, "gemma2");
    try (GgufReader source = GgufReader.open(file);
        LlamaActivations reader = open(file, all(2))) {
      float[][] found = reader.read(0, text(40, 300), every(40));
      String[] norms = {
        "blk.0.post_attention_norm", "blk.0.post_ffw_norm",
        "blk.1.post_attention_norm", "blk.1.post_ffw_norm"
      };
      int[] hooks = {1, 2, 4, 5};
      int width = reader.width();
      for (int h = 0; h < hooks.length; h++) {
        float[] weights = source.tensor(norms[h] + ".weight").toArray();
        for (float[] vector : found) {
          double squares = 0;
          for (int i = 0; i < width; i++) {
            squares += Math.pow(vector[hooks[h] * width + i] / weights[i], 2);
          }
          assertThat(squares / width).isCloseTo(1, within(1e-3));
        }
      }
    }
  }

  /// In the first layer an MLP beside the attention knows its own token alone; attention knows
  /// those before it.
  @Test
  void whatIsComputedSideBySideIsNotMistaken() throws Exception {
    Path file = RandomDecoders.write(folder, "command-r");
    List<HookPoint> hooks = List.of(HookPoint.parse("attention.1"), HookPoint.parse("mlp.1"));
    try (LlamaActivations reader = open(file, hooks)) {
      float[][] one = reader.read(0, Tokens.of(5, 6, 7), every(3));
      float[][] other = reader.read(1, Tokens.of(8, 9, 7), every(3));
      int width = reader.width();
      assertThat(Arrays.copyOfRange(one[2], width, 2 * width))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(Arrays.copyOfRange(other[2], width, 2 * width));
      assertThat(Math.abs(one[2][0] - other[2][0])).isGreaterThan(1e-3f);
    }
  }

  @Test
  void onlySomePlacesGiveTheSameVectorsAsAll() throws Exception {
    Tokens text = text(600, 1000);
    List<HookPoint> hooks = all(6);
    try (LlamaActivations reader = open(BuiltIn.FILE, hooks)) {
      float[][] every = reader.read(0, text, every(600));
      float[][] some = reader.read(1, text, new int[] {5, 80, 599});
      assertThat(some[0]).usingComparatorWithPrecision(1e-4f).containsExactly(every[5]);
      assertThat(some[1]).usingComparatorWithPrecision(1e-4f).containsExactly(every[80]);
      assertThat(some[2]).usingComparatorWithPrecision(1e-4f).containsExactly(every[599]);
    }
  }

  @Test
  void anInterruptEmptiesTheSequenceAndTheReaderGoesOn() throws Exception {
    Tokens text = text(200, 1000);
    try (LlamaActivations reader = open(BuiltIn.FILE, List.of(HookPoint.parse("residual.6")))) {
      float[][] before = reader.read(0, text, new int[] {199});
      reader.trim(0, 0);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> reader.read(0, text, new int[] {199}))
          .isInstanceOf(InterruptedException.class);
      assertThat(reader.read(0, text, new int[] {199})[0]).containsExactly(before[0]);
    }
  }

  @Test
  void aLayerThatIsNotThereIsAUserError() {
    assertThatThrownBy(() -> open(BuiltIn.FILE, List.of(HookPoint.parse("residual.7"))))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e).hasMessage("there is no residual.7: the model has 6 layers");
              assertThat(e.hint()).isEqualTo("name layers from 1 to 6");
            });
  }

  @Test
  void whatWouldEndTheProcessIsRefused() {
    Tokens text = text(10, 1000);
    try (LlamaActivations reader = open(BuiltIn.FILE, List.of(HookPoint.parse("mlp.2")))) {
      for (int[] wanted : new int[][] {{10}, {-1}, {3, 3}, {4, 2}}) {
        assertThatThrownBy(() -> reader.read(0, text, wanted))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> reader.read(0, text(1025, 1000), new int[0]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> reader.read(0, Tokens.of(1_000_000), new int[0]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> reader.read(0, Tokens.none(), new int[0]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> reader.trim(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
