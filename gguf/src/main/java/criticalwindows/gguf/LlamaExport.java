package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Turns a Hugging Face Llama folder (`model.safetensors`, `config.json`, `tokenizer.json`,
/// `generation_config.json`) into one GGUF file: matrices in the type that is asked for, norms in
/// F32. Rows that are no whole blocks of that type are F16.
///
/// The rows of the query and key matrices change places on the way, see [RowOrder#TURNED].
public final class LlamaExport {
  /// ggml's version of its blocks.
  static final int BLOCKS_VERSION = 2;

  private static final String WEIGHTS = "model.safetensors";

  private final DecoderConfig config;
  private final ElementType type;
  private final Function<String, Tensor> weights;

  private LlamaExport(DecoderConfig config, ElementType type, Function<String, Tensor> weights) {
    this.config = config;
    this.type = type;
    this.weights = weights;
  }

  /// What a file says of itself.
  ///
  /// @param name of the model, for people; empty: the folder's
  /// @param license as SPDX writes it, such as `apache-2.0`; empty: not said
  public record Label(String name, String license) {}

  /// Writes the model of a folder, under the folder's name.
  ///
  /// @param type of the matrices
  /// @throws UserError if a file of the folder is missing, damaged or of another kind
  public static void write(Path huggingFaceFolder, Path gguf, ElementType type) {
    write(huggingFaceFolder, gguf, type, new Label("", ""));
  }

  /// Writes the model of a folder.
  ///
  /// @param type of the matrices
  /// @throws UserError if a file of the folder is missing, damaged or of another kind
  public static void write(Path huggingFaceFolder, Path gguf, ElementType type, Label label) {
    DecoderConfig config = config(huggingFaceFolder);
    Map<String, GgufValue> metadata = metadata(huggingFaceFolder, config, type, label);
    try (Safetensors weights = Safetensors.open(huggingFaceFolder.resolve(WEIGHTS))) {
      GgufWriter.write(gguf, metadata, new LlamaExport(config, type, weights::tensor).tensors());
    }
  }

  /// Writes the model of a folder with other numbers, under the folder's name.
  ///
  /// @param type of the matrices
  /// @param change what becomes of a tensor; its shape stays
  /// @throws UserError if a file of the folder is missing, damaged or of another kind
  public static void write(
      Path huggingFaceFolder, Path gguf, ElementType type, UnaryOperator<Tensor> change) {
    DecoderConfig config = config(huggingFaceFolder);
    Map<String, GgufValue> metadata = metadata(huggingFaceFolder, config, type, new Label("", ""));
    try (Safetensors weights = Safetensors.open(huggingFaceFolder.resolve(WEIGHTS))) {
      Function<String, Tensor> changed = name -> change.apply(weights.tensor(name));
      GgufWriter.write(gguf, metadata, new LlamaExport(config, type, changed).tensors());
    }
  }

  /// Why the model of a folder cannot be written; nothing where it can.
  public static Optional<String> obstacle(Path huggingFaceFolder) {
    try (Safetensors _ = Safetensors.open(huggingFaceFolder.resolve(WEIGHTS))) {
      DecoderConfig config = config(huggingFaceFolder);
      metadata(huggingFaceFolder, config, ElementType.F32, new Label("", ""));
      return Optional.empty();
    } catch (UserError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static DecoderConfig config(Path huggingFaceFolder) {
    DecoderConfig config = DecoderConfig.read(huggingFaceFolder);
    if (config.architecture() != DecoderConfig.Architecture.LLAMA) {
      throw new UserError(
          huggingFaceFolder + " holds a " + config.architecture(),
          "export plain Llama models only");
    }
    return config;
  }

  private static Map<String, GgufValue> metadata(
      Path huggingFaceFolder, DecoderConfig config, ElementType type, Label label) {
    BytePairs vocabulary = BytePairs.read(huggingFaceFolder, config.shape().vocabulary());
    String name = label.name().isEmpty() ? name(huggingFaceFolder) : label.name();
    Map<String, GgufValue> metadata = general(new Label(name, label.license()), type);
    JsonFields generation = JsonFields.of(huggingFaceFolder, "generation_config.json");
    metadata.putAll(sampling(generation));
    metadata.putAll(config.shape().metadata(config.epsilon(), config.ropeBase()));
    metadata.putAll(vocabulary.metadata());
    metadata.putAll(Endings.metadata(generation, vocabulary));
    if (HeaderTemplate.fits(vocabulary.tokens())) {
      metadata.put("tokenizer.chat_template", GgufValue.text(HeaderTemplate.TEXT));
    }
    return metadata;
  }

  private static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "model" : name.toString();
  }

  static Map<String, GgufValue> general(Label label, ElementType type) {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    values.put("general.architecture", GgufValue.text("llama"));
    values.put("general.type", GgufValue.text("model"));
    values.put("general.name", GgufValue.text(label.name()));
    if (!label.license().isEmpty()) {
      values.put("general.license", GgufValue.text(label.license()));
    }
    values.put("general.file_type", GgufValue.unsigned(type.fileType()));
    if (type.block() > 1) {
      values.put("general.quantization_version", GgufValue.unsigned(BLOCKS_VERSION));
    }
    return values;
  }

  /// What the makers recommend for sampling.
  private static Map<String, GgufValue> sampling(JsonFields generation) {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    if (generation.field("temperature").isPresent()) {
      values.put("general.sampling.temp", GgufValue.real(generation.real("temperature")));
    }
    if (generation.field("top_p").isPresent()) {
      values.put("general.sampling.top_p", GgufValue.real(generation.real("top_p")));
    }
    if (generation.field("top_k").isPresent()) {
      values.put("general.sampling.top_k", GgufValue.whole(generation.whole("top_k")));
    }
    return values;
  }

  private List<Stored> tensors() {
    return config.weights().stream().map(this::stored).toList();
  }

  private Stored stored(DecoderConfig.Weight weight) {
    Tensor tensor = checked(weight.hfName(), weight.shape());
    Tensor turned = weight.order().toGguf(tensor, config.shape().headSize());
    return new Stored(turned.named(weight.ggufName()), type(weight, tensor.columns()));
  }

  private ElementType type(DecoderConfig.Weight weight, int columns) {
    if (weight.shape().size() == 1) {
      return ElementType.F32;
    }
    return columns % type.block() == 0 ? type : ElementType.F16;
  }

  private Tensor checked(String name, List<Long> shape) {
    Tensor tensor = weights.apply(name);
    if (!tensor.shape().equals(shape)) {
      throw new UserError(
          "the tensor " + tensor.name() + " has the shape " + tensor.shape() + ", not " + shape,
          "use the model.safetensors and config.json of one model");
    }
    return tensor;
  }
}
