package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The weights of a decoder, from a GGUF file or from a folder with safetensors, in Hugging Face's
/// names and order. They stay on disk until they are asked for.
public final class DecoderFile implements AutoCloseable {
  private static final String WHOLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private final DecoderConfig config;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<Runnable> files = new ArrayList<>();
  private final Path path;

  private DecoderFile(Path path, DecoderConfig config) {
    this.path = path;
    this.config = config;
  }

  /// Opens a model; close it when its tensors are no longer read.
  ///
  /// @param model a GGUF file, or a folder with `config.json` and safetensors
  /// @throws UserError if it cannot be read, is of another kind, or lacks a weight
  public static DecoderFile open(Path model) {
    return Files.isDirectory(model) ? ofFolder(model) : ofGguf(model);
  }

  private static DecoderFile ofGguf(Path model) {
    GgufReader reader = GgufReader.open(model);
    try {
      DecoderFile file = new DecoderFile(model, DecoderConfig.read(reader));
      file.files.add(reader::close);
      Set<String> unread = new HashSet<>(reader.tensorNames());
      for (DecoderConfig.Weight weight : file.config.weights()) {
        unread.remove(weight.ggufName());
        file.add(weight, file.huggingFace(weight, reader.tensor(weight.ggufName())));
      }
      file.nothingElse(unread);
      return file;
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private Tensor huggingFace(DecoderConfig.Weight weight, Tensor tensor) {
    return weight.order().toHuggingFace(tensor, config.shape().headSize());
  }

  private static DecoderFile ofFolder(Path folder) {
    DecoderFile file = new DecoderFile(folder, DecoderConfig.read(folder));
    try {
      Map<String, Tensor> found = new LinkedHashMap<>();
      for (String name : names(folder)) {
        Safetensors part = Safetensors.open(folder.resolve(name));
        file.files.add(part::close);
        part.names().forEach(tensor -> found.put(tensor, part.tensor(tensor)));
      }
      for (DecoderConfig.Weight weight : file.config.weights()) {
        Tensor tensor = found.remove(weight.hfName());
        if (tensor == null) {
          throw UserError.unknown("tensor in " + folder, weight.hfName(), found.keySet());
        }
        file.add(weight, tensor);
      }
      // A tied model may hold its embedding twice.
      found.remove("lm_head.weight");
      file.nothingElse(found.keySet());
      return file;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// The folder's files with weights.
  private static List<String> names(Path folder) {
    if (Files.exists(folder.resolve(WHOLE))) {
      return List.of(WHOLE);
    }
    if (!Files.exists(folder.resolve(INDEX))) {
      throw new UserError(
          "there is no " + WHOLE + " in " + folder,
          "name a folder with config.json and " + WHOLE + ", or a .gguf file");
    }
    JsonFields map = JsonFields.of(folder, INDEX).inner("weight_map");
    List<String> names =
        map.node().valueStream().map(JsonNode::asString).distinct().sorted().toList();
    for (String name : names) {
      if (!name.matches("[\\w.-]+\\.safetensors")) {
        throw new UserError(
            map.where() + " names the file " + name, "name files that lie in the same folder");
      }
    }
    return names;
  }

  private void add(DecoderConfig.Weight weight, Tensor tensor) {
    if (!tensor.shape().equals(weight.shape())) {
      throw new UserError(
          "the tensor "
              + tensor.name()
              + " of "
              + path
              + " has the shape "
              + tensor.shape()
              + ", not "
              + weight.shape(),
          "use the weights and the configuration of one model");
    }
    tensors.put(weight.hfName(), tensor.named(weight.hfName()));
  }

  private void nothingElse(Set<String> unread) {
    if (!unread.isEmpty()) {
      String some = unread.stream().sorted().limit(3).collect(Collectors.joining(", "));
      throw new UserError(
          path + " has tensors that a " + config.architecture() + " does not have: " + some,
          DecoderConfig.HINT);
    }
  }

  public DecoderConfig config() {
    return config;
  }

  /// All weights by their Hugging Face names, in the order of [DecoderConfig#weights]; they can be
  /// read until this is closed.
  public List<Tensor> tensors() {
    return List.copyOf(tensors.values());
  }

  @Override
  public void close() {
    files.forEach(Runnable::run);
    files.clear();
  }
}
