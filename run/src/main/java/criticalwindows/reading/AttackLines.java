package criticalwindows.reading;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Templated;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.model.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Dressed requests as lines of our own layout, which [TraceFiles] reads back.
public final class AttackLines {
  private AttackLines() {}

  /// Writes a file of lines, whole or not at all.
  ///
  /// @throws UserError if it is there already, or cannot be written
  public static void write(Path file, List<String> lines) {
    if (Files.exists(file)) {
      throw new UserError(file + " is there already", "name another file, or delete that one");
    }
    try {
      Durable.write(file, String.join("", lines));
    } catch (IOException e) {
      throw Durable.unwritable(file, e);
    }
  }

  /// A line, with its line feed: `id`, `family`, `request`, `kind`, `source`, `messages`, `opening`
  /// where there is one, and what was `made`.
  public static String line(Attacked attacked) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    line.put("id", attacked.id());
    line.put("family", attacked.family());
    line.put("request", attacked.request().id());
    line.put("kind", attacked.request().kind().word());
    line.put("source", attacked.request().source());
    attacked.request().category().ifPresent(category -> line.put("category", category));
    ArrayNode messages = line.putArray("messages");
    for (Message message : attacked.messages()) {
      messages.addObject().put("role", message.role().word()).put("content", message.text());
    }
    attacked.opening().ifPresent(opening -> line.put("opening", opening));
    ObjectNode made = line.putObject("made");
    attacked.made().forEach(made::put);
    return line + "\n";
  }

  /// A line, with its line feed, of an attack that is in a chat template already.
  public static String line(Templated templated) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    line.put("id", templated.id());
    line.put("family", templated.family());
    line.put("kind", templated.kind().word());
    line.put("templated", templated.prompt());
    templated.completion().ifPresent(completion -> line.put("completion", completion));
    return line + "\n";
  }
}
