package criticalwindows.bench;

import criticalwindows.error.UserError;
import criticalwindows.view.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Measurements, each with every value that was seen.
final class BenchTable {
  private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();

  /// One measurement.
  ///
  /// @param bar it is held to, for people; empty where it is a figure only
  /// @param values one for each round, at least one
  record Row(String model, String what, String bar, List<Double> values) {
    Row {
      values = List.copyOf(values);
    }
  }

  void add(Row row, String note) {
    ObjectNode node = rows.addObject();
    node.put("model", row.model());
    node.put("what", row.what());
    node.put("bar", row.bar());
    node.put("n", row.values().size());
    ArrayNode values = node.putArray("values");
    row.values().forEach(values::add);
    node.put("note", note);
  }

  void write(Path file) {
    try {
      Files.writeString(
          file,
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(rows) + "\n");
    } catch (IOException e) {
      throw new UserError(
          "--json " + file + " cannot be written", "name a file in a folder that can", e);
    }
  }

  private static String number(double value, int digits) {
    return digits == 0 ? Numbers.count(Math.round(value)) : Numbers.fine(value);
  }

  /// The median and the range: `3.21 (3.10 to 3.35, n = 3)`.
  static String spread(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    int digits = median >= 100 ? 0 : 3;
    String shown = number(median, digits);
    if (sorted.size() == 1) {
      return shown;
    }
    return shown
        + " ("
        + number(sorted.getFirst(), digits)
        + " to "
        + number(sorted.getLast(), digits)
        + ", n = "
        + sorted.size()
        + ")";
  }

  /// The most memory this process has held at once; absent where the system does not say.
  static OptionalLong peakBytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("the process's memory cannot be read", e);
    }
  }
}
