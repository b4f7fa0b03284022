package criticalwindows.hub;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.world.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Model files by name or path. A built-in model travels in this program's jar and is written to a
/// cache on disk, where engines can map it; its folder there is named after its content.
///
/// @param cache the folder that holds the built-in models once they are written out
public record ModelFiles(Path cache) {
  /// The model to start with.
  public static final String BASE = "base";

  private static final List<BuiltIn> BUILT_IN =
      List.of(
          new BuiltIn(
              BASE,
              Policy.BASE,
              "4e106c21ba87a2203cf898caa3dda44286d1c3368e8f8d72cd720f1557187f98"),
          new BuiltIn(
              "aligned",
              Policy.ALIGNED,
              "96d0dc981da2c1d33f0d7db4d692b05ee3f383afc0b4f8bbd256a1e2b2e42f49"),
          new BuiltIn(
              "small-base",
              Policy.BASE,
              "5eea7951e974bce83a0665cf78e82f1ecf9040739e327e236533f6f6e4b887dc"),
          new BuiltIn(
              "small-aligned",
              Policy.ALIGNED,
              "8d75c3a51ff45a94dbef528a156b1f605319f3400b94a27f9324cd9c4c56a9d7"));

  /// A model that travels with this program.
  ///
  /// @param policy of its replies to requests
  /// @param hash the SHA-256 of its file
  private record BuiltIn(String name, Policy policy, String hash) {
    String file() {
      return name + ".gguf";
    }
  }

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
    return BUILT_IN.stream().map(BuiltIn::name).toList();
  }

  /// How a built-in model was taught to reply to requests; absent for other models.
  ///
  /// @param hash the SHA-256 of its file
  public static Optional<Policy> policy(String hash) {
    return BUILT_IN.stream()
        .filter(model -> model.hash().equals(hash))
        .map(BuiltIn::policy)
        .findFirst();
  }

  /// The card of the built-in models, as Markdown: what they are, what they can and cannot do.
  public static String card() {
    return Resources.text("models.md");
  }

  /// The file of a built-in model by its name, or a file by its path.
  ///
  /// @throws UserError if there is neither, or the cache cannot be written
  public Path find(String nameOrPath) {
    for (BuiltIn model : BUILT_IN) {
      if (model.name().equals(nameOrPath)) {
        return written(model);
      }
    }
    Path path = Path.of(nameOrPath);
    boolean there = Files.isRegularFile(path) && Files.isReadable(path);
    String ending = nameOrPath.toLowerCase(Locale.ROOT);
    if (!there && !ending.endsWith(".gguf") && !nameOrPath.contains("/")) {
      UserError nearest = UserError.unknown("model", nameOrPath, names());
      throw new UserError(
          "no model named " + nameOrPath, nearest.hint() + ", or any path to a GGUF file");
    }
    if (!there) {
      throw new UserError(
          "there is no file " + path + " that can be read",
          "check the path, or name a built-in model: " + String.join(", ", names()));
    }
    return path;
  }

  private Path written(BuiltIn model) {
    Path folder = cache.resolve(model.hash().substring(0, 16));
    Path file = folder.resolve(model.file());
    try {
      if (!Files.isRegularFile(file) || !hash(Files.newInputStream(file)).equals(model.hash())) {
        extract(folder, file);
      }
      return file;
    } catch (IOException e) {
      throw new UserError(
          "the built-in model cannot be written to " + file + ": " + Reason.of(e),
          "set XDG_CACHE_HOME to a folder that you may write to, on a disk with 11 MB of free"
              + " space",
          e);
    }
  }

  /// Another process may do the same at the same time: each writes a file of its own and moves it
  /// into place in one step.
  private static void extract(Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    String name = String.valueOf(file.getFileName());
    Path draft = Files.createTempFile(folder, name, ".draft");
    try {
      try (InputStream in = Resources.open(name)) {
        Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// The SHA-256 of a stream, which is closed.
  static String hash(InputStream in) throws IOException {
    try (in) {
      return Sha256.hex(in);
    }
  }
}
