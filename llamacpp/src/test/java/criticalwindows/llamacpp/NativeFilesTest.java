package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFilesTest {
  @TempDir Path cache;

  @Test
  void theLibrariesAreUnpackedOnceAndWhole() throws IOException {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
    NativeFiles first = NativeFiles.find(environment);
    assertThat(first.folder()).startsWith(cache.resolve("critical-windows").resolve("native"));
    assertThat(first.build()).startsWith("@node-llama-cpp/linux-x64@3.22.1 without llama-common");
    for (String library : new String[] {"libllama", "libggml", "libggml-base"}) {
      assertThat(first.library(library)).isRegularFile();
    }
    assertThat(first.library("libggml").getFileName().toString()).doesNotContain("base");
    Object written = Files.getAttribute(first.folder(), "unix:ino");
    assertThat(NativeFiles.find(environment)).isEqualTo(first);
    assertThat(Files.getAttribute(first.folder(), "unix:ino")).isEqualTo(written);
    try (Stream<Path> beside = Files.list(first.folder().resolveSibling("."))) {
      assertThat(beside).hasSize(1);
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsNotTheEnd() throws IOException {
    Path file = Files.createFile(cache.resolve("file"));
    NativeFiles files = NativeFiles.find(Map.of("XDG_CACHE_HOME", file.toString()));
    assertThat(files.folder()).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
    assertThat(files.library("libllama")).isRegularFile();
  }

  /// Puts something into the cache, and expects that it is not there when the libraries are loaded.
  private void assertReplaced(Tampering tampering) throws IOException {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
    NativeFiles first = NativeFiles.find(environment);
    Map<String, String> whole = hashes(first.folder());
    tampering.in(first.folder());
    assertThat(NativeFiles.find(environment)).isEqualTo(first);
    assertThat(first.folder()).isDirectory();
    assertThat(Files.isSymbolicLink(first.folder())).isFalse();
    assertThat(hashes(first.folder())).isEqualTo(whole);
  }

  private interface Tampering {
    void in(Path folder) throws IOException;
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> hashes.put(file.getFileName().toString(), NativeFiles.sha256(file)));
    }
    return hashes;
  }

  @Test
  void aLibraryThatIsNotTheJarsIsNotLoaded() throws IOException {
    assertReplaced(
        folder -> {
          Path library = folder.resolve("libggml-base.so");
          byte[] bytes = Files.readAllBytes(library);
          bytes[bytes.length / 2] ^= 1;
          Files.write(library, bytes);
        });
    assertReplaced(folder -> Files.writeString(folder.resolve("libggml-cuda.so"), "not ours"));
    assertReplaced(folder -> Files.delete(folder.resolve("libggml-cpu-haswell.so")));
    assertReplaced(
        folder -> {
          Path library = folder.resolve("libggml-base.so");
          Path elsewhere = cache.resolve("elsewhere.so");
          Files.move(library, elsewhere);
          Files.createSymbolicLink(library, elsewhere);
        });
  }

  @Test
  void aFolderThatIsALinkIsNotTaken() throws IOException {
    assertReplaced(
        folder -> {
          Path elsewhere = cache.resolve("elsewhere");
          Files.move(folder, elsewhere);
          Files.createSymbolicLink(folder, elsewhere);
        });
  }

  @Test
  void foldersThatOthersCouldWriteToAreClosedToThem() throws IOException {
    Path folder = Files.createDirectories(cache.resolve("mine").resolve("native"));
    for (Path each : List.of(folder, cache.resolve("mine"))) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    Ownership.ofProcess().prepare(cache.resolve("mine"), folder);
    for (Path each : List.of(folder, cache.resolve("mine"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwxr-xr-x");
    }
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws IOException {
    Path folder = Files.createDirectories(cache.resolve("theirs").resolve("native"));
    int user = Ownership.ofProcess().user();
    if (user == 0) {
      Files.setAttribute(cache.resolve("theirs"), "unix:uid", 12_345);
    }
    Ownership somebody = new Ownership(user == 0 ? 0 : user + 1);
    assertThatThrownBy(() -> somebody.prepare(cache.resolve("theirs"), folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to another user");
    Path link = Files.createSymbolicLink(cache.resolve("link"), folder);
    assertThatThrownBy(() -> Ownership.ofProcess().prepare(link, link))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFolderOrALibraryInItCanBeNamed() {
    NativeFiles builtIn = NativeFiles.find(Map.of());
    String folder = builtIn.folder().toString();
    String library = builtIn.library("libllama").toString();
    NativeFiles byFolder = NativeFiles.find(Map.of("LLAMA_LIB", folder));
    NativeFiles byLibrary = NativeFiles.find(Map.of("LLAMA_LIB", library));
    assertThat(byLibrary).isEqualTo(byFolder);
    assertThat(byFolder.build())
        .isEqualTo("LLAMA_LIB, libllama sha256 " + NativeFiles.sha256(Path.of(library)));
  }
}
