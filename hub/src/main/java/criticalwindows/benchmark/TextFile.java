package criticalwindows.benchmark;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A file as text: UTF-8, or UTF-16 where it begins with a byte-order mark; packed by gzip or not.
final class TextFile {
  private static final int MOST_BYTES = 1 << 30;
  private static final int MOST_LINES = 10;

  private TextFile() {}

  /// @throws UserError if it cannot be read, or is no such text: with the lines that are not
  static String read(Path file) {
    byte[] bytes = bytes(file);
    if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
      return text(file, Arrays.copyOfRange(bytes, 3, bytes.length));
    }
    if (begins(bytes, 0xFF, 0xFE) || begins(bytes, 0xFE, 0xFF)) {
      return decoded(StandardCharsets.UTF_16, bytes, file);
    }
    return text(file, bytes);
  }

  private static boolean begins(byte[] bytes, int... with) {
    return bytes.length >= with.length
        && IntStream.range(0, with.length).allMatch(i -> Byte.toUnsignedInt(bytes[i]) == with[i]);
  }

  private static byte[] bytes(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = opened(raw)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UserError(file + " has more than 1 GiB", "split it, or use it as Parquet");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new UserError("there is no file " + file, "check the path", e);
    } catch (ZipException | EOFException e) {
      throw new UserError(
          file + " is packed by gzip, and damaged or cut short", "fetch or pack it again", e);
    } catch (IOException e) {
      throw new UserError(
          file + " cannot be read: " + Reason.of(e), "check that it may be read", e);
    }
  }

  private static InputStream opened(InputStream raw) throws IOException {
    PushbackInputStream in = new PushbackInputStream(raw, 2);
    byte[] first = in.readNBytes(2);
    in.unread(first);
    return begins(first, 0x1F, 0x8B) ? new GZIPInputStream(in) : in;
  }

  private static String decoded(Charset charset, byte[] bytes, Path file) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(
          file + " is damaged text in UTF-16", "fetch it again, or convert it to UTF-8", e);
    }
  }

  private static String text(Path file, byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        throw new UserError(
            file + " has bytes of 0: it is no text, or is in UTF-16 with no byte-order mark",
            "name a text file in UTF-8; this may help: iconv -f UTF-16LE -t UTF-8 " + file);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw notUtf8(file, bytes, e);
    }
  }

  private static UserError notUtf8(Path file, byte[] bytes, CharacterCodingException cause) {
    List<Integer> lines = new ArrayList<>();
    int bad = -1;
    int line = 0;
    for (int from = 0; from < bytes.length; ) {
      line++;
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      int at = firstBad(bytes, from, to);
      if (at >= 0) {
        lines.add(line);
        bad = bad < 0 ? at : bad;
      }
      from = to + 1;
    }
    String named =
        lines.stream().limit(MOST_LINES).map(String::valueOf).collect(Collectors.joining(", "));
    int more = lines.size() - MOST_LINES;
    return new UserError(
        file
            + " is not UTF-8 in line "
            + named
            + (more > 0 ? " and " + more + " more" : "")
            + (bad < 0
                ? ""
                : ", first by byte " + HexFormat.of().withUpperCase().toHexDigits(bytes[bad])),
        "convert it to UTF-8; from Latin-1 so: iconv -f LATIN1 -t UTF-8 " + file,
        cause);
  }

  /// Where a line stops being UTF-8; negative where it never does.
  private static int firstBad(byte[] bytes, int from, int to) {
    ByteBuffer line = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer characters = CharBuffer.allocate(to - from + 1);
    boolean bad = StandardCharsets.UTF_8.newDecoder().decode(line, characters, true).isError();
    return bad ? line.position() : -1;
  }
}
