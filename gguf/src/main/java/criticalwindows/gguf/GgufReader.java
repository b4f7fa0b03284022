package criticalwindows.gguf;

import criticalwindows.mistake.Mistake;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads GGUF files, versions 2 and 3: the metadata at once, the tensors where they are asked for.
///
/// *Source:* the format's description, `docs/gguf.md` of the ggml project.
public final class GgufReader implements AutoCloseable {
  private static final int MOST_DIMENSIONS = 4;

  private final MappedFile file;
  private final Map<String, GgufValue> metadata = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final long data;

  private record Place(List<Long> shape, int code, long offset) {}

  private GgufReader(MappedFile file) {
    this.file = file;
    if (file.size() < 24 || file.int32() != GgufWriter.MAGIC) {
      throw new Mistake(file.path() + " is no GGUF file", "name a model file that ends in .gguf");
    }
    int version = file.int32();
    if (version != 2 && version != GgufWriter.VERSION) {
      throw new Mistake(
          file.path() + " is GGUF of version " + version, "convert the model again, to version 3");
    }
    long tensors = file.int64();
    long entries = file.int64();
    for (long i = 0; i < entries; i++) {
      String key = file.text(file.int64());
      metadata.put(key, value(type()));
    }
    for (long i = 0; i < tensors; i++) {
      place();
    }
    boolean own = metadata.get("general.alignment") instanceof GgufValue.Whole;
    long alignment = own ? whole("general.alignment") : GgufWriter.ALIGNMENT;
    if (alignment < 1) {
      throw file.broken("aligns tensors to " + alignment + " bytes");
    }
    data = (file.at() + alignment - 1) / alignment * alignment;
  }

  /// Opens a file; close it when its tensors are no longer read.
  ///
  /// @throws Mistake if it is no GGUF file, or is truncated
  public static GgufReader open(Path gguf) {
    MappedFile file = MappedFile.open(gguf);
    try {
      return new GgufReader(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
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
  /// @throws Mistake if there is none, or it is stored in a way that cannot be read here
  public Tensor tensor(String name) {
    Place place = placeOf(name);
    ElementType type =
        ElementType.ofCode(place.code)
            .orElseThrow(
                () ->
                    new Mistake(
                        "the tensor " + name + " is stored as type " + place.code,
                        "use a file with weights in F32, F16, BF16 or Q8_0"));
    return file.tensor(name, place.shape, type, data + place.offset);
  }

  /// A tensor as it lies in the file; it can be read until this reader is closed.
  ///
  /// @throws Mistake if there is none
  public Raw raw(String name) {
    Place place = placeOf(name);
    return new Raw(place.shape, place.code, file.from(data + place.offset));
  }

  private Place placeOf(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw Mistake.unknown("tensor in " + file.path(), name, places.keySet());
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
  /// @throws Mistake if there is none under this key
  public long whole(String key) {
    if (metadata.get(key) instanceof GgufValue.Whole(GgufValue.Type _, long value)) {
      return value;
    }
    throw missing(key, "whole number");
  }

  /// A floating-point number of the metadata.
  ///
  /// @throws Mistake if there is none under this key
  public double real(String key) {
    if (metadata.get(key) instanceof GgufValue.Real(GgufValue.Type _, double value)) {
      return value;
    }
    throw missing(key, "number");
  }

  /// A text of the metadata.
  ///
  /// @throws Mistake if there is none under this key
  public String text(String key) {
    if (metadata.get(key) instanceof GgufValue.Text(String value)) {
      return value;
    }
    throw missing(key, "text");
  }

  private Mistake missing(String key, String kind) {
    return new Mistake(
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
      case STRING -> new GgufValue.Text(file.text(file.int64()));
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
    List<GgufValue> values = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      values.add(value(element));
    }
    return new GgufValue.Items(element, values);
  }

  private void place() {
    String name = file.text(file.int64());
    int dimensions = file.int32();
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw file.broken("names a tensor of " + dimensions + " dimensions");
    }
    List<Long> innermostFirst = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      innermostFirst.add(file.int64());
    }
    file.count(innermostFirst);
    places.put(name, new Place(innermostFirst.reversed(), file.int32(), file.int64()));
  }

  @Override
  public void close() {
    file.close();
  }
}
