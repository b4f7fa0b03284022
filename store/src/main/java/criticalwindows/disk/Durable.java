package criticalwindows.disk;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are there whole or not at all, even after a power failure.
public final class Durable {
  private Durable() {}

  /// Gives `file` this text in one step, out of an interrupt's reach. Beside it lies `….part`
  /// meanwhile, which is always made anew: what has that name already, be it a link, goes.
  ///
  /// @throws IOException if it cannot be written; then it is as it was
  public static void write(Path file, String text) throws IOException {
    Uninterrupted.io(
        () -> {
          replace(file, text.getBytes(StandardCharsets.UTF_8));
          return true;
        });
  }

  /// Gives `file` this content in one step.
  public static void replace(Path file, byte[] content) throws IOException {
    Path part = part(file);
    Files.deleteIfExists(part);
    try {
      Files.write(part, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      publish(part, file);
    } catch (IOException e) {
      discard(part);
      throw e;
    }
  }

  /// Gives a written file its name, once its content is on the disk.
  public static void publish(Path part, Path file) throws IOException {
    try (FileChannel written =
        FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      written.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(file.toAbsolutePath().resolveSibling("."));
  }

  /// Puts a folder's list of names on the disk.
  public static void sync(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /// The name of a file as long as it is being written.
  public static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /// Deletes a file that means nothing any more. If it stays, that does no harm.
  public static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return;
    }
  }

  /// What to say of a file or folder that cannot be read.
  public static UserError unreadable(Path path, IOException e) {
    return new UserError(
        "cannot read " + path + ": " + reason(e), "check that the folder may be read", e);
  }

  /// What to say of a file or folder that cannot be written.
  public static UserError unwritable(Path path, IOException e) {
    return new UserError(
        "cannot write " + path + ": " + reason(e),
        "free some disk space or make the folder writable, or name another one",
        e);
  }

  /// What went wrong, in words: Java's own message is often only the path.
  public static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException denied -> "permission denied";
      case java.nio.file.NoSuchFileException missing -> "no such file or folder";
      case java.nio.file.FileAlreadyExistsException there -> "it is a file";
      case java.nio.file.NotDirectoryException file -> "it is not a folder";
      case java.nio.file.FileSystemException other when other.getReason() != null ->
          other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
