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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that is being written, little-endian, through a buffer of a megabyte.
final class LittleEndianFile {
  private final FileChannel file;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
  private long written;

  private LittleEndianFile(FileChannel file) {
    this.file = file;
  }

  /// Writes what a file consists of.
  @FunctionalInterface
  interface Content {
    void write(LittleEndianFile file) throws IOException;
  }

  /// Writes a file whole or not at all: it is written beside its place first, then moved there.
  ///
  /// @throws UserError if it cannot be written
  static void write(Path path, Content content) {
    Path place = path.toAbsolutePath();
    Path folder = place.getParent();
    try {
      if (folder == null || Files.isDirectory(place)) {
        throw new IOException("is a folder");
      }
      Files.createDirectories(folder);
      Path draft = place.resolveSibling(place.getFileName() + ".draft");
      try {
        try (FileChannel file = FileChannel.open(draft, CREATE, TRUNCATE_EXISTING, WRITE)) {
          LittleEndianFile drafted = new LittleEndianFile(file);
          content.write(drafted);
          drafted.flush();
          file.force(true);
        }
        Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UserError(
          path + " cannot be written: " + Reason.of(e),
          "name a file in a folder that you may write to, on a disk with free space",
          e);
    }
  }

  /// The numbers of a tensor, row after row.
  ///
  /// @throws UserError if one does not fit its type
  void numbers(Stored stored) throws IOException {
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

  /// How many bytes there are so far.
  long size() {
    return written + buffer.position();
  }

  void bytes(byte[] values) throws IOException {
    for (byte value : values) {
      int8(value);
    }
  }

  void int8(int value) throws IOException {
    ensure(1);
    buffer.put((byte) value);
  }

  void int32(int value) throws IOException {
    ensure(4);
    buffer.putInt(value);
  }

  void int64(long value) throws IOException {
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
