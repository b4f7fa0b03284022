package criticalwindows.reading;

import criticalwindows.database.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;

/// Writes ZIPs as Inspect does, with any method of compression.
final class EvalFiles {
  static final int STORED = 0;
  static final int DEFLATED = 8;
  static final int ZSTANDARD = 93;

  private EvalFiles() {}

  /// Writes a ZIP.
  ///
  /// @param packed what each entry says, packed by `method` already
  static Path zip(Path file, int method, Map<String, byte[]> packed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> each : packed.entrySet()) {
      byte[] name = each.getKey().getBytes(StandardCharsets.UTF_8);
      int offset = out.size();
      int size = each.getValue().length;
      byte[] local = new byte[30];
      little(local).putInt(0, 0x04034b50).putShort(8, (short) method);
      little(local).putInt(18, size).putShort(26, (short) name.length);
      out.write(local);
      out.write(name);
      out.write(each.getValue());
      byte[] entry = new byte[46];
      little(entry).putInt(0, 0x02014b50).putShort(10, (short) method);
      little(entry).putInt(20, size).putShort(28, (short) name.length).putInt(42, offset);
      directory.write(entry);
      directory.write(name);
    }
    byte[] end = new byte[22];
    little(end).putInt(0, 0x06054b50).putShort(10, (short) packed.size());
    little(end).putInt(12, directory.size()).putInt(16, out.size());
    out.write(directory.toByteArray());
    out.write(end);
    Files.write(file, out.toByteArray());
    return file;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// A log with these samples, each named by its number, packed by deflate.
  static Path deflated(Path file, String... samples) throws IOException {
    Map<String, byte[]> packed = new LinkedHashMap<>();
    packed.put("header.json", deflate("{}"));
    for (int i = 0; i < samples.length; i++) {
      packed.put("samples/" + i + "_epoch_1.json", deflate(samples[i]));
    }
    return zip(file, DEFLATED, packed);
  }

  static byte[] deflate(String text) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] some = new byte[8192];
    while (!deflater.finished()) {
      out.write(some, 0, deflater.deflate(some));
    }
    deflater.end();
    return out.toByteArray();
  }

  /// A frame of Zstandard whose one block is not compressed.
  static byte[] frame(String text) {
    byte[] said = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[12 + said.length];
    ByteBuffer frame = little(bytes);
    frame.putInt(0xfd2fb528).put((byte) 0xa0).putInt(said.length);
    block(frame, said.length << 3 | 1).put(said);
    return bytes;
  }

  /// A frame of Zstandard that says a text and then the same letter, a megabyte at a time.
  static byte[] bomb(String text, int megabytes) {
    byte[] said = text.getBytes(StandardCharsets.UTF_8);
    int blocks = megabytes << 3;
    byte[] bytes = new byte[6 + 3 + said.length + 4 * blocks];
    ByteBuffer frame = little(bytes);
    frame.putInt(0xfd2fb528).put((byte) 0).put((byte) 0x38);
    block(frame, said.length << 3).put(said);
    for (int i = 1; i <= blocks; i++) {
      block(frame, 1 << 17 << 3 | 2 | (i == blocks ? 1 : 0)).put((byte) 'x');
    }
    return bytes;
  }

  private static ByteBuffer block(ByteBuffer frame, int header) {
    return frame.put((byte) header).put((byte) (header >> 8)).put((byte) (header >> 16));
  }

  /// As the library of Zstandard compresses it.
  static byte[] zstandard(Path folder, String sql) throws IOException, SQLException {
    Path file = folder.resolve("made.zst");
    try (Database database = Database.open(Database.Share.STANDARD, "", folder)) {
      database.run(
          "COPY (" + sql + ") TO " + Database.literal(file) + " (FORMAT json, COMPRESSION zstd)");
    }
    return Files.readAllBytes(file);
  }
}
