package criticalwindows.bench;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder to measure in, which is gone afterwards.
record Scratch(Path folder) implements AutoCloseable {
  /// @param name of it begins so
  /// @throws UserError if no folder can be made
  static Scratch make(String name) {
    try {
      return new Scratch(Files.createTempDirectory(name));
    } catch (IOException e) {
      throw new UserError(
          "no folder to measure in can be made: " + e.getMessage(),
          "set java.io.tmpdir to a folder that can be written, by CW_JAVA_OPTS",
          e);
    }
  }

  @Override
  public void close() {
    delete(folder);
  }

  /// Deletes a folder with all that is in it.
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("what was measured in cannot be deleted", e);
    }
  }
}
