package criticalwindows.hub;

import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of trained models that lies beside a clone of this project, for the tests of the
/// group "shared".
final class SharedFolder {
  private SharedFolder() {}

  static Path organism() {
    Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path found = folder.resolve("shared").resolve("organism");
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    throw new IllegalStateException("no folder ../shared/organism beside the project");
  }
}
