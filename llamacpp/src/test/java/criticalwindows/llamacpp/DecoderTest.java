package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.GgufValue;
import criticalwindows.gguf.GgufWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Models;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The forward pass of our own against llama.cpp's, on other architectures than the built-in
/// model's: its weights under another name, with what that architecture has besides.
@Isolated("a model with longer heads makes the process take another CPU library")
final class DecoderTest {
  private static final double MOST = .05;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3"})
  void everyArchitectureIsComputedAsLlamaCppDoes(String kind) throws InterruptedException {
    Path file = folder.resolve(kind + ".gguf");
    write(file, kind, Map.of());
    try (LlamaModel shared = open(file, Attention.SHARED);
        LlamaModel flash = open(file, Attention.FLASH)) {
      Tokens question = BuiltIn.question(shared.vocabulary(), 17);
      Tokens first = question.prefix(1);
      Tokens text = question.slice(1, question.size());
      LogProbs ours = Models.score(shared, first, text);
      LogProbs theirs = Models.score(flash, first, text);
      double largest = 0;
      for (int i = 0; i < text.size(); i++) {
        largest = Math.max(largest, Math.abs(ours.at(i) - theirs.at(i)));
      }
      assertThat(largest).isBetween(1e-9, MOST);
    }
  }

  @Test
  void aModelThatSaysMoreOfItselfIsLeftToLlamaCpp() {
    Path file = folder.resolve("scaled.gguf");
    write(file, "llama", Map.of("llama.rope.scaling.type", GgufValue.text("linear")));
    assertThatThrownBy(() -> open(file, Attention.SHARED).width(100))
        .isInstanceOf(UserError.class)
        .hasMessage("there is no shared attention for " + file);
    try (LlamaModel model = open(file, Attention.AUTO)) {
      assertThat(model.provenance().get("attention")).isIn("flash", "plain");
    }
  }

  private static LlamaModel open(Path file, Attention attention) {
    return LlamaModel.open(file, BuiltIn.OPTIONS.withAttention(attention));
  }

  /// The built-in model as another kind, with biases or norms where that kind has them.
  static void write(Path file, String kind, Map<String, GgufValue> more) {
    try (GgufReader own = GgufReader.open(BuiltIn.FILE)) {
      Map<String, GgufValue> metadata = new LinkedHashMap<>();
      own.metadata()
          .forEach((key, value) -> metadata.put(key.replaceFirst("^llama\\.", kind + "."), value));
      metadata.put("general.architecture", GgufValue.text(kind));
      metadata.putAll(more);
      List<Stored> tensors = new ArrayList<>();
      for (String name : own.tensorNames()) {
        Tensor tensor = own.tensor(name);
        boolean matrix = tensor.shape().size() > 1;
        tensors.add(new Stored(tensor, matrix ? ElementType.F16 : ElementType.F32));
        if (kind.equals("qwen2") && name.matches(".*attn_[qkv]\\.weight")) {
          tensors.add(vector(name.replace("weight", "bias"), tensor.shape().getFirst(), 0));
        }
        if (kind.equals("qwen3") && name.matches(".*attn_[qk]\\.weight")) {
          tensors.add(vector(name.replace(".weight", "_norm.weight"), 32, 1));
        }
      }
      GgufWriter.write(file, metadata, tensors);
    }
  }

  private static Stored vector(String name, long length, float middle) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    Tensor.Rows rows =
        (row, into) -> {
          for (int i = 0; i < into.length; i++) {
            into[i] = middle + (float) random.nextDouble(-.3, .3);
          }
        };
    return new Stored(new Tensor(name, List.of(length), rows), ElementType.F32);
  }
}
