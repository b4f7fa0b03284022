package criticalwindows.run;

import criticalwindows.dataset.Dataset;
import criticalwindows.model.Model;
import criticalwindows.rollout.Settings;
import criticalwindows.store.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is written into a run's manifest by name, and read from it again.
public final class Manifests {
  /// The chat template that was named for the model.
  public static final String CHAT_TEMPLATE = "chat template";

  /// Why what is sampled is approximate.
  public static final String APPROXIMATE = "approximate";

  /// Where the temperature and top-p come from, for people.
  public static final String SAMPLING_SOURCE = "sampling source";

  /// The share of the problems that the run works on.
  public static final String SHARD = "shard";

  /// What a run in several sessions is, beside the same run in one.
  public static final String BATCHES =
      "other than those of a run in one piece: the last digits of a probability are others, and so,"
          + " now and then, a word is";

  private static final String DATASET = "data set ";

  private Manifests() {}

  /// What is recorded of a run of these problems before anything is sampled, with the standard
  /// prompts.
  ///
  /// @param settings of the experiment of this name, such as `cot`
  public static Manifest of(String experiment, Settings settings, Model model, Dataset dataset) {
    Map<String, String> provenance = provenance(model, Map.of());
    putDataset(provenance, dataset.provenance());
    return Manifest.of(
            experiment,
            settings,
            file(model, model.name()),
            new Manifest.Items(dataset.name(), dataset.problems().size()))
        .with(provenance);
  }

  /// A model as a run names it.
  ///
  /// @param path as it was named
  public static Manifest.ModelFile file(Model model, String path) {
    Map<String, String> facts = model.provenance();
    Optional<Manifest.AdapterFile> adapter =
        Optional.ofNullable(facts.get("adapter"))
            .map(from -> new Manifest.AdapterFile(from, facts.getOrDefault("adapter sha256", "")));
    Optional<Manifest.SteeringFile> steering =
        Optional.ofNullable(facts.get("steering"))
            .map(
                from ->
                    new Manifest.SteeringFile(
                        from,
                        facts.getOrDefault("steering sha256", ""),
                        Double.parseDouble(facts.getOrDefault("steering scale", "0"))));
    return new Manifest.ModelFile(
        model.name(), path, facts.getOrDefault("model sha256", ""), adapter, steering);
  }

  /// What samples: the model and its engine, this program, and the machine.
  ///
  /// @param program what else is to be recorded, such as its version
  public static Map<String, String> provenance(Model model, Map<String, String> program) {
    Map<String, String> provenance = new TreeMap<>(model.provenance());
    provenance.putAll(program);
    provenance.put("java", Runtime.version().toString());
    provenance.put(
        "machine",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores");
    return provenance;
  }

  /// Puts what is known of a data set beside what samples.
  public static void putDataset(Map<String, String> provenance, Map<String, String> dataset) {
    dataset.forEach((name, value) -> provenance.put(DATASET + name, value));
  }

  /// What the data set's provenance said when the run began, by its name there.
  public static Optional<String> dataset(Manifest manifest, String name) {
    return Optional.ofNullable(manifest.provenance().get(DATASET + name));
  }

  /// The chat template that was named for the model.
  public static Optional<String> chatTemplate(Manifest manifest) {
    return Optional.ofNullable(manifest.provenance().get(CHAT_TEMPLATE));
  }

  /// The share of the problems that a run works on; absent where it works on all.
  public static Optional<Shard> shard(Manifest manifest) {
    return Optional.ofNullable(manifest.provenance().get(SHARD)).map(Shard::parse);
  }

  /// Which versions worked on a run, where they were several.
  public static Optional<String> versions(Manifest manifest) {
    List<String> versions =
        manifest.sessions().stream().map(Manifests::version).distinct().sorted().toList();
    return versions.size() < 2
        ? Optional.empty()
        : Optional.of(
            "this run is the work of several versions, which can draw differently: "
                + String.join("; ", versions));
  }

  private static String version(Manifest.Session session) {
    Map<String, String> facts = session.provenance();
    return "cw "
        + facts.getOrDefault("cw", "of unknown version")
        + " with "
        + facts.getOrDefault("engine", "an unknown engine");
  }
}
