package criticalwindows.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of this project, as the tests of the house see them.
record Project(Path root) {
  /// The project that the tests run in.
  static Project here() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("ARCHITECTURE.md"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no ARCHITECTURE.md above " + Path.of("").toAbsolutePath());
    }
    return new Project(folder);
  }

  /// The folders with a pom.xml of their own, by name.
  SortedMap<String, Path> modules() {
    SortedMap<String, Path> modules = new TreeMap<>();
    for (Path pom : files(root, 2, "pom.xml")) {
      Path module = pom.getParent();
      if (!module.equals(root)) {
        modules.put(module.getFileName().toString(), module);
      }
    }
    return modules;
  }

  /// Where the modules' own classes are, by module. Modules that are built after the one that the
  /// tests run in are left out: their classes may be of an earlier build, or not be there.
  SortedMap<String, Path> classFolders() {
    SortedMap<String, Path> folders = modules();
    folders.keySet().removeAll(later());
    folders.replaceAll((_, module) -> module.resolve("target/classes"));
    return folders;
  }

  private List<String> later() {
    List<String> order =
        read(root.resolve("pom.xml"))
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("<module>"))
            .map(line -> line.replaceAll("</?module>", ""))
            .toList();
    int own = order.indexOf(Path.of("").toAbsolutePath().getFileName().toString());
    return own < 0 ? List.of() : order.subList(own + 1, order.size());
  }

  /// Every Java file of every module, tests too.
  List<Path> javaFiles() {
    return modules().values().stream()
        .flatMap(module -> files(module.resolve("src"), 50, ".java").stream())
        .toList();
  }

  /// The Java files that are not tests.
  List<Path> mainFiles() {
    return javaFiles().stream().filter(file -> show(file).contains("/src/main/")).toList();
  }

  /// README.md and everything under docs.
  List<Path> documents() {
    return Stream.concat(
            files(root, 1, "README.md").stream(), files(root.resolve("docs"), 50, ".md").stream())
        .toList();
  }

  /// A file's path for people, with slashes.
  String show(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder, int depth, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, depth)) {
      return all.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
