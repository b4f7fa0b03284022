package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes safetensors files. Tensors go through a buffer of a megabyte, row by row, so a file may
/// be larger than the heap. The same content always gives the same bytes.
///
/// *Source:* the format's description in the README of huggingface/safetensors.
public final class SafetensorsWriter {
  /// The numbers begin at a multiple of this many bytes.
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /// Writes a file whole or not at all: it is written beside its place first, then moved there.
  ///
  /// @param metadata texts by name, in the order in which they are written
  /// @param tensors in the order in which they are written; none twice, none of blocks
  /// @throws UserError if the file cannot be written, or a weight does not fit its type
  public static void write(Path path, Map<String, String> metadata, List<Stored> tensors) {
    write(path, metadata, tensors, Map.of());
  }

  /// The same with whole numbers, which are written as I64 and with one dimension.
  ///
  /// @param integers by name, which no tensor has; written in the order of their names, before the
  ///   tensors, where each begins at a multiple of its size
  public static void write(
      Path path, Map<String, String> metadata, List<Stored> tensors, Map<String, long[]> integers) {
    Map<String, long[]> sorted = new TreeMap<>(integers);
    byte[] header = header(metadata, tensors, sorted).getBytes(StandardCharsets.UTF_8);
    LittleEndianFile.write(
        path,
        file -> {
          header(file, header);
          for (long[] numbers : sorted.values()) {
            for (long number : numbers) {
              file.int64(number);
            }
          }
          for (Stored stored : tensors) {
            file.numbers(stored);
          }
        });
  }

  private static String header(
      Map<String, String> metadata, List<Stored> tensors, Map<String, long[]> integers) {
    ObjectNode header = JsonMapper.shared().createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(Safetensors.METADATA);
      metadata.forEach(texts::put);
    }
    long at = 0;
    for (Map.Entry<String, long[]> numbers : integers.entrySet()) {
      long count = numbers.getValue().length;
      ObjectNode entry = header.putObject(numbers.getKey()).put("dtype", "I64");
      entry.putArray("shape").add(count);
      entry.putArray("data_offsets").add(at).add(at + Long.BYTES * count);
      at += Long.BYTES * count;
    }
    for (Stored stored : tensors) {
      String name = stored.tensor().name();
      if (stored.type().block() > 1 || header.has(name)) {
        throw new IllegalArgumentException(name + " of " + stored.type() + ", or twice");
      }
      ObjectNode entry = header.putObject(name).put("dtype", stored.type().name());
      stored.tensor().shape().forEach(entry.withArray("shape")::add);
      entry.putArray("data_offsets").add(at).add(at + stored.bytes());
      at += stored.bytes();
    }
    return header.toString();
  }

  private static void header(LittleEndianFile file, byte[] header) throws IOException {
    int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    file.int64(padded);
    file.bytes(header);
    for (int i = header.length; i < padded; i++) {
      file.int8(' ');
    }
  }
}
