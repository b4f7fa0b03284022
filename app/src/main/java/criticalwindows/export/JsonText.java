package criticalwindows.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.JsonNode;

/// A new file of JSON, in UTF-8; half of a surrogate pair is written as a question mark.
final class JsonText implements AutoCloseable {
  private final OutputStream out;

  private JsonText(OutputStream out) {
    this.out = out;
  }

  static JsonText of(Path file) throws IOException {
    return new JsonText(
        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)));
  }

  JsonText add(String text) throws IOException {
    out.write(bytes(text));
    return this;
  }

  JsonText add(JsonNode node) throws IOException {
    return add(node.toString());
  }

  void copy(Path file) throws IOException {
    Files.copy(file, out);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
