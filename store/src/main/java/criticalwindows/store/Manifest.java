package criticalwindows.store;

import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a run was asked to do, with what, and who worked on it when: all that `run.json` holds.
///
/// @param experiment by name, such as `cot`
/// @param settings of that experiment, which alone knows what they mean
/// @param models by role, [#SUBJECT] among them
/// @param provenance versions, commit, machine, at the run's creation
/// @param sessions every process that has worked on the run, the first one first
public record Manifest(
    String experiment,
    Settings settings,
    Map<String, ModelFile> models,
    Items items,
    PromptSet prompts,
    Map<String, String> provenance,
    List<Session> sessions) {
  /// The role of the model whose responses a run is about.
  public static final String SUBJECT = "subject";

  public Manifest {
    models = Map.copyOf(models);
    provenance = Map.copyOf(provenance);
    sessions = List.copyOf(sessions);
    if (!models.containsKey(SUBJECT)) {
      throw new IllegalArgumentException("no model has the role " + SUBJECT);
    }
  }

  /// A model of a run.
  ///
  /// @param path where it was, or what stands for it if it came from no file
  /// @param sha256 of the file, in hexadecimal digits, or empty; with an adapter or a control
  ///   vector, of what is known of all of them
  /// @param adapter that was added to its weights
  /// @param steering what was added to its residual stream
  public record ModelFile(
      String name,
      String path,
      String sha256,
      Optional<AdapterFile> adapter,
      Optional<SteeringFile> steering) {
    /// A model to which nothing was added.
    public ModelFile(String name, String path, String sha256) {
      this(name, path, sha256, Optional.empty(), Optional.empty());
    }
  }

  /// A LoRA adapter.
  ///
  /// @param path where it was
  /// @param sha256 of its file, or of its folder's files, in hexadecimal digits
  public record AdapterFile(String path, String sha256) {}

  /// A control vector.
  ///
  /// @param path where it was
  /// @param sha256 of its file, in hexadecimal digits
  /// @param scale by which it was multiplied
  public record SteeringFile(String path, String sha256, double scale) {
    /// As users name it: the path, a colon and the scale.
    public String words() {
      return path + ":" + scale;
    }
  }

  /// What a run is about.
  ///
  /// @param source of the items, by name, such as a data set
  /// @param number how many were asked for, at least 0
  public record Items(String source, int number) {
    public Items {
      if (number < 0) {
        throw new IllegalArgumentException("at least 0 items, not " + number);
      }
    }
  }

  /// One process's work on a run.
  ///
  /// @param provenance versions, commit, machine of this session
  public record Session(Instant started, Map<String, String> provenance) {
    public Session {
      provenance = Map.copyOf(provenance);
    }
  }

  /// A run that nothing has worked on, with the standard prompts.
  public static Manifest of(String experiment, Settings settings, ModelFile subject, Items items) {
    return new Manifest(
        experiment,
        settings,
        Map.of(SUBJECT, subject),
        items,
        PromptSet.standard(),
        Map.of(),
        List.of());
  }

  /// This with other prompts.
  public Manifest with(PromptSet other) {
    return new Manifest(experiment, settings, models, items, other, provenance, sessions);
  }

  /// This with a model more.
  public Manifest with(String role, ModelFile model) {
    Map<String, ModelFile> more = new TreeMap<>(models);
    more.put(role, model);
    return new Manifest(experiment, settings, more, items, prompts, provenance, sessions);
  }

  /// This with another provenance.
  public Manifest with(Map<String, String> other) {
    return new Manifest(experiment, settings, models, items, prompts, other, sessions);
  }

  /// This with other sessions.
  public Manifest with(List<Session> other) {
    return new Manifest(experiment, settings, models, items, prompts, provenance, other);
  }

  /// The model whose responses the run is about.
  public ModelFile subject() {
    return Objects.requireNonNull(models.get(SUBJECT));
  }

  /// This, after one more session.
  public Manifest plus(Session session) {
    return with(Stream.concat(sessions.stream(), Stream.of(session)).toList());
  }
}
