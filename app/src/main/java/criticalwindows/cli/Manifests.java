package criticalwindows.cli;

import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Dataset;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.report.Heading;
import criticalwindows.report.Heading.Fact;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Between the command line and a run's record.
final class Manifests {
  static final String CHAT_TEMPLATE = "chat template";
  private static final String APPROXIMATE = "approximate";
  private static final String SHARD = "shard";
  private static final String DATASET = "data set ";

  /// What a run that was stopped is, beside the same run in one piece.
  private static final String BATCHES =
      "other than those of a run in one piece: the last digits of a probability are others, and so,"
          + " now and then, a word is";

  private Manifests() {}

  /// The record of a new run.
  static Manifest of(
      Console console, RunCommand.Cot command, Dataset dataset, Model model, CotSettings settings) {
    CotOptions options = command.options;
    Map<String, String> provenance = new TreeMap<>(provenance(model, settings.sampling()));
    command.model.chatTemplate.ifPresent(name -> provenance.put(CHAT_TEMPLATE, name));
    command.shard.ifPresent(shard -> provenance.put(SHARD, shard));
    dataset.provenance().forEach((name, value) -> provenance.put(DATASET + name, value));
    Manifest.ModelFile file =
        new Manifest.ModelFile(
            model.name(), command.model.model, provenance.getOrDefault("model sha256", ""));
    return new Manifest(
        "cot",
        file,
        dataset.name(),
        options.number(),
        settings,
        options.samplingSource(model),
        options.promptSet(),
        provenance,
        List.of(new Manifest.Session(console.clock().instant(), provenance)));
  }

  /// What a further process adds to the record.
  static Manifest.Session session(Console console, Model model, Sampling sampling) {
    Map<String, String> provenance = provenance(model, sampling);
    provenance.put("batches", BATCHES);
    return new Manifest.Session(console.clock().instant(), provenance);
  }

  /// The chat template that was named on the command line.
  static Optional<String> chatTemplate(Manifest manifest) {
    return Optional.ofNullable(manifest.provenance().get(CHAT_TEMPLATE));
  }

  /// The share of the problems that a run works on.
  static Optional<Shard> shard(Manifest manifest) {
    return Optional.ofNullable(manifest.provenance().get(SHARD)).map(Shard::parse);
  }

  /// What the data set's provenance said when the run began, by its name there.
  static Optional<String> dataset(Manifest manifest, String name) {
    return Optional.ofNullable(manifest.provenance().get(DATASET + name));
  }

  static Map<String, String> provenance(Model model, Sampling sampling) {
    Map<String, String> provenance = new TreeMap<>(model.provenance());
    Traffics.approximate(model, sampling).ifPresent(why -> provenance.put(APPROXIMATE, why));
    provenance.put("cw", Version.number());
    provenance.put("commit", Version.commit());
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

  /// What reports say about a run as a whole.
  static Heading heading(RunFolder run) {
    Manifest manifest = run.manifest();
    CotSettings settings = manifest.settings();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("problems", run.ledger().problems().size() + " of " + manifest.dataset()));
    facts.add(new Fact("cuts", cuts(settings)));
    facts.add(
        new Fact(
            "sampling", sampling(settings.sampling()) + " (" + manifest.samplingSource() + ")"));
    facts.add(new Fact("limit", settings.maxTokens() + " tokens a response, kept ones included"));
    facts.add(new Fact("seed", Long.toString(settings.seed())));
    facts.add(new Fact("prompts", manifest.prompts().name() + " " + manifest.prompts().hash()));
    manifest.provenance().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> facts.add(new Fact(entry.getKey(), entry.getValue())));
    facts.add(new Fact("sessions", sessions(manifest.sessions().size())));
    String title = "Chain of thought: " + manifest.model().name() + " on " + manifest.dataset();
    return new Heading(title, facts, warnings(run));
  }

  private static String sessions(int count) {
    return count < 2 ? "1" : count + ", whose batches are " + BATCHES;
  }

  private static List<String> warnings(RunFolder run) {
    List<String> warnings = new ArrayList<>(run.warnings());
    Stream.concat(
            Stream.of(run.manifest().provenance()),
            run.manifest().sessions().stream().map(Manifest.Session::provenance))
        .flatMap(facts -> Stream.ofNullable(facts.get(APPROXIMATE)))
        .distinct()
        .forEach(why -> warnings.add("everything here is approximate: " + why));
    versions(run.manifest()).ifPresent(warnings::add);
    FailureLog.in(run).line().ifPresent(warnings::add);
    return warnings;
  }

  /// Which versions worked on a run, where they were several.
  static Optional<String> versions(Manifest manifest) {
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

  private static String cuts(CotSettings settings) {
    return settings.cuts() instanceof CutPlan.Search search
        ? "by adaptive search, to "
            + search.width()
            + " of the response at "
            + search.confidence()
            + ", at most "
            + search.rollouts()
            + " continuations a response"
        : settings.cuts().spec() + ", " + settings.samples() + " continuations at each";
  }

  static String sampling(Sampling sampling) {
    return "temperature " + sampling.temperature() + ", top-p " + sampling.topP();
  }
}
