package criticalwindows.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelFilesTest {
  /// The SHA-256 of `base.gguf`.
  private static final String BASE_HASH =
      "4e106c21ba87a2203cf898caa3dda44286d1c3368e8f8d72cd720f1557187f98";

  @TempDir private Path folder;

  @Test
  void theBuiltInModelIsWrittenOnceUnderItsHash() throws IOException {
    ModelFiles files = new ModelFiles(folder.resolve("new").resolve("models"));
    Path base = files.find("base");
    assertThat(base)
        .isEqualTo(folder.resolve("new/models/" + BASE_HASH.substring(0, 16) + "/base.gguf"));
    assertThat(ModelFiles.hash(Files.newInputStream(base))).isEqualTo(BASE_HASH);
    Object written = Files.readAttributes(base, "unix:ino").get("ino");
    assertThat(files.find("base")).isEqualTo(base);
    assertThat(Files.readAttributes(base, "unix:ino").get("ino")).isEqualTo(written);
    try (Stream<Path> left = Files.list(base.resolveSibling("."))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aDamagedCopyInTheCacheIsReplaced() throws IOException {
    ModelFiles files = new ModelFiles(folder);
    Path base = files.find("base");
    byte[] bytes = Files.readAllBytes(base);
    bytes[bytes.length / 2] ^= 1;
    Files.write(base, bytes);
    assertThat(ModelFiles.hash(Files.newInputStream(files.find("base")))).isEqualTo(BASE_HASH);
  }

  /// Blobs of Ollama and of the hub's cache have no ending.
  @ParameterizedTest
  @ValueSource(strings = {"mine.gguf", "MINE.GGUF", "sha256-0123", "mine.q8"})
  void aPathToAGgufFileIsItself(String name) throws IOException {
    Path mine = Files.writeString(folder.resolve(name), "GGUF");
    assertThat(new ModelFiles(folder).find(mine.toString())).isEqualTo(mine);
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    UserError failure =
        catchThrowableOfType(UserError.class, () -> new ModelFiles(folder).find("no/such.gguf"));
    assertThat(failure).hasMessage("there is no file no/such.gguf that can be read");
    assertThat(failure.hint())
        .isEqualTo(
            "check the path, or name a built-in model: base, aligned, small-base, small-aligned");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    UserError failure =
        catchThrowableOfType(UserError.class, () -> new ModelFiles(folder).find("bse"));
    assertThat(failure).hasMessage("no model named bse");
    assertThat(failure.hint())
        .isEqualTo("there is: base, aligned, small-base, or any path to a GGUF file");
  }

  @Test
  void aCacheThatCannotBeWrittenIsRefusedWithTheWayOut() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "not a folder");
    UserError failure =
        catchThrowableOfType(UserError.class, () -> new ModelFiles(file).find("base"));
    assertThat(failure).hasMessageStartingWith("the built-in model cannot be written to " + file);
    assertThat(failure.hint()).startsWith("set XDG_CACHE_HOME to a folder that you may write to");
  }

  @Test
  void theCacheIsWhereTheEnvironmentPutsIt() {
    Path home = Path.of("/home/someone");
    assertThat(ModelFiles.of(Map.of("XDG_CACHE_HOME", "/var/caches"), home).cache())
        .isEqualTo(Path.of("/var/caches/critical-windows/models"));
    Path usual = Path.of("/home/someone/.cache/critical-windows/models");
    assertThat(ModelFiles.of(Map.of(), home).cache()).isEqualTo(usual);
    assertThat(ModelFiles.of(Map.of("XDG_CACHE_HOME", "relative"), home).cache()).isEqualTo(usual);
  }

  @Test
  void theCardHasEveryBuiltInModelWithItsHash() throws IOException {
    assertThat(ModelFiles.names())
        .containsExactly("base", "aligned", "small-base", "small-aligned");
    ModelFiles files = new ModelFiles(folder);
    for (String name : ModelFiles.names()) {
      String hash = ModelFiles.hash(Files.newInputStream(files.find(name)));
      assertThat(ModelFiles.card())
          .contains("| `" + name + "` | ")
          .contains("| `" + name + ".gguf` | " + hash + " |");
    }
    assertThat(ModelFiles.card()).contains("Apache-2.0");
  }

  @Test
  void allBuiltInModelsTogetherAreSmall() throws IOException {
    long bytes = 0;
    for (String name : ModelFiles.names()) {
      bytes += Files.size(new ModelFiles(folder).find(name));
    }
    assertThat(bytes).isLessThan(25_000_000);
  }
}
