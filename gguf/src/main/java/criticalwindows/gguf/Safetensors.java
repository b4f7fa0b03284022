package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads a safetensors file: a JSON header, then the numbers, which stay on disk until they are
/// asked for.
///
/// *Source:* the format's description in the README of huggingface/safetensors.
public final class Safetensors implements AutoCloseable {
  static final String METADATA = "__metadata__";
  private static final long LONGEST_HEADER = 100_000_000;

  private final MappedFile file;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, WholeNumbers> integers = new LinkedHashMap<>();

  private Safetensors(MappedFile file) {
    this.file = file;
    long length = file.int64();
    if (length < 2 || length > LONGEST_HEADER) {
      throw file.broken("names a header of " + length + " bytes");
    }
    JsonFields header =
        JsonFields.parse("the header of " + file.path(), file.text(length, StandardCharsets.UTF_8));
    for (Map.Entry<String, JsonNode> entry : header.node().properties()) {
      if (entry.getKey().equals(METADATA)) {
        JsonFields texts = header.inner(METADATA);
        texts.node().propertyNames().forEach(name -> metadata.put(name, texts.text(name)));
      } else {
        add(header.inner(entry.getKey()), entry.getKey());
      }
    }
  }

  /// Opens a file; close it when its tensors are no longer read.
  ///
  /// @throws UserError if the file cannot be read, is truncated, or holds numbers of another kind
  ///   than F32, F16, BF16, I64 and I32
  public static Safetensors open(Path path) {
    MappedFile file = MappedFile.open(path);
    try {
      return new Safetensors(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// Texts that the file's writer added, by name.
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /// The names of the tensors, in the file's order, without those of whole numbers.
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /// A tensor by name; it can be read until this file is closed.
  ///
  /// @throws UserError if there is none
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw UserError.unknown("tensor in " + file.path(), name, tensors.keySet());
    }
    return tensor;
  }

  /// The whole numbers of a tensor that has one dimension.
  ///
  /// @throws UserError if there is none
  public long[] integers(String name) {
    WholeNumbers found = integers.get(name);
    if (found == null) {
      throw UserError.unknown("tensor of whole numbers in " + file.path(), name, integers.keySet());
    }
    return found.read();
  }

  private void add(JsonFields entry, String name) {
    Optional<WholeNumbers.Size> size = WholeNumbers.Size.named(entry.text("dtype"));
    if (size.isEmpty()) {
      tensors.put(name, tensor(entry, name));
    } else {
      List<Long> shape = longs(entry, "shape");
      long count = file.count(shape);
      long from = place(entry, name, shape, size.get().bytes() * count);
      integers.put(
          name, new WholeNumbers(file.part(from, size.get().bytes() * count), size.get(), count));
    }
  }

  private Tensor tensor(JsonFields entry, String name) {
    String dtype = entry.text("dtype");
    ElementType type =
        ElementType.named(dtype)
            .orElseThrow(
                () ->
                    new UserError(
                        "the tensor " + name + " of " + file.path() + " is of type " + dtype,
                        "save the model's weights as F32, F16 or BF16"));
    List<Long> shape = longs(entry, "shape");
    if (shape.isEmpty()) {
      shape = List.of(1L);
    }
    long from = place(entry, name, shape, type.bytes(file.count(shape)));
    return file.tensor(name, shape, type, from);
  }

  /// Where in the file a tensor of so many bytes begins.
  private long place(JsonFields entry, String name, List<Long> shape, long bytes) {
    List<Long> offsets = longs(entry, "data_offsets");
    if (offsets.size() != 2 || offsets.getLast() - offsets.getFirst() != bytes) {
      throw file.broken("says that " + name + " of shape " + shape + " lies at " + offsets);
    }
    return file.at() + offsets.getFirst();
  }

  private static List<Long> longs(JsonFields entry, String name) {
    JsonNode array =
        entry
            .field(name)
            .filter(JsonNode::isArray)
            .orElseThrow(() -> entry.missing(name, "a list of whole numbers"));
    List<Long> values = new ArrayList<>();
    for (JsonNode value : array) {
      if (!value.canConvertToLong() || value.longValue() < 0) {
        throw entry.missing(name, "a list of whole numbers");
      }
      values.add(value.longValue());
    }
    return values;
  }

  @Override
  public void close() {
    file.close();
  }
}
