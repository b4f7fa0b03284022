package criticalwindows.importing;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a layout is read from: files within bounds, whose hashes are kept, and what is to be said
/// of them.
final class ImportSource {
  /// Bytes of one file, unpacked.
  static final int MOST_BYTES = 256 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path root;
  private final OptionalInt rollouts;
  private final int most;
  private final Pieces pieces = new Pieces();
  private final Map<String, String> hashes = new TreeMap<>();
  private final Map<String, Long> notes = new LinkedHashMap<>();
  private final Set<String> models = new TreeSet<>();

  /// @param root as the user named it
  /// @param rollouts at each place, where the user said so
  ImportSource(Path root, OptionalInt rollouts) {
    this(root, rollouts, MOST_BYTES);
  }

  /// With another bound of bytes.
  ImportSource(Path root, OptionalInt rollouts, int most) {
    this.root = root;
    this.rollouts = rollouts;
    this.most = most;
  }

  Path root() {
    return root;
  }

  /// Rollouts at each place, where the user said so.
  OptionalInt rollouts() {
    return rollouts;
  }

  /// The vocabulary of texts without token ids.
  Pieces pieces() {
    return pieces;
  }

  /// Something that people should know, and how often it was so.
  void count(String note, long times) {
    if (times > 0) {
      notes.merge(note, times, Long::sum);
    }
  }

  /// A model that the files name.
  void model(String name) {
    models.add(name);
  }

  Set<String> models() {
    return models;
  }

  /// A line for each thing that was counted.
  List<String> notes() {
    return notes.entrySet().stream().map(note -> note.getKey() + ": " + note.getValue()).toList();
  }

  /// Of all that was read: of one file its own, of several that of their names and hashes.
  String sha256() {
    if (hashes.size() == 1) {
      return hashes.values().iterator().next();
    }
    StringBuilder all = new StringBuilder();
    hashes.forEach((name, hash) -> all.append(hash).append("  ").append(name).append('\n'));
    return HexFormat.of().formatHex(Sha256.of(all.toString()));
  }

  /// A file of one JSON value.
  Fields json(Path file) {
    return parsed(file, name(file), text(file, bytes(file)));
  }

  /// A file of one JSON value that gzip has packed, or that nothing has.
  Fields unpacked(Path file) {
    byte[] bytes = bytes(file);
    boolean packed = String.valueOf(file.getFileName()).endsWith(".gz");
    return parsed(file, name(file), text(file, packed ? unpack(file, bytes) : bytes));
  }

  /// A file of JSON values, one a line, or of one array of them.
  List<Fields> records(Path file) {
    String text = text(file, bytes(file));
    if (text.stripLeading().startsWith("[")) {
      return parsed(file, name(file), text).elements();
    }
    List<Fields> records = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (!line.isBlank()) {
        records.add(parsed(file, name(file) + ", line " + number, line));
      }
    }
    return records;
  }

  private Fields parsed(Path file, String place, String text) {
    try {
      return new Fields(place, JSON.readTree(text));
    } catch (JacksonException e) {
      throw new UserError(
          place + " is no JSON: " + Reason.withoutPlaces(e.getOriginalMessage()),
          "name files as the tool wrote them; " + file + " may be cut off",
          e);
    }
  }

  private byte[] bytes(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new UserError(
            file + (Files.exists(file) ? " is no file" : " is not there"),
            "see what the layout is made of: cw import --help");
      }
      if (Files.size(file) > most) {
        throw tooLarge(file);
      }
      byte[] bytes = Files.readAllBytes(file);
      hashes.put(name(file), HexFormat.of().formatHex(Sha256.of(bytes)));
      return bytes;
    } catch (IOException e) {
      throw new UserError(file + " cannot be read: " + Reason.of(e), "see who may read it", e);
    }
  }

  private byte[] unpack(Path file, byte[] packed) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw tooLarge(file);
      }
      return bytes;
    } catch (ZipException e) {
      throw new UserError(
          file + " is not packed by gzip: " + Reason.of(e),
          "name the file as it was published, or unpack it and leave .gz out of its name",
          e);
    } catch (IOException e) {
      throw new UserError(
          file + " is cut off: " + Reason.of(e), "fetch the file again; its end is missing", e);
    }
  }

  private UserError tooLarge(Path file) {
    return new UserError(file + " has more than " + (most >> 20) + " MiB", "import a part of it");
  }

  private String text(Path file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(file + " is not in UTF-8", "save it as UTF-8", e);
    }
  }

  /// For people, and for the hash: where it lies below what the user named.
  private String name(Path file) {
    return file.equals(root) ? root.toString() : root.relativize(file).toString();
  }
}
