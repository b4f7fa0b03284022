package criticalwindows.lora;

import criticalwindows.error.UserError;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.gguf.DecoderFile;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.GgufCopy;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.LlamaExport;
import criticalwindows.gguf.ModelFolder;
import criticalwindows.gguf.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Models with an adapter added to their weights, or with other weights, as files. The base is a
/// GGUF file or a folder with safetensors; its configuration and tokenizer stay.
public final class Merging {
  private Merging() {}

  /// Why a base cannot become a GGUF file; nothing where it can. Folders are of many more kinds
  /// than GGUF files can be made of here.
  public static Optional<String> ggufObstacle(Path base) {
    return Files.isDirectory(base) ? LlamaExport.obstacle(base) : Optional.empty();
  }

  /// Writes `W + scale · B · A` as a GGUF file.
  ///
  /// @param base a GGUF file, or a folder of a Llama
  /// @param type of the matrices
  /// @throws UserError if the base's tensors cannot be read here, or the file cannot be written
  public static void toGguf(Path base, Adapter adapter, Path gguf, ElementType type) {
    if (Files.isDirectory(base)) {
      LlamaExport.write(base, gguf, type, sum(byHfName(adapter), adapter.config()));
      return;
    }
    Map<String, Adapter.Pair> pairs = new HashMap<>();
    AdapterGguf.toGguf(adapter, BaseModel.open(base))
        .pairs()
        .forEach(pair -> pairs.put(pair.projection().ggufName(pair.layer()) + ".weight", pair));
    try (GgufReader file = GgufReader.open(base)) {
      GgufCopy.write(file, sum(pairs, adapter.config()), gguf, type);
    }
  }

  /// Writes other weights as a GGUF file.
  ///
  /// @param base a GGUF file, or a folder of a Llama
  /// @param weights by their Hugging Face names; what is not among them stays as it is in the base
  /// @param type of the matrices
  /// @throws UserError if the base is of another kind than [DecoderConfig] knows, or the file
  ///   cannot be written
  /// @throws IllegalArgumentException if a weight is none of the base's
  public static void toGguf(Path base, List<Tensor> weights, Path gguf, ElementType type) {
    if (Files.isDirectory(base)) {
      Map<String, Tensor> others = byName(weights, DecoderConfig.read(base));
      LlamaExport.write(base, gguf, type, tensor -> others.getOrDefault(tensor.name(), tensor));
      return;
    }
    try (GgufReader file = GgufReader.open(base)) {
      DecoderConfig config = DecoderConfig.read(file);
      Map<String, Tensor> others = byName(weights, config);
      Map<String, Tensor> named = new HashMap<>();
      for (DecoderConfig.Weight weight : config.weights()) {
        Optional.ofNullable(others.get(weight.hfName()))
            .map(tensor -> weight.order().toGguf(tensor, config.shape().headSize()))
            .ifPresent(tensor -> named.put(weight.ggufName(), tensor.named(weight.ggufName())));
      }
      GgufCopy.write(file, tensor -> named.getOrDefault(tensor.name(), tensor), gguf, type);
    }
  }

  /// Writes `W + scale · B · A` as a folder with safetensors, see [ModelFolder].
  public static void toFolder(Path base, Adapter adapter, Path folder, ElementType type) {
    try (DecoderFile file = DecoderFile.open(base)) {
      UnaryOperator<Tensor> sum = sum(byHfName(adapter), adapter.config());
      ModelFolder.write(base, file.tensors().stream().map(sum).toList(), folder, type);
    }
  }

  /// Writes other weights as a folder with safetensors, see [ModelFolder].
  ///
  /// @param weights by their Hugging Face names; what is not among them stays as it is in the base
  /// @throws IllegalArgumentException if a weight is none of the base's
  public static void toFolder(Path base, List<Tensor> weights, Path folder, ElementType type) {
    try (DecoderFile file = DecoderFile.open(base)) {
      Map<String, Tensor> others = byName(weights, file.config());
      ModelFolder.write(
          base,
          file.tensors().stream()
              .map(tensor -> others.getOrDefault(tensor.name(), tensor))
              .toList(),
          folder,
          type);
    }
  }

  private static Map<String, Tensor> byName(List<Tensor> weights, DecoderConfig config) {
    Map<String, List<Long>> shapes = new HashMap<>();
    config.weights().forEach(weight -> shapes.put(weight.hfName(), weight.shape()));
    Map<String, Tensor> byName = new HashMap<>();
    for (Tensor tensor : weights) {
      if (!tensor.shape().equals(shapes.get(tensor.name()))) {
        throw new IllegalArgumentException(
            tensor.name() + " of the shape " + tensor.shape() + " is no weight of the base");
      }
      byName.put(tensor.name(), tensor);
    }
    return byName;
  }

  private static Map<String, Adapter.Pair> byHfName(Adapter adapter) {
    Map<String, Adapter.Pair> pairs = new HashMap<>();
    adapter
        .pairs()
        .forEach(pair -> pairs.put(pair.projection().hfName(pair.layer()) + ".weight", pair));
    return pairs;
  }

  private static UnaryOperator<Tensor> sum(Map<String, Adapter.Pair> pairs, LoraConfig config) {
    return tensor ->
        Optional.ofNullable(pairs.get(tensor.name()))
            .map(pair -> sum(tensor, pair, config.scale()))
            .orElse(tensor);
  }

  /// `W + scale · B · A`, row by row.
  private static Tensor sum(Tensor weight, Adapter.Pair pair, double scale) {
    float[] a = pair.a().toArray();
    int columns = weight.columns();
    Tensor.Rows rows =
        (i, into) -> {
          float[] row = new float[pair.b().columns()];
          weight.rows().read(i, into);
          pair.b().rows().read(i, row);
          for (int k = 0; k < row.length; k++) {
            float factor = (float) (scale * row[k]);
            for (int j = 0; j < columns; j++) {
              into[j] += factor * a[k * columns + j];
            }
          }
        };
    return new Tensor(weight.name(), weight.shape(), rows);
  }
}
