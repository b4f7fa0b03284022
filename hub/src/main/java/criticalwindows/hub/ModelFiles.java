package criticalwindows.hub;

import criticalwindows.mistake.Mistake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Model files by name or path. A built-in model travels in this program's jar and is written to a
/// cache on disk, where engines can map it; its folder there is named after its content.
///
/// @param cache the folder that holds the built-in models once they are written out
public record ModelFiles(Path cache) {
  /// The model to start with.
  public static final String BASE = "base";

  /// The SHA-256 of `base.gguf`.
  static final String BASE_HASH =
      "861c213a2fd83fb2fdc83a5146921bcd7bb2e4b49de51422179f2efad7163fd0";

  private static final String ANY_FILE = "a path to a .gguf file";

  /// With the cache where the machine keeps such things: `$XDG_CACHE_HOME/critical-windows`, or
  /// `~/.cache/critical-windows`.
  public static ModelFiles standard() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /// With the cache where an environment keeps such things.
  ///
  /// @param home the user's folder
  public static ModelFiles of(Map<String, String> environment, Path home) {
    Path named = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    // The XDG specification has relative paths ignored.
    Path caches = named.isAbsolute() ? named : home.resolve(".cache");
    return new ModelFiles(caches.resolve("critical-windows").resolve("models"));
  }

  /// The names that [#find] knows.
  public static List<String> names() {
    return List.of(BASE);
  }

  /// The card of a built-in model, as Markdown: what it is, what it can and cannot do.
  ///
  /// @throws Mistake if there is none of that name
  public static String card(String name) {
    if (!name.equals(BASE)) {
      throw Mistake.unknown("model", name, names());
    }
    return Resources.text("base.md");
  }

  /// The file of a built-in model by its name, or a file by its path.
  ///
  /// @throws Mistake if there is neither, or the cache cannot be written
  public Path find(String nameOrPath) {
    if (nameOrPath.equals(BASE)) {
      return base();
    }
    if (!nameOrPath.endsWith(".gguf")) {
      throw Mistake.unknown("model", nameOrPath, List.of(BASE, ANY_FILE));
    }
    Path path = Path.of(nameOrPath);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new Mistake(
          "there is no file " + path + " that can be read",
          "check the path, or name a built-in model: " + String.join(", ", names()));
    }
    return path;
  }

  private Path base() {
    Path folder = cache.resolve(BASE_HASH.substring(0, 16));
    Path file = folder.resolve("base.gguf");
    try {
      if (!Files.isRegularFile(file) || !hash(Files.newInputStream(file)).equals(BASE_HASH)) {
        extract(folder, file);
      }
      return file;
    } catch (IOException e) {
      throw new Mistake(
          "the built-in model cannot be written to " + file + ": " + e.getMessage(),
          "set XDG_CACHE_HOME to a folder that you may write to, on a disk with 11 MB of room",
          e);
    }
  }

  /// Another process may do the same at the same time: each writes a file of its own and moves it
  /// into place in one step.
  private static void extract(Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, "base", ".draft");
    try {
      try (InputStream in = Resources.open("base.gguf")) {
        Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// The SHA-256 of a stream, which is closed.
  static String hash(InputStream in) throws IOException {
    try (DigestInputStream digest =
        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
