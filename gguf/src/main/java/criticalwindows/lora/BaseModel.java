package criticalwindows.lora;

import criticalwindows.error.UserError;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.RowOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an adapter must fit, and how its rows lie in a GGUF file.
///
/// @param name for people, such as the file's
/// @param architecture as GGUF names it, such as `llama`
/// @param layers how many
/// @param headSize rows of an attention head
/// @param shapes of its matrices, `[outputs, inputs]`, by their names in GGUF files, without the
///   ending `.weight`
public record BaseModel(
    String name, String architecture, int layers, int headSize, Map<String, List<Long>> shapes) {
  /// Architectures whose query and key rows have another order in GGUF files, see [RowOrder].
  private static final Set<String> TURNED = Set.of("llama");

  /// Those whose rows have the same order.
  private static final Set<String> AS_THEY_ARE =
      Set.of("qwen2", "qwen3", "gemma", "gemma2", "gemma3");

  private static final String PARTS = "split.count";

  public BaseModel {
    shapes = Map.copyOf(shapes);
  }

  /// A model.
  ///
  /// @param model a GGUF file, or a folder with `config.json`
  /// @throws UserError if it cannot be read, or says nothing of its layers
  public static BaseModel open(Path model) {
    if (Files.isDirectory(model)) {
      return of(model, DecoderConfig.read(model));
    }
    try (GgufReader file = GgufReader.open(model)) {
      return of(file);
    }
  }

  private static BaseModel of(Path folder, DecoderConfig config) {
    Map<String, List<Long>> shapes = new HashMap<>();
    for (DecoderConfig.Weight weight : config.weights()) {
      if (weight.shape().size() == 2) {
        shapes.put(weight.ggufName().replaceFirst("\\.weight$", ""), weight.shape());
      }
    }
    return new BaseModel(
        name(folder),
        config.architecture().toString(),
        config.shape().layers(),
        config.shape().headSize(),
        shapes);
  }

  private static String name(Path path) {
    return String.valueOf(path.toAbsolutePath().normalize().getFileName());
  }

  /// A model file.
  ///
  /// @throws UserError if it says nothing of its layers
  static BaseModel of(GgufReader file) {
    requireWhole(file);
    String kind = file.text("general.architecture");
    int layers = Math.toIntExact(file.whole(kind + ".block_count"));
    String own = kind + ".attention.key_length";
    long heads = Math.max(1, file.whole(kind + ".attention.head_count"));
    long size =
        file.metadata().containsKey(own)
            ? file.whole(own)
            : file.whole(kind + ".embedding_length") / heads;
    Map<String, List<Long>> shapes = new HashMap<>();
    for (String name : file.tensorNames()) {
      List<Long> shape = file.raw(name).shape();
      if (shape.size() == 2) {
        shapes.put(name.replaceFirst("\\.weight$", ""), shape);
      }
    }
    return new BaseModel(name(file.path()), kind, layers, Math.toIntExact(size), shapes);
  }

  /// A part of a model knows the shapes of its own matrices alone.
  private static void requireWhole(GgufReader file) {
    if (file.metadata().containsKey(PARTS) && file.whole(PARTS) > 1) {
      throw new UserError(
          file.path() + " is one of " + file.whole(PARTS) + " parts of a model",
          "make one file of them with llama.cpp's llama-gguf-split --merge, and name that");
    }
  }

  /// The shape of a matrix; absent if the model has no such.
  Optional<List<Long>> shape(int layer, Projection projection) {
    return Optional.ofNullable(shapes.get(projection.ggufName(layer)));
  }

  /// How the rows of a matrix lie in GGUF files.
  ///
  /// @throws UserError if that is not known of this architecture
  RowOrder order(Projection projection) {
    if (AS_THEY_ARE.contains(architecture)) {
      return RowOrder.SAME;
    }
    if (TURNED.contains(architecture)) {
      boolean turns = projection == Projection.Q || projection == Projection.K;
      return turns ? RowOrder.TURNED : RowOrder.SAME;
    }
    throw new UserError(
        name + " is " + architecture + ", whose order of rows in GGUF files is not known here",
        "turn the adapter into a GGUF file with llama.cpp's convert_lora_to_gguf.py, and name"
            + " that");
  }
}
