package criticalwindows.gguf;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A file as memory, with a place to read on from. Numbers are little-endian.
final class MappedFile implements AutoCloseable {
  private static final ValueLayout.OfInt INT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong INT64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path path;
  private final Arena arena;
  private final MemorySegment memory;
  private long at;

  private MappedFile(Path path, Arena arena, MemorySegment memory) {
    this.path = path;
    this.arena = arena;
    this.memory = memory;
  }

  static MappedFile open(Path path) {
    Arena arena = Arena.ofShared();
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return new MappedFile(
          path, arena, file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena));
    } catch (IOException e) {
      arena.close();
      throw new UserError(
          path + " cannot be read: " + Reason.of(e), "check the path and your rights to it", e);
    }
  }

  Path path() {
    return path;
  }

  long size() {
    return memory.byteSize();
  }

  long at() {
    return at;
  }

  byte int8() {
    return memory.get(ValueLayout.JAVA_BYTE, advance(1));
  }

  int int32() {
    return memory.get(INT32, advance(4));
  }

  long int64() {
    return memory.get(INT64, advance(8));
  }

  String text(long bytes, Charset charset) {
    long from = advance(bytes);
    return new String(memory.asSlice(from, bytes).toArray(ValueLayout.JAVA_BYTE), charset);
  }

  /// Reads on from there.
  void go(long there) {
    at = there;
  }

  /// The rows of a tensor that lies at `offset`.
  Tensor tensor(String name, List<Long> shape, ElementType type, long offset) {
    if (shape.getLast() % type.block() != 0) {
      throw broken("names a tensor of the shape " + shape + " and the type " + type);
    }
    long bytes = type.bytes(count(shape));
    if (offset < 0 || bytes < 0 || offset > size() - bytes) {
      throw broken(
          "ends before the tensor " + name + " does: " + size() + " bytes of " + (offset + bytes));
    }
    MemorySegment data = memory.asSlice(offset, bytes);
    return new Tensor(
        name, shape, (row, into) -> type.read(data, row * type.bytes(into.length), into));
  }

  /// So many bytes from `offset` on.
  MemorySegment part(long offset, long bytes) {
    if (offset < 0 || bytes < 0 || offset > size() - bytes) {
      throw broken("ends before byte " + (offset + bytes) + ", where numbers end");
    }
    return memory.asSlice(offset, bytes);
  }

  /// What lies from `offset` to the end.
  MemorySegment from(long offset) {
    if (offset < 0 || offset > size()) {
      throw broken("ends before byte " + offset + ", where numbers begin");
    }
    return memory.asSlice(offset);
  }

  /// The number of numbers a shape holds.
  long count(List<Long> shape) {
    try {
      long count = 1;
      for (long length : shape) {
        if (length < 1) {
          throw broken("names a tensor of the shape " + shape);
        }
        count = Math.multiplyExact(count, length);
      }
      return Math.multiplyExact(count, 4L) / 4;
    } catch (ArithmeticException e) {
      throw broken("names a tensor of the shape " + shape);
    }
  }

  /// What to say when the file's content cannot be right.
  UserError broken(String what) {
    return new UserError(
        path + " is truncated or damaged: it " + what, "copy or download the file again");
  }

  private long advance(long bytes) {
    if (bytes < 0 || bytes > size() - at) {
      throw broken("ends at byte " + size() + ", where more is promised");
    }
    long from = at;
    at += bytes;
    return from;
  }

  @Override
  public void close() {
    arena.close();
  }
}
