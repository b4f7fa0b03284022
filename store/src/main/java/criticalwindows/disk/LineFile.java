package criticalwindows.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/// A text file that grows by whole lines, and is on the disk when they count. A last line that was
/// never finished is none: it is not read, wherever it was torn, and the next one takes its place.
/// The file is never reached through a link.
///
/// @param file that need not be there
public record LineFile(Path file) {
  /// More than any run writes.
  private static final long MOST_BYTES = 512L << 20;

  private static final int BLOCK = 1 << 16;

  /// The finished lines, in order; bytes that are no UTF-8 show as U+FFFD.
  ///
  /// @throws IOException if the file cannot be read, is reached through a link, or is larger than
  ///   512 MiB
  public List<String> read() throws IOException {
    byte[] all = Uninterrupted.io(this::bytes);
    int end = all.length;
    while (end > 0 && all[end - 1] != '\n') {
      end--;
    }
    return new String(all, 0, end, StandardCharsets.UTF_8).lines().toList();
  }

  private byte[] bytes() throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.size() > MOST_BYTES) {
        throw new IOException("it has more than " + (MOST_BYTES >> 20) + " MiB");
      }
      ByteBuffer all = ByteBuffer.allocate((int) channel.size());
      while (all.hasRemaining() && channel.read(all) >= 0) {}
      return Arrays.copyOf(all.array(), all.position());
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  /// Whether there is such a file, or a link of that name.
  public boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// Adds lines behind the finished ones; they are on the disk when this returns.
  ///
  /// @param lines each with its line feed
  /// @throws IOException if the file cannot be written, or is reached through a link
  public void append(String lines) throws IOException {
    Uninterrupted.io(
        () -> {
          append(lines.getBytes(StandardCharsets.UTF_8));
          return true;
        });
  }

  private void append(byte[] lines) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      channel.position(finished(channel));
      ByteBuffer buffer = ByteBuffer.wrap(lines);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.truncate(channel.position());
      channel.force(true);
    }
  }

  /// Where the last finished line ends.
  private static long finished(FileChannel channel) throws IOException {
    for (long end = channel.size(); end > 0; end = Math.max(0, end - BLOCK)) {
      long start = Math.max(0, end - BLOCK);
      ByteBuffer block = ByteBuffer.allocate((int) (end - start));
      while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {}
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return start + i + 1;
        }
      }
    }
    return 0;
  }
}
