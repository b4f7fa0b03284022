package criticalwindows.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Hashes of files, in hexadecimal digits.
public final class Digests {
  private static final int SHA_256_DIGITS = 64;
  private static final int SHA_1_DIGITS = 40;

  private Digests() {}

  /// The SHA-256 of a file.
  public static String sha256(Path file) throws IOException {
    return of(file, digest("SHA-256"));
  }

  /// The SHA-256 of a text in UTF-8.
  public static String sha256(String text) {
    return HexFormat.of()
        .formatHex(digest("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Whether a file is the one that a hub named by this ETag: the SHA-256 of a large file, the
  /// object name that git has for a small one. Of any other ETag nothing is known.
  static boolean fits(Path file, String etag) throws IOException {
    return switch (etag.length()) {
      case SHA_256_DIGITS -> sha256(file).equals(etag);
      case SHA_1_DIGITS -> gitName(file).equals(etag);
      default -> true;
    };
  }

  private static String gitName(Path file) throws IOException {
    MessageDigest digest = digest("SHA-1");
    digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
    return of(file, digest);
  }

  private static String of(Path file, MessageDigest digest) throws IOException {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }
}
