package criticalwindows.reading;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The entries of a ZIP and their bytes as they are packed, whatever packed them: the JDK's reader
/// refuses a whole file for one entry of a method that it does not know.
///
/// *Source:* APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3.7 to 4.3.16 and 4.5.3
final class ZipEntries implements AutoCloseable {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LONG_END = 0x06064b50;
  private static final int LONG_END_BYTES = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final long ELSEWHERE = 0xffffffffL;

  /// The most bytes of a directory that are read: a few hundred thousand entries.
  private static final long MOST = 64 << 20;

  private final Path file;
  private final FileChannel channel;

  private ZipEntries(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// @param method by which it is packed, such as 8 for deflate
  /// @param size of it as it is packed, in bytes
  /// @param offset of its header in the file, in bytes
  record Entry(String name, int method, boolean encrypted, long size, long offset) {}

  static ZipEntries open(Path file) {
    try {
      return new ZipEntries(file, FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw JsonValues.io(file.toString(), e);
    }
  }

  /// All of them, as its directory at the end of the file has them.
  ///
  /// @throws UserError if there is no such directory
  List<Entry> entries() {
    try {
      ByteBuffer directory = directory();
      List<Entry> entries = new ArrayList<>();
      while (directory.remaining() >= ENTRY_BYTES
          && directory.getInt(directory.position()) == ENTRY) {
        entries.add(entry(directory));
      }
      return entries;
    } catch (IOException e) {
      close();
      throw JsonValues.io(file.toString(), e);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      close();
      throw broken();
    }
  }

  private UserError broken() {
    return new UserError(
        file + " is no ZIP that is whole",
        "copy it anew; a log that is being written has no end yet");
  }

  private ByteBuffer directory() throws IOException {
    long size = channel.size();
    int tail = (int) Math.min(size, END_BYTES + COMMENT);
    ByteBuffer end = read(size - tail, tail);
    int at = tail - END_BYTES;
    while (at >= 0 && end.getInt(at) != END) {
      at--;
    }
    if (at < 0) {
      throw broken();
    }
    long length = end.getInt(at + 12) & ELSEWHERE;
    long offset = end.getInt(at + 16) & ELSEWHERE;
    if ((length == ELSEWHERE || offset == ELSEWHERE) && at >= LOCATOR_BYTES) {
      ByteBuffer far = longEnd(end, at - LOCATOR_BYTES);
      length = far.getLong(40);
      offset = far.getLong(48);
    }
    if (length > MOST) {
      throw new UserError(
          file + " has a directory of " + length + " bytes",
          "no log has so many samples; see what wrote it");
    }
    return read(offset, (int) length);
  }

  private ByteBuffer longEnd(ByteBuffer end, int locator) throws IOException {
    if (end.getInt(locator) != LOCATOR) {
      throw broken();
    }
    ByteBuffer far = read(end.getLong(locator + 8), LONG_END_BYTES);
    if (far.getInt(0) != LONG_END) {
      throw broken();
    }
    return far;
  }

  /// The entry at its position, which moves behind it.
  private static Entry entry(ByteBuffer directory) {
    int at = directory.position();
    int flags = directory.getShort(at + 8);
    int method = directory.getShort(at + 10) & 0xffff;
    long packed = directory.getInt(at + 20) & ELSEWHERE;
    long whole = directory.getInt(at + 24) & ELSEWHERE;
    int name = directory.getShort(at + 28) & 0xffff;
    int extra = directory.getShort(at + 30) & 0xffff;
    int comment = directory.getShort(at + 32) & 0xffff;
    long offset = directory.getInt(at + 42) & ELSEWHERE;
    byte[] letters = new byte[name];
    directory.get(at + ENTRY_BYTES, letters);
    int more = at + ENTRY_BYTES + name;
    for (int field = more; field + 4 <= more + extra; ) {
      int bytes = directory.getShort(field + 2) & 0xffff;
      if (directory.getShort(field) == 1) {
        // Those that have no room in the entry stand here, in this order.
        int next = field + 4;
        next += whole == ELSEWHERE ? Long.BYTES : 0;
        if (packed == ELSEWHERE) {
          packed = directory.getLong(next);
          next += Long.BYTES;
        }
        offset = offset == ELSEWHERE ? directory.getLong(next) : offset;
      }
      field += 4 + bytes;
    }
    directory.position(more + extra + comment);
    return new Entry(
        new String(letters, StandardCharsets.UTF_8), method, (flags & 1) != 0, packed, offset);
  }

  /// An entry's bytes as they are packed.
  InputStream bytes(Entry entry) throws IOException {
    if (!within(entry.offset, LOCAL_BYTES)) {
      throw new IOException("its header lies beyond the file");
    }
    ByteBuffer header = read(entry.offset, LOCAL_BYTES);
    if (header.getInt(0) != LOCAL) {
      throw new IOException("its header is not where the directory says");
    }
    int names = (header.getShort(26) & 0xffff) + (header.getShort(28) & 0xffff);
    return new Range(channel, entry.offset + LOCAL_BYTES + names, entry.size);
  }

  private boolean within(long offset, long length) throws IOException {
    return offset >= 0 && length >= 0 && offset <= channel.size() - length;
  }

  /// @throws IllegalArgumentException if the file has no such bytes
  private ByteBuffer read(long offset, int length) throws IOException {
    if (!within(offset, length)) {
      throw new IllegalArgumentException("bytes beyond the file");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new IOException("the file became shorter");
      }
    }
    return bytes.flip();
  }

  /// Some bytes of a file.
  private static final class Range extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long at;

    Range(FileChannel channel, long from, long size) {
      this.channel = channel;
      this.at = from;
      this.end = from + size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (at >= end) {
        return -1;
      }
      int most = (int) Math.min(length, end - at);
      int read = channel.read(ByteBuffer.wrap(bytes, offset, most), at);
      at += Math.max(0, read);
      return read;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw JsonValues.io(file.toString(), e);
    }
  }
}
