package criticalwindows.store;

import criticalwindows.cot.CotSettings;
import criticalwindows.prompt.PromptSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a run was asked to do, with what, and who worked on it when: all that `run.json` holds.
///
/// @param experiment by name, such as `cot`
/// @param dataset by name
/// @param problems how many were asked for, at least 0
/// @param samplingSource where the temperature and top-p come from, for people
/// @param provenance versions, commit, machine, at the run's creation
/// @param sessions every process that has worked on the run, the first one first
public record Manifest(
    String experiment,
    ModelFile model,
    String dataset,
    int problems,
    CotSettings settings,
    String samplingSource,
    PromptSet prompts,
    Map<String, String> provenance,
    List<Session> sessions) {
  public Manifest {
    if (problems < 0) {
      throw new IllegalArgumentException("at least 0 problems, not " + problems);
    }
    provenance = Map.copyOf(provenance);
    sessions = List.copyOf(sessions);
  }

  /// The model that a run is about.
  ///
  /// @param path where it was, or what stands for it if it came from no file
  /// @param sha256 of the file, in hexadecimal digits
  public record ModelFile(String name, String path, String sha256) {}

  /// One process's work on a run.
  ///
  /// @param provenance versions, commit, machine of this session
  public record Session(Instant started, Map<String, String> provenance) {
    public Session {
      provenance = Map.copyOf(provenance);
    }
  }

  /// This, after one more session.
  Manifest plus(Session session) {
    List<Session> all = new ArrayList<>(sessions);
    all.add(session);
    return new Manifest(
        experiment, model, dataset, problems, settings, samplingSource, prompts, provenance, all);
  }
}
