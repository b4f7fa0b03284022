package criticalwindows.reading;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.trace.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads files of texts: a JSON object a line, or one array of them.
public final class TraceFiles {
  private static final String HINT =
      "a line is {\"messages\": [{\"role\": \"user\", \"content\": \"…\"}], \"response\": \"…\"};"
          + " see cw run trace --help";

  private TraceFiles() {}

  /// All texts of a file, in its order.
  ///
  /// @throws UserError if the file cannot be read, or something in it is no text, saying where
  public static List<Trace> read(Path file) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      List<Trace> traces = new ArrayList<>();
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (number == 1 && line.stripLeading().startsWith("[")) {
          return array(file, lines, line);
        }
        if (!line.isBlank()) {
          traces.add(trace(file, "line " + number, json(file, "line " + number, line)));
        }
      }
      return traces;
    } catch (CharacterCodingException e) {
      throw new UserError(file + " is not in UTF-8", "save it as UTF-8", e);
    } catch (IOException e) {
      throw new UserError(
          file + " cannot be read: " + Reason.of(e), "name a file of JSON lines", e);
    }
  }

  private static List<Trace> array(Path file, BufferedReader rest, String first)
      throws IOException {
    StringBuilder text = new StringBuilder(first);
    for (String line = rest.readLine(); line != null; line = rest.readLine()) {
      text.append('\n').append(line);
    }
    List<Trace> traces = new ArrayList<>();
    for (JsonNode node : json(file, "the array", text.toString())) {
      String place = "object " + (traces.size() + 1);
      traces.add(trace(file, place, node));
    }
    return traces;
  }

  private static JsonNode json(Path file, String place, String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new UserError(file + ", " + place + " is no JSON: " + e.getOriginalMessage(), HINT, e);
    }
  }

  private static Trace trace(Path file, String place, JsonNode node) {
    try {
      return TraceLine.read(place, node);
    } catch (IllegalArgumentException e) {
      throw new UserError(file + ", " + place + ": " + e.getMessage(), HINT, e);
    }
  }
}
