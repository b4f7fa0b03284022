package criticalwindows.scoring;

import criticalwindows.disk.Durable;
import criticalwindows.disk.LineFile;
import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.scoring.Verdict.Given;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What programs said of a run's texts, in `verdicts.jsonl` of its folder, so that the run can be
/// shown without them. A line is `{"key", "class", "score"}`; the key is a hash of the command and
/// of the line that it read. What a program did not say is not kept, and is asked again.
final class VerdictFile {
  private static final String NAME = "verdicts.jsonl";

  /// The key of the line that says who a judge is.
  private static final String JUDGE = "judge ";

  /// Verdicts that a killed process loses at most. They are asked for again.
  private static final int LATER = 256;

  private final LineFile file;
  private final Map<String, Given> known = new HashMap<>();
  private final StringBuilder fresh = new StringBuilder();
  private int count;

  private VerdictFile(LineFile file) {
    this.file = file;
  }

  /// That of a run's folder, with all that it holds.
  ///
  /// @throws criticalwindows.error.UserError if it is there and cannot be read
  static VerdictFile in(Path folder) {
    Path path = folder.resolve(NAME);
    VerdictFile verdicts = new VerdictFile(new LineFile(path));
    try {
      verdicts.file.read().forEach(verdicts::read);
      return verdicts;
    } catch (IOException e) {
      throw Durable.unreadable(path, e);
    }
  }

  /// A damaged line is none: its text is asked again.
  private void read(String line) {
    try {
      JsonNode node = JsonMapper.shared().readTree(line);
      if (Verdict.of(line.getBytes(StandardCharsets.UTF_8)) instanceof Given given) {
        known.put(node.path("key").asString(""), given);
      }
    } catch (JacksonException e) {
      return;
    }
  }

  /// Whether nothing was ever said.
  synchronized boolean isEmpty() {
    return known.isEmpty();
  }

  /// The name of a text for a program.
  ///
  /// @param command of the program
  /// @param line that it reads
  static String key(String command, String line) {
    return Sha256.name(Sha256.of(command + "\n" + line));
  }

  /// Whether a judge of that name has said anything.
  synchronized boolean judged(String judge) {
    return known.containsKey(JUDGE + judge);
  }

  /// Keeps who a judge is; the verdicts of one name are of one judge.
  ///
  /// @throws UserError if another one has judged before
  synchronized void requireJudge(String judge, String who) {
    String before = find(JUDGE + judge).flatMap(Given::name).orElse(who);
    if (!before.equals(who)) {
      throw new UserError(
          file.file() + " has verdicts of judge:" + judge + " by another judge (" + before + ")",
          "take that model and template again, or give the template's file another name");
    }
    if (!judged(judge)) {
      add(JUDGE + judge, new Given(Optional.of(who), OptionalDouble.empty()));
    }
  }

  /// What was said of a text.
  synchronized Optional<Given> find(String key) {
    return Optional.ofNullable(known.get(key));
  }

  /// Keeps what was said; it is on the disk after [#flush].
  synchronized void add(String key, Given given) {
    known.put(key, given);
    ObjectNode line = JsonMapper.shared().createObjectNode().put("key", key);
    given.name().ifPresent(name -> line.put("class", name));
    given.score().ifPresent(score -> line.put("score", score));
    fresh.append(JsonMapper.shared().writeValueAsString(line)).append('\n');
    if (++count % LATER == 0) {
      flush();
    }
  }

  /// Writes what is not on the disk yet.
  ///
  /// @throws criticalwindows.error.UserError if it cannot be written
  synchronized void flush() {
    if (fresh.isEmpty()) {
      return;
    }
    try {
      file.append(fresh.toString());
      fresh.setLength(0);
    } catch (IOException e) {
      throw Durable.unwritable(file.file(), e);
    }
  }

  /// Adds all that another run holds.
  synchronized void addAll(VerdictFile other) {
    other.known.forEach(
        (key, given) -> {
          if (key.startsWith(JUDGE)) {
            requireJudge(key.substring(JUDGE.length()), given.name().orElse(""));
          } else {
            add(key, given);
          }
        });
  }
}
