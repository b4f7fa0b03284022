package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    Path marker = Files.createFile(first.folder().resolve("marker"));
    assertThat(NativeFiles.find(environment)).isEqualTo(first);
    assertThat(marker).exists();
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
