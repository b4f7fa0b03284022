package criticalwindows.store;

import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to write to a run: one process has it, until it ends in whatever way.
final class RunLock implements AutoCloseable {
  /// The system's lock belongs to the whole process, and closing any handle of the file gives it
  /// away. So a second attempt in this process must not so much as open the file, and only the
  /// process itself can know: the one static state of this room.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int LONGEST_NUMBER = 20;

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// The lock.
  ///
  /// @throws UserError if another writer has it
  static RunLock acquire(RunFiles files) {
    return attempt(files).orElseThrow(() -> taken(files, "this very process"));
  }

  /// The lock, or nothing if another writer has it or this folder cannot be written.
  static Optional<RunLock> tryAcquire(RunFiles files) {
    try {
      return attempt(files);
    } catch (UserError busy) {
      return Optional.empty();
    }
  }

  private static Optional<RunLock> attempt(RunFiles files) {
    try {
      Path file = files.root().toRealPath().resolve(files.lock().getFileName());
      if (!HELD.add(file)) {
        return Optional.empty();
      }
      try {
        return Optional.of(new RunLock(file, lock(files, file)));
      } catch (IOException | RuntimeException e) {
        HELD.remove(file);
        throw e;
      }
    } catch (IOException e) {
      throw Durable.unwritable(files.lock(), e);
    }
  }

  private static FileChannel lock(RunFiles files, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() == null) {
        throw taken(files, "process " + holder(channel));
      }
      String number = ProcessHandle.current().pid() + "\n";
      channel.truncate(0).write(ByteBuffer.wrap(number.getBytes(StandardCharsets.US_ASCII)), 0);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer number = ByteBuffer.allocate(LONGEST_NUMBER);
    int length = Math.max(0, channel.read(number, 0));
    return new String(number.array(), 0, length, StandardCharsets.US_ASCII).strip();
  }

  private static UserError taken(RunFiles files, String holder) {
    return new UserError(
        holder + " is writing to the run " + files.root(),
        "wait until it has ended, or stop it; a run can be read while another process writes it");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the lock " + file + " cannot be let go of", e);
    } finally {
      HELD.remove(file);
    }
  }
}
