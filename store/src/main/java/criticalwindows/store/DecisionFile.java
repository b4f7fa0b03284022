package criticalwindows.store;

import criticalwindows.disk.Durable;
import criticalwindows.disk.LineFile;
import criticalwindows.error.UserError;
import criticalwindows.search.Decision;
import criticalwindows.search.Decisions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decisions in a run's folder, one JSON object a line. A last line that was never finished is no
/// decision: it is not read, and the next one takes its place.
///
/// @param writable whether the run is open for writing
record DecisionFile(Path file, boolean writable) implements Decisions {
  @Override
  public void append(List<Decision> decisions) {
    if (!writable) {
      throw new IllegalStateException("this run is open to be read only");
    }
    StringBuilder lines = new StringBuilder();
    decisions.forEach(decision -> lines.append(DecisionJson.write(decision)).append('\n'));
    if (!lines.isEmpty()) {
      try {
        new LineFile(file).append(lines.toString());
      } catch (IOException e) {
        throw Durable.unwritable(file, e);
      }
    }
  }

  @Override
  public Map<String, List<Decision>> byProblem() {
    Map<String, List<Decision>> all = new LinkedHashMap<>();
    for (Decision decision : read()) {
      all.computeIfAbsent(decision.problem(), problem -> new ArrayList<>()).add(decision);
    }
    all.replaceAll((problem, decisions) -> List.copyOf(decisions));
    return all;
  }

  private List<Decision> read() {
    List<Decision> decisions = new ArrayList<>();
    try {
      for (String line : new LineFile(file).read()) {
        decisions.add(DecisionJson.read(file, decisions.size() + 1, line));
      }
    } catch (IOException e) {
      throw new UserError(file + " cannot be read: " + Durable.reason(e), DecisionJson.HINT, e);
    }
    return decisions;
  }
}
