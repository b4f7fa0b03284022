package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads GGUF files, versions 2 and 3: the metadata at once, the tensors where they are asked for.
///
/// *Source:* the format's description, `docs/gguf.md` of the ggml project.
public final class GgufReader implements AutoCloseable {
  private static final int MOST_DIMENSIONS = 4;

  // A file of a few bytes each can ask for any amount of memory; no model comes near to these.
  private static final long MOST_TENSORS = 1_000_000;
  private static final long MOST_ENTRIES = 100_000;
  private static final long MOST_ITEMS = 4_000_000;
  private static final long MOST_TEXT = 128L << 20;
  private static final long MOST_ALIGNMENT = 1 << 20;

  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final GgufValue ALIGNED = GgufValue.unsigned(GgufWriter.ALIGNMENT);

  private final MappedFile file;
  private final Map<String, GgufValue> metadata = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final long data;
  private long texts;
  private long items;

  private record Place(List<Long> shape, int code, long offset) {}

  private GgufReader(MappedFile file) {
    this.file = file;
    if (file.size() < 24 || file.int32() != GgufWriter.MAGIC) {
      throw new UserError(file.path() + " is no GGUF file", "name a model file that ends in .gguf");
    }
    int version = file.int32();
    if (version != 2 && version != GgufWriter.VERSION) {
      throw new UserError(
          file.path() + " is GGUF of version " + version, "convert the model again, to version 3");
    }
    long tensors = number("tensors", MOST_TENSORS);
    long entries = number("values", MOST_ENTRIES);
    for (long i = 0; i < entries; i++) {
      String key = text();
      if (metadata.put(key, key.equals(TOKENS) ? tokens() : value(type())) != null) {
        throw file.broken("has two values under " + key);
      }
    }
    for (long i = 0; i < tensors; i++) {
      place();
    }
    long alignment = alignment();
    data = (file.at() + alignment - 1) / alignment * alignment;
  }

  /// How many things of a kind there are.
  private long number(String things, long most) {
    long number = file.int64();
    if (number < 0 || number > most) {
      throw file.broken("has " + number + " " + things + ", not between 0 and " + most);
    }
    return number;
  }

  private String text() {
    return text(StandardCharsets.UTF_8);
  }

  private String text(Charset charset) {
    long bytes = file.int64();
    texts += Math.max(0, bytes);
    if (texts < 0 || texts > MOST_TEXT) {
      throw file.broken("has texts of more than " + (MOST_TEXT >> 20) + " MiB");
    }
    return file.text(bytes, charset);
  }

  /// The tokens of a vocabulary. llama.cpp ends the process where two have the same bytes.
  private GgufValue tokens() {
    GgufValue.Type type = type();
    if (type != GgufValue.Type.ARRAY) {
      return value(type);
    }
    long start = file.at();
    GgufValue tokens = items();
    if (tokens instanceof GgufValue.Items(GgufValue.Type element, List<GgufValue> values)
        && element == GgufValue.Type.STRING) {
      long end = file.at();
      file.go(start + Integer.BYTES + Long.BYTES);
      Set<String> bytes = new HashSet<>();
      for (int i = 0; i < values.size(); i++) {
        String token = file.text(file.int64(), StandardCharsets.ISO_8859_1);
        if (!bytes.add(token.isEmpty() ? "[EMPTY_" + i + "]" : token)) {
          throw file.broken("has a token twice, the second time at number " + i);
        }
      }
      file.go(end);
    }
    return tokens;
  }

  private long alignment() {
    GgufValue own = metadata.getOrDefault("general.alignment", ALIGNED);
    if (own instanceof GgufValue.Whole(GgufValue.Type type, long alignment)
        && type == GgufValue.Type.UINT32
        && Long.bitCount(alignment) == 1
        && alignment <= MOST_ALIGNMENT) {
      return alignment;
    }
    throw file.broken(
        own instanceof GgufValue.Whole(GgufValue.Type _, long bytes)
            ? "aligns tensors to " + bytes + " bytes"
            : "does not say by a number how tensors are aligned");
  }

  /// Opens a file; close it when its tensors are no longer read.
  ///
  /// @throws UserError if it is no GGUF file, or is truncated
  public static GgufReader open(Path gguf) {
    MappedFile file = MappedFile.open(gguf);
    try {
      return new GgufReader(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// The file that is read.
  public Path path() {
    return file.path();
  }

  /// All of the metadata, in the file's order.
  public Map<String, GgufValue> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /// The names of the tensors, in the file's order.
  public List<String> tensorNames() {
    return List.copyOf(places.keySet());
  }

  /// A tensor by name; it can be read until this reader is closed.
  ///
  /// @throws UserError if there is none, or it is stored in a way that cannot be read here
  public Tensor tensor(String name) {
    Place place = placeOf(name);
    ElementType type =
        ElementType.ofCode(place.code)
            .orElseThrow(
                () ->
                    new UserError(
                        "the tensor "
                            + name
                            + " of "
                            + file.path()
                            + " is stored as "
                            + ElementType.nameOf(place.code),
                        "use a file with weights in F32, F16, BF16 or Q8_0"));
    return file.tensor(name, place.shape, type, data + place.offset);
  }

  /// A tensor as it lies in the file; it can be read until this reader is closed.
  ///
  /// @throws UserError if there is none
  public Raw raw(String name) {
    Place place = placeOf(name);
    return new Raw(place.shape, place.code, file.from(data + place.offset));
  }

  private Place placeOf(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw UserError.unknown("tensor in " + file.path(), name, places.keySet());
    }
    return place;
  }

  /// A tensor as it lies in a file.
  ///
  /// @param shape outermost dimension first
  /// @param code how GGUF names the type of its numbers
  /// @param bytes from its first to the end of the file, read-only
  public record Raw(List<Long> shape, int code, MemorySegment bytes) {}

  /// A whole number of the metadata.
  ///
  /// @throws UserError if there is none under this key
  public long whole(String key) {
    if (metadata.get(key) instanceof GgufValue.Whole(GgufValue.Type _, long value)) {
      return value;
    }
    throw missing(key, "whole number");
  }

  /// A floating-point number of the metadata.
  ///
  /// @throws UserError if there is none under this key
  public double real(String key) {
    if (metadata.get(key) instanceof GgufValue.Real(GgufValue.Type _, double value)) {
      return value;
    }
    throw missing(key, "number");
  }

  /// A text of the metadata.
  ///
  /// @throws UserError if there is none under this key
  public String text(String key) {
    if (metadata.get(key) instanceof GgufValue.Text(String value)) {
      return value;
    }
    throw missing(key, "text");
  }

  private UserError missing(String key, String kind) {
    return new UserError(
        file.path() + " has no " + kind + " under " + key, "convert the model again");
  }

  private GgufValue.Type type() {
    int code = file.int32();
    return GgufValue.Type.ofCode(code)
        .orElseThrow(() -> file.broken("names a value of type " + code));
  }

  private GgufValue value(GgufValue.Type type) {
    return switch (type) {
      case UINT8 -> new GgufValue.Whole(type, Byte.toUnsignedLong(file.int8()));
      case INT8 -> new GgufValue.Whole(type, file.int8());
      case UINT16 -> new GgufValue.Whole(type, int16() & 0xFFFF);
      case INT16 -> new GgufValue.Whole(type, int16());
      case UINT32 -> new GgufValue.Whole(type, Integer.toUnsignedLong(file.int32()));
      case INT32 -> new GgufValue.Whole(type, file.int32());
      case UINT64, INT64 -> new GgufValue.Whole(type, file.int64());
      case FLOAT32 -> new GgufValue.Real(type, Float.intBitsToFloat(file.int32()));
      case FLOAT64 -> new GgufValue.Real(type, Double.longBitsToDouble(file.int64()));
      case BOOL -> new GgufValue.Flag(file.int8() != 0);
      case STRING -> new GgufValue.Text(text());
      case ARRAY -> items();
    };
  }

  private short int16() {
    int low = file.int8() & 0xFF;
    return (short) (low | file.int8() << 8);
  }

  private GgufValue items() {
    GgufValue.Type element = type();
    long count = file.int64();
    // Each item takes a byte at least, so a larger count cannot be true and must not be believed.
    if (element == GgufValue.Type.ARRAY || count < 0 || count > file.size()) {
      throw file.broken("names an array of " + count + " items of type " + element);
    }
    items += count;
    if (items > MOST_ITEMS) {
      throw file.broken("has arrays of " + items + " items, more than " + MOST_ITEMS);
    }
    List<GgufValue> values = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      values.add(value(element));
    }
    return new GgufValue.Items(element, values);
  }

  private void place() {
    String name = text();
    int dimensions = file.int32();
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw file.broken("names a tensor of " + dimensions + " dimensions");
    }
    List<Long> innermostFirst = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      innermostFirst.add(file.int64());
    }
    file.count(innermostFirst);
    Place place = new Place(innermostFirst.reversed(), file.int32(), file.int64());
    if (places.put(name, place) != null) {
      throw file.broken("has two tensors " + name);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
