package criticalwindows.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The library's native code, loaded at its first use.
///
/// The jar's own way of loading keeps a copy in the home, and on a machine with CUDA fetches
/// another one from the network. Here it is unpacked into a folder that is new and this user's own,
/// loaded, and deleted at once.
final class NativeTokenizers {
  private static final Map<String, Build> BUILDS =
      Map.of(
          "linux/amd64",
          new Build(
              "linux-x86_64/cpu/libtokenizers.so",
              "edf58c92155e0fe4fae5231e782a1f02deeb5881de7bbcd1195f6e25009da90a"),
          "linux/aarch64",
          new Build(
              "linux-aarch64/cpu/libtokenizers.so",
              "2561672dc37df2704e29eab4049bcfceee5332799bc3b9d85f7d70045b99a610"),
          "mac os x/aarch64",
          new Build(
              "osx-aarch64/cpu/libtokenizers.dylib",
              "cca1c15bcbfa47b1c942e9d395ea8353161e5ed709f74826ad5faebcd05544ab"));

  /// Why it could not be loaded. Native code is loaded once in a process, well or not.
  private static final Optional<UserError> REFUSED = load();

  /// The library's build for a machine.
  ///
  /// @param path in the jar
  /// @param sha256 of its bytes in version 0.38.0
  private record Build(String path, String sha256) {}

  private NativeTokenizers() {}

  /// @throws UserError if there is none for this machine, or no place to unpack it
  static TokenizersLibrary library() {
    if (REFUSED.isPresent()) {
      throw REFUSED.get();
    }
    return TokenizersLibrary.LIB;
  }

  private static Optional<UserError> load() {
    String platform =
        (System.getProperty("os.name") + "/" + System.getProperty("os.arch"))
            .toLowerCase(Locale.ROOT);
    Build build = BUILDS.get(platform);
    if (build == null) {
      return Optional.of(
          new UserError(
              "tokenizer.json cannot be read on " + platform,
              "read it on Linux, or on a Mac with an Apple processor"));
    }
    List<String> failures = new ArrayList<>();
    for (Path folder : folders()) {
      try {
        load(build, folder);
        return Optional.empty();
      } catch (IOException | UnsatisfiedLinkError e) {
        failures.add(folder + ": " + Reason.withoutPlaces(String.valueOf(e.getMessage())));
      }
    }
    return Optional.of(
        new UserError(
            "the tokenizer's native library can be loaded from nowhere; tried " + failures,
            "name a folder that programs may be run from: TMPDIR or XDG_CACHE_HOME"));
  }

  /// Where programs may be run from, as a rule; a temporary folder may forbid it.
  private static List<Path> folders() {
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    return List.of(
        Path.of(System.getProperty("java.io.tmpdir")),
        cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache));
  }

  @SuppressWarnings("restricted")
  private static void load(Build build, Path folder) throws IOException {
    Path own = Files.createTempDirectory(folder, "cw-tokenizers");
    Path file = own.resolve(Path.of(build.path()).getFileName()).toAbsolutePath();
    try {
      Files.write(file, bytes(build));
      System.load(file.toString());
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(own);
    }
  }

  private static byte[] bytes(Build build) throws IOException {
    String resource = "/native/lib/" + build.path();
    try (InputStream in = TokenizersLibrary.class.getResourceAsStream(resource)) {
      byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
      if (!HexFormat.of().formatHex(Sha256.of(bytes)).equals(build.sha256())) {
        throw new IOException(resource + " is not the one that this program was made for");
      }
      return bytes;
    }
  }
}
