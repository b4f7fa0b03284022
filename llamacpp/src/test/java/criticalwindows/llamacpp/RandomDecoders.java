package criticalwindows.llamacpp;

import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.GgufValue;
import criticalwindows.gguf.GgufWriter;
import criticalwindows.gguf.RandomLlama;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import criticalwindows.lora.Adapter;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Tiny models of random weights in single precision, and adapters of them: 2 layers of width 128,
/// 2 heads of 64, feed-forward 192, 300 tokens.
final class RandomDecoders {
  static final int LAYERS = 2;

  private static final int WIDTH = 128;
  private static final int HEAD = 64;
  private static final int INNER = 192;

  private RandomDecoders() {}

  /// Writes a model.
  ///
  /// @param kind llama, qwen2, qwen3, gemma2 or command-r
  static Path write(Path folder, String kind) {
    Path llama = folder.resolve("random.gguf");
    boolean gemma = kind.equals("gemma2");
    boolean atOnce = kind.equals("command-r");
    RandomLlama.Output output = gemma || atOnce ? RandomLlama.Output.TIED : RandomLlama.Output.OWN;
    RandomLlama.write(llama, new RandomLlama.Shape(WIDTH, LAYERS, INNER, 300, output), 7);
    Path file = folder.resolve(kind + ".gguf");
    try (GgufReader own = GgufReader.open(llama)) {
      Map<String, GgufValue> metadata = new LinkedHashMap<>();
      own.metadata()
          .forEach((key, value) -> metadata.put(key.replaceFirst("^llama\\.", kind + "."), value));
      metadata.put("general.architecture", GgufValue.text(kind));
      metadata.put("general.file_type", GgufValue.unsigned(0));
      List<Stored> tensors = new ArrayList<>();
      if (atOnce) {
        metadata.put("command-r.attention.layer_norm_epsilon", GgufValue.real(1e-5));
      }
      for (String name : own.tensorNames()) {
        if (atOnce && name.endsWith("ffn_norm.weight")) {
          continue; // Attention and MLP read the same.
        }
        tensors.add(new Stored(own.tensor(name), ElementType.F32));
        if (kind.equals("qwen2") && name.matches(".*attn_[qkv]\\.weight")) {
          tensors.add(vector(name.replace("weight", "bias"), WIDTH));
        }
        if (gemma && name.matches(".*(attn|ffn)_norm\\.weight")) {
          tensors.add(vector(behind(name), WIDTH));
        }
        if (kind.equals("qwen3") && name.matches(".*attn_[qk]\\.weight")) {
          tensors.add(vector(name.replace(".weight", "_norm.weight"), HEAD));
        }
      }
      GgufWriter.write(file, metadata, tensors);
    }
    return file;
  }

  /// The norm behind a part that has one before it.
  private static String behind(String name) {
    return name.replace("attn_norm", "post_attention_norm").replace("ffn_norm", "post_ffw_norm");
  }

  private static Stored vector(String name, long length) {
    return new Stored(random(name, 1, List.of(length)), ElementType.F32);
  }

  /// An adapter of all matrices, of rank 4 and alpha 6.
  static Adapter adapter() {
    List<Adapter.Pair> pairs = new ArrayList<>();
    for (int layer = 0; layer < LAYERS; layer++) {
      for (Projection projection : Projection.values()) {
        long inputs = projection == Projection.DOWN ? INNER : WIDTH;
        boolean wide = projection == Projection.GATE || projection == Projection.UP;
        String name = projection.ggufName(layer);
        pairs.add(
            new Adapter.Pair(
                layer,
                projection,
                random(name + "a", .15f, List.of(4L, inputs)),
                random(name + "b", .15f, List.of(wide ? (long) INNER : WIDTH, 4L))));
      }
    }
    return new Adapter(new LoraConfig(4, 6, EnumSet.allOf(Projection.class)), pairs);
  }

  /// What is added to the queries of the first layer of a model.
  static Adapter.Pair pair(Map<String, List<Long>> shapes) {
    String name = Projection.Q.ggufName(0);
    List<Long> shape = shapes.getOrDefault(name, List.of());
    return new Adapter.Pair(
        0,
        Projection.Q,
        random(name + "a", .3f, List.of(4L, shape.getLast())),
        random(name + "b", .3f, List.of(shape.getFirst(), 4L)));
  }

  private static Tensor random(String name, float most, List<Long> shape) {
    return new Tensor(
        name,
        shape,
        (row, into) -> {
          SplittableRandom random = new SplittableRandom(31L * name.hashCode() + row);
          for (int i = 0; i < into.length; i++) {
            into[i] = (float) random.nextDouble(-most, most);
          }
        });
  }
}
