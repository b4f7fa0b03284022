package criticalwindows.run;

import criticalwindows.disk.LineFile;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What could not be sampled in a run, and why: `failed.jsonl` in its folder, a line for each, on
/// the disk before it counts. A resumed run tries these again; what it gets counts as failed no
/// more.
///
/// @param file that need not be there
/// @param done keys that have samples
public record FailureLog(LineFile file, Set<Key> done) {
  private static final String NAME = "failed.jsonl";

  /// Letters of a reason: a server may give any number of them.
  private static final int LONGEST = 1000;

  public FailureLog {
    done = Set.copyOf(done);
  }

  /// Of a run.
  public static FailureLog in(RunFolder run) {
    return in(run.folder(), run.ledger());
  }

  /// Of a ledger in this folder.
  public static FailureLog in(Path folder, Ledger ledger) {
    LineFile file = new LineFile(folder.resolve(NAME));
    return new FailureLog(file, file.exists() ? ledger.keys() : Set.of());
  }

  /// Adds a line.
  public void add(Key key, String reason) {
    String line =
        JsonMapper.shared()
            .createObjectNode()
            .put("problem", key.item())
            .put("arm", key.arm().name())
            .put("kept", key.kept())
            .put("index", key.index())
            .put("reason", reason.length() > LONGEST ? reason.substring(0, LONGEST) + "…" : reason)
            .toString();
    try {
      file.append(line + "\n");
    } catch (IOException e) {
      throw new UserError(
          file.file() + " cannot be written: " + Reason.of(e), "free some disk space for it", e);
    }
  }

  /// The reasons by key, of what has still no samples.
  public Map<Key, String> reasons() {
    Map<Key, String> reasons = new LinkedHashMap<>();
    for (String line : lines()) {
      try {
        JsonNode node = JsonMapper.shared().readTree(line);
        Key key =
            new Key(
                node.path("problem").asString(""),
                new Arm(node.path("arm").asString("")),
                node.path("kept").asInt(0),
                node.path("index").asInt(0));
        reasons.put(key, node.path("reason").asString(""));
      } catch (JacksonException | IllegalArgumentException e) {
        reasons.put(Key.direct("?"), "a line of " + file.file() + " is damaged");
      }
    }
    reasons.keySet().removeAll(done);
    return reasons;
  }

  private List<String> lines() {
    try {
      return file.read();
    } catch (IOException e) {
      throw new UserError(file.file() + " cannot be read: " + Reason.of(e), "make it readable", e);
    }
  }

  /// One line for people, if there is anything to say.
  public Optional<String> line() {
    Map<Key, String> reasons = reasons();
    return reasons.values().stream()
        .findFirst()
        .map(
            first ->
                reasons.size()
                    + " of the rollouts failed and are in no count ("
                    + NAME
                    + "); the first: "
                    + first);
  }
}
