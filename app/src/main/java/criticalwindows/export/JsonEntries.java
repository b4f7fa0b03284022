package criticalwindows.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;

/// A new ZIP of JSON files, packed by deflate, which every reader of logs unpacks.
final class JsonEntries implements AutoCloseable {
  private final ZipOutputStream zip;
  private final FileTime time;

  private JsonEntries(ZipOutputStream zip, FileTime time) {
    this.zip = zip;
    this.time = time;
  }

  /// @param time that its files bear
  static JsonEntries of(Path file, Instant time) throws IOException {
    return new JsonEntries(
        new ZipOutputStream(
            new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))),
        FileTime.from(time));
  }

  void add(String name, JsonNode node) throws IOException {
    zip.putNextEntry(new ZipEntry(name).setLastModifiedTime(time));
    zip.write(JsonText.bytes(node.toString()));
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
