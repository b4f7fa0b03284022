package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Writes GGUF files, version 3. Tensors go through a buffer of a megabyte, row by row, so a file
/// may be larger than the heap. The same content always gives the same bytes.
///
/// *Source:* the format's description, `docs/gguf.md` of the ggml project.
public final class GgufWriter {
  /// "GGUF", read as a little-endian number.
  static final int MAGIC = 0x46554747;

  static final int VERSION = 3;

  /// Every tensor begins at a multiple of this many bytes.
  static final int ALIGNMENT = 32;

  private final LittleEndianFile file;

  private GgufWriter(LittleEndianFile file) {
    this.file = file;
  }

  /// Writes a file whole or not at all: it is written beside its place first, then moved there.
  ///
  /// @param metadata in the order in which it is written
  /// @param tensors in the order in which they are written
  /// @throws UserError if the file cannot be written, or a weight does not fit its type
  public static void write(Path gguf, Map<String, GgufValue> metadata, List<Stored> tensors) {
    LittleEndianFile.write(gguf, file -> new GgufWriter(file).content(metadata, tensors));
  }

  private void content(Map<String, GgufValue> metadata, List<Stored> tensors) throws IOException {
    file.int32(MAGIC);
    file.int32(VERSION);
    file.int64(tensors.size());
    file.int64(metadata.size());
    for (Map.Entry<String, GgufValue> entry : metadata.entrySet()) {
      text(entry.getKey());
      file.int32(entry.getValue().type().code());
      value(entry.getValue());
    }
    long offset = 0;
    for (Stored stored : tensors) {
      describe(stored, offset);
      offset = aligned(offset + stored.bytes());
    }
    pad();
    for (Stored stored : tensors) {
      file.numbers(stored);
      pad();
    }
  }

  private void value(GgufValue value) throws IOException {
    switch (value) {
      case GgufValue.Whole(GgufValue.Type type, long number) -> whole(type, number);
      case GgufValue.Real(GgufValue.Type type, double number) -> real(type, number);
      case GgufValue.Flag(boolean set) -> file.int8(set ? 1 : 0);
      case GgufValue.Text(String words) -> text(words);
      case GgufValue.Items(GgufValue.Type element, List<GgufValue> values) -> {
        file.int32(element.code());
        file.int64(values.size());
        for (GgufValue item : values) {
          value(item);
        }
      }
    }
  }

  private void whole(GgufValue.Type type, long number) throws IOException {
    switch (type) {
      case UINT8, INT8 -> file.int8((int) number);
      case UINT16, INT16 -> {
        file.int8((int) number);
        file.int8((int) (number >> 8));
      }
      case UINT32, INT32 -> file.int32((int) number);
      case UINT64, INT64 -> file.int64(number);
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY ->
          throw new IllegalArgumentException(type + " is no whole number");
    }
  }

  private void real(GgufValue.Type type, double number) throws IOException {
    if (type == GgufValue.Type.FLOAT64) {
      file.int64(Double.doubleToLongBits(number));
    } else {
      file.int32(Float.floatToIntBits((float) number));
    }
  }

  private void describe(Stored stored, long offset) throws IOException {
    text(stored.tensor().name());
    List<Long> innermostFirst = stored.tensor().shape().reversed();
    file.int32(innermostFirst.size());
    for (long length : innermostFirst) {
      file.int64(length);
    }
    file.int32(stored.type().code());
    file.int64(offset);
  }

  static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private void pad() throws IOException {
    long at = file.size();
    for (long i = at; i < aligned(at); i++) {
      file.int8(0);
    }
  }

  private void text(String words) throws IOException {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    file.int64(bytes.length);
    file.bytes(bytes);
  }
}
