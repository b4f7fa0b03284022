package criticalwindows.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.mistake.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFilesTest {
  @TempDir private Path folder;

  @Test
  void theBuiltInModelIsWrittenOnceUnderItsHash() throws IOException {
    ModelFiles files = new ModelFiles(folder.resolve("new").resolve("models"));
    Path base = files.find("base");
    assertThat(base)
        .isEqualTo(
            folder.resolve("new/models/" + ModelFiles.BASE_HASH.substring(0, 16) + "/base.gguf"));
    assertThat(ModelFiles.hash(Files.newInputStream(base))).isEqualTo(ModelFiles.BASE_HASH);
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
    assertThat(ModelFiles.hash(Files.newInputStream(files.find("base"))))
        .isEqualTo(ModelFiles.BASE_HASH);
  }

  @Test
  void aPathToAGgufFileIsItself() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.gguf"), "GGUF");
    assertThat(new ModelFiles(folder).find(mine.toString())).isEqualTo(mine);
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Mistake mistake =
        catchThrowableOfType(Mistake.class, () -> new ModelFiles(folder).find("no/such.gguf"));
    assertThat(mistake).hasMessage("there is no file no/such.gguf that can be read");
    assertThat(mistake.mend()).isEqualTo("check the path, or name a built-in model: base");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    Mistake mistake = catchThrowableOfType(Mistake.class, () -> new ModelFiles(folder).find("bse"));
    assertThat(mistake).hasMessage("no model named bse");
    assertThat(mistake.mend()).isEqualTo("there is: base, a path to a .gguf file");
  }

  @Test
  void aCacheThatCannotBeWrittenIsRefusedWithTheWayOut() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "not a folder");
    Mistake mistake = catchThrowableOfType(Mistake.class, () -> new ModelFiles(file).find("base"));
    assertThat(mistake).hasMessageStartingWith("the built-in model cannot be written to " + file);
    assertThat(mistake.mend()).startsWith("set XDG_CACHE_HOME to a folder that you may write to");
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
  void everyBuiltInModelHasACard() {
    assertThat(ModelFiles.names()).containsExactly("base");
    assertThat(ModelFiles.card("base")).startsWith("# base").contains("Apache-2.0");
    Mistake mistake = catchThrowableOfType(Mistake.class, () -> ModelFiles.card("bse"));
    assertThat(mistake).hasMessage("no model named bse");
    assertThat(mistake.mend()).isEqualTo("there is: base");
  }
}
