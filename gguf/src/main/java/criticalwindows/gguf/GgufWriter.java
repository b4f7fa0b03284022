package criticalwindows.gguf;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  private final FileChannel file;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
  private long written;

  private GgufWriter(FileChannel file) {
    this.file = file;
  }

  /// Writes a file whole or not at all: it is written beside its place first, then moved there.
  ///
  /// @param metadata in the order in which it is written
  /// @param tensors in the order in which they are written
  /// @throws UserError if the file cannot be written, or a weight does not fit its type
  public static void write(Path gguf, Map<String, GgufValue> metadata, List<Stored> tensors) {
    Path place = gguf.toAbsolutePath();
    Path folder = place.getParent();
    try {
      if (folder == null || Files.isDirectory(place)) {
        throw new IOException("is a folder");
      }
      Files.createDirectories(folder);
      Path draft = place.resolveSibling(place.getFileName() + ".draft");
      try {
        try (FileChannel file = FileChannel.open(draft, CREATE, TRUNCATE_EXISTING, WRITE)) {
          new GgufWriter(file).content(metadata, tensors);
        }
        Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UserError(
          gguf + " cannot be written: " + Reason.of(e),
          "name a file in a folder that you may write to, on a disk with free space",
          e);
    }
  }

  private void content(Map<String, GgufValue> metadata, List<Stored> tensors) throws IOException {
    int32(MAGIC);
    int32(VERSION);
    int64(tensors.size());
    int64(metadata.size());
    for (Map.Entry<String, GgufValue> entry : metadata.entrySet()) {
      text(entry.getKey());
      int32(entry.getValue().type().code());
      value(entry.getValue());
    }
    long offset = 0;
    for (Stored stored : tensors) {
      describe(stored, offset);
      offset = aligned(offset + stored.bytes());
    }
    pad();
    for (Stored stored : tensors) {
      numbers(stored);
      pad();
    }
    flush();
  }

  private void value(GgufValue value) throws IOException {
    switch (value) {
      case GgufValue.Whole(GgufValue.Type type, long number) -> whole(type, number);
      case GgufValue.Real(GgufValue.Type type, double number) -> real(type, number);
      case GgufValue.Flag(boolean set) -> int8(set ? 1 : 0);
      case GgufValue.Text(String words) -> text(words);
      case GgufValue.Items(GgufValue.Type element, List<GgufValue> values) -> {
        int32(element.code());
        int64(values.size());
        for (GgufValue item : values) {
          value(item);
        }
      }
    }
  }

  private void whole(GgufValue.Type type, long number) throws IOException {
    switch (type) {
      case UINT8, INT8 -> int8((int) number);
      case UINT16, INT16 -> {
        int8((int) number);
        int8((int) (number >> 8));
      }
      case UINT32, INT32 -> int32((int) number);
      case UINT64, INT64 -> int64(number);
      case FLOAT32, FLOAT64, BOOL, STRING, ARRAY ->
          throw new IllegalArgumentException(type + " is no whole number");
    }
  }

  private void real(GgufValue.Type type, double number) throws IOException {
    if (type == GgufValue.Type.FLOAT64) {
      int64(Double.doubleToLongBits(number));
    } else {
      int32(Float.floatToIntBits((float) number));
    }
  }

  private void describe(Stored stored, long offset) throws IOException {
    text(stored.tensor().name());
    List<Long> innermostFirst = stored.tensor().shape().reversed();
    int32(innermostFirst.size());
    for (long length : innermostFirst) {
      int64(length);
    }
    int32(stored.type().code());
    int64(offset);
  }

  private void numbers(Stored stored) throws IOException {
    Tensor tensor = stored.tensor();
    ElementType type = stored.type();
    float[] row = new float[tensor.columns()];
    for (long i = 0; i < tensor.rowCount(); i++) {
      tensor.rows().read(i, row);
      for (float number : row) {
        if (!type.holds(number)) {
          throw new UserError(
              "the weight " + number + " of " + tensor.name() + " does not fit " + type,
              "check that the file is whole; a model with such weights needs another type");
        }
      }
      for (int from = 0; from < row.length; from += type.block()) {
        ensure(type.blockBytes());
        type.write(row, from, buffer);
      }
    }
  }

  static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private void pad() throws IOException {
    long at = written + buffer.position();
    for (long i = at; i < aligned(at); i++) {
      int8(0);
    }
  }

  private void text(String words) throws IOException {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    int64(bytes.length);
    for (byte single : bytes) {
      int8(single);
    }
  }

  private void int8(int value) throws IOException {
    ensure(1);
    buffer.put((byte) value);
  }

  private void int32(int value) throws IOException {
    ensure(4);
    buffer.putInt(value);
  }

  private void int64(long value) throws IOException {
    ensure(8);
    buffer.putLong(value);
  }

  private void ensure(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      written += file.write(buffer);
    }
    buffer.clear();
  }
}
