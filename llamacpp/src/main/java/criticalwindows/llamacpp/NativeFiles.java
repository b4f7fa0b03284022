package criticalwindows.llamacpp;

import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The folder of llama.cpp's shared libraries: one that the user names, or the jar's own, unpacked
/// once into a cache.
///
/// @param folder holds them all
/// @param build names this build for the record
record NativeFiles(Path folder, String build) {
  private static final String RESOURCES = "linux-x86_64/";

  /// The libraries to use.
  ///
  /// @param environment the process's; `LLAMA_LIB` names a folder, or libllama in it
  static NativeFiles find(Map<String, String> environment) {
    String named = environment.getOrDefault("LLAMA_LIB", "");
    return named.isEmpty() ? unpacked(environment) : named(Path.of(named));
  }

  private static NativeFiles named(Path named) {
    Path folder = Files.isDirectory(named) ? named : named.toAbsolutePath().getParent();
    if (folder == null || !Files.exists(named)) {
      throw new UserError(
          "LLAMA_LIB names " + named + ", which is not there",
          "point it at the folder of libllama.so, or unset it for the built-in library");
    }
    NativeFiles files = new NativeFiles(folder, "");
    return new NativeFiles(
        folder, "LLAMA_LIB, libllama sha256 " + sha256(files.library("libllama")));
  }

  private static NativeFiles unpacked(Map<String, String> environment) {
    String platform =
        System.getProperty("os.name")
            + "/"
            + System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    if (!platform.equals("Linux/amd64")) {
      throw new UserError(
          "no built-in llama.cpp for " + platform,
          "set LLAMA_LIB to a folder with a build of llama.cpp " + Llama.VERSION);
    }
    byte[] manifest = resource("manifest");
    String hash = Sha256.name(Sha256.of(manifest));
    List<String> lines = new String(manifest, StandardCharsets.UTF_8).lines().toList();
    String build = lines.getFirst().substring(2) + ", manifest sha256 " + hash;
    List<Piece> pieces = lines.stream().skip(1).map(Piece::parse).toList();
    List<IOException> failures = new ArrayList<>();
    for (Path cache : caches(environment)) {
      try {
        return new NativeFiles(unpack(cache, hash, pieces), build);
      } catch (IOException e) {
        // A home that cannot be written is no reason to fail while there is another place.
        failures.add(e);
      }
    }
    throw new UserError(
        "llama.cpp's libraries can be unpacked nowhere: tried "
            + caches(environment)
            + "; the last: "
            + failures.getLast().getMessage(),
        "free some disk space there, or set XDG_CACHE_HOME to a folder of your own that can be"
            + " written",
        failures.getLast());
  }

  /// A file of the libraries.
  ///
  /// @param sha256 of its content
  private record Piece(String sha256, String name) {
    static Piece parse(String line) {
      int gap = line.indexOf("  ");
      return new Piece(line.substring(0, gap), line.substring(gap + 2));
    }
  }

  /// The folders that this program makes for itself, each in one that is the user's own.
  private static List<Path> caches(Map<String, String> environment) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    return List.of(
        (cache.isEmpty() ? home : Path.of(cache)).toAbsolutePath().resolve("critical-windows"),
        // Named by its user, because others may not write what this one unpacked.
        Path.of(System.getProperty("java.io.tmpdir"), "cw-" + System.getProperty("user.name"))
            .toAbsolutePath());
  }

  /// Unpacks beside the target and renames, so that a folder of that name is always whole. What is
  /// loaded runs as code: it must be this user's, and the very bytes that the jar holds.
  private static Path unpack(Path cache, String hash, List<Piece> pieces) throws IOException {
    Path parent = cache.resolve("native");
    Path target = parent.resolve(hash);
    Ownership ownership = Ownership.ofProcess();
    ownership.prepare(cache, parent);
    if (isWhole(target, pieces, ownership)) {
      return target;
    }
    Path fresh = Files.createTempDirectory(parent, "unpacking");
    try {
      for (Piece piece : pieces) {
        Files.write(fresh.resolve(piece.name()), resource(piece.name()));
      }
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        Path wrong = Files.createTempDirectory(parent, "replaced");
        Files.move(target, wrong.resolve("native"));
        discard(wrong);
      }
      Files.move(fresh, target);
    } catch (IOException e) {
      remove(fresh);
      if (!isWhole(target, pieces, ownership)) {
        throw e;
      }
      // Another process was faster, with the same bytes.
    }
    return target;
  }

  /// Whether a folder holds these files and no other: whatever looks like one of its libraries,
  /// llama.cpp loads too.
  private static boolean isWhole(Path folder, List<Piece> pieces, Ownership ownership)
      throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    ownership.close(folder);
    try (Stream<Path> there = Files.list(folder)) {
      if (there.count() != pieces.size()) {
        return false;
      }
    }
    for (Piece piece : pieces) {
      Path file = folder.resolve(piece.name());
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      ownership.close(file);
      if (!sha256(file).equals(piece.sha256())) {
        return false;
      }
    }
    return true;
  }

  /// Deletes a folder and all in it, links but not what they lead to. What stays does no harm.
  private static void discard(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      return;
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static byte[] resource(String name) {
    try (InputStream in = NativeFiles.class.getResourceAsStream(RESOURCES + name)) {
      if (in == null) {
        throw new UserError(
            "this build of cw carries no llama.cpp (" + name + " is missing)",
            "build it again with mvn package, or set LLAMA_LIB to a folder that has one");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the jar's " + name + " cannot be read", e);
    }
  }

  /// The file of a library: `libllama.so`, or with a version in its name.
  Path library(String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> file.getFileName().toString().matches(name + "(\\.v?[0-9.]+)?\\.so[0-9.]*"))
          .min(Comparator.comparingInt((Path file) -> file.getFileName().toString().length()))
          .orElseThrow(
              () ->
                  new UserError(
                      "there is no " + name + ".so in " + folder,
                      "LLAMA_LIB wants the folder with libllama.so, libggml.so, libggml-base.so and"
                          + " the CPU libraries; unset it for the built-in one"));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be listed", e);
    }
  }

  static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.hex(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + file + " cannot be read", e);
    }
  }
}
