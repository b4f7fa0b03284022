package criticalwindows.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are there whole or not at all, even after a power failure.
final class Durable {
  private Durable() {}

  /// Gives `file` this content in one step.
  static void replace(Path file, byte[] content) throws IOException {
    Path part = RunFiles.part(file);
    try (FileOutputStream out = new FileOutputStream(part.toFile())) {
      out.write(content);
    }
    publish(part, file);
  }

  /// Gives a written file its name, once its content is on the disk.
  static void publish(Path part, Path file) throws IOException {
    try (RandomAccessFile written = new RandomAccessFile(part.toFile(), "rw")) {
      written.getFD().sync();
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(file.resolveSibling("."));
  }

  /// Puts a folder's list of names on the disk.
  static void sync(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /// What went wrong, in words: Java's own message is often only the path.
  static String reason(IOException e) {
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
