package criticalwindows.hash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, which every Java has.
public final class Sha256 {
  private static final int SHORT = 8;

  private Sha256() {}

  /// One to be fed piece by piece.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Of these bytes: 32 bytes.
  public static byte[] of(byte[] bytes) {
    return digest().digest(bytes);
  }

  /// Of a text in UTF-8.
  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Of all that a stream still holds: 64 hexadecimal digits. The stream stays open.
  public static String hex(InputStream in) throws IOException {
    DigestInputStream digest = new DigestInputStream(in, digest());
    digest.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.getMessageDigest().digest());
  }

  /// The first 16 hexadecimal digits of a hash, which name what was hashed.
  public static String name(byte[] hash) {
    return HexFormat.of().formatHex(hash, 0, SHORT);
  }
}
