package criticalwindows.show;

import criticalwindows.cot.CotSettings;
import criticalwindows.defence.Defence;
import criticalwindows.form.FormSettings;
import criticalwindows.importing.Import;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.ratio.RatioSettings;
import criticalwindows.ratio.Role;
import criticalwindows.report.Heading;
import criticalwindows.report.Heading.Fact;
import criticalwindows.run.Experiments;
import criticalwindows.run.FailureLog;
import criticalwindows.run.Manifests;
import criticalwindows.run.RatioWork;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.TraceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What reports say about a run as a whole.
public final class Headings {
  private Headings() {}

  /// What reports say about a run as a whole.
  public static Heading of(RunFolder run) {
    if (Experiments.isForm(run)) {
      return form(run);
    }
    if (Experiments.isRatio(run)) {
      return ratio(run);
    }
    return Experiments.isImported(run) ? imported(run) : cuts(run);
  }

  private static Heading imported(RunFolder run) {
    Manifest manifest = run.manifest();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact("texts", run.ledger().problems().size() + " of " + manifest.items().source()));
    int most = run.settings(settings -> settings.integer("samples"));
    facts.add(new Fact("cuts", "where the files have rollouts, at most " + most + " at each"));
    facts.add(new Fact("outcomes", String.join("; ", Experiments.outcomes(run))));
    facts.add(new Fact("sampling", "as whoever made the files chose; not known here"));
    facts.addAll(provenance(manifest));
    List<String> warnings = new ArrayList<>(warnings(run));
    run.settings(settings -> settings.texts(Import.NOTES))
        .forEach(note -> warnings.add("of the files: " + note));
    String title = "Imported: rollouts of " + manifest.subject().name() + ", not sampled by cw";
    return new Heading(title, facts, warnings);
  }

  private static List<Fact> provenance(Manifest manifest) {
    return manifest.provenance().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Manifests.SAMPLING_SOURCE))
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> new Fact(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Heading cuts(RunFolder run) {
    boolean trace = Experiments.isTrace(run);
    Manifest manifest = run.manifest();
    CotSettings settings = run.settings(CotSettings::of);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            trace ? "texts" : "problems",
            run.ledger().problems().size() + " of " + manifest.items().source()));
    facts.add(new Fact("cuts", cuts(settings)));
    facts.add(new Fact("outcomes", String.join("; ", Experiments.outcomes(run))));
    List<Defence> defences = Experiments.defences(run);
    if (!defences.isEmpty()) {
      facts.add(
          new Fact(
              "defences", defences.stream().map(Defence::shown).collect(Collectors.joining("; "))));
    }
    Experiments.follow(run).ifPresent(name -> facts.add(new Fact("curves follow", name)));
    facts.add(
        new Fact(
            "sampling",
            sampling(settings.sampling())
                + " ("
                + manifest.provenance().getOrDefault(Manifests.SAMPLING_SOURCE, "unknown")
                + ")"));
    facts.add(new Fact("limit", settings.maxTokens() + " tokens a response, kept ones included"));
    facts.add(new Fact("seed", Long.toString(settings.seed())));
    if (!trace) {
      facts.add(new Fact("prompts", manifest.prompts().name() + " " + manifest.prompts().hash()));
    }
    facts.addAll(provenance(manifest));
    facts.add(new Fact("sessions", sessions(manifest.sessions().size())));
    String title =
        titled(manifest) + manifest.subject().name() + " on " + manifest.items().source();
    return new Heading(title, facts, warnings(run));
  }

  private static String titled(Manifest manifest) {
    return switch (manifest.experiment()) {
      case TraceSettings.EXPERIMENT -> "Texts: ";
      case Experiments.PREFILL -> "Prefills: ";
      case Experiments.ATTACK -> "Attacks: ";
      case Experiments.REPEAT -> "Repeated words: ";
      default -> "Chain of thought: ";
    };
  }

  private static Heading form(RunFolder run) {
    Manifest manifest = run.manifest();
    FormSettings settings = run.settings(FormSettings::of);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact("forms", run.ledger().problems().size() + " of " + manifest.items().source()));
    facts.add(new Fact("texts", Integer.toString(settings.texts())));
    facts.add(new Fact("continuations", settings.samples() + " before and behind each choice"));
    facts.add(new Fact("sampling", sampling(settings.sampling())));
    facts.add(new Fact("seed", Long.toString(settings.seed())));
    manifest.provenance().entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> facts.add(new Fact(entry.getKey(), entry.getValue())));
    facts.add(new Fact("sessions", Integer.toString(manifest.sessions().size())));
    String title =
        "Structured form: " + manifest.subject().name() + " on " + manifest.items().source();
    return new Heading(title, facts, warnings(run));
  }

  private static Heading ratio(RunFolder run) {
    Manifest manifest = run.manifest();
    RatioSettings settings = run.settings(RatioSettings::of);
    Manifest.ModelFile aligned = RatioWork.model(manifest, Role.ALIGNED);
    Manifest.ModelFile unaligned = RatioWork.model(manifest, Role.UNALIGNED);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact("texts", run.ledger().problems().size() + " of " + manifest.items().source()));
    facts.add(new Fact("aligned", aligned.name() + ", " + aligned.path()));
    facts.add(new Fact("unaligned", unaligned.name() + ", " + unaligned.path()));
    facts.add(new Fact("fixed phrase", settings.phrase()));
    settings.follow().ifPresent(name -> facts.add(new Fact("scores foretell", name)));
    Map<String, String> other = RatioWork.facts(manifest, Role.UNALIGNED);
    provenance(manifest).stream()
        .filter(fact -> !same(fact, other, manifest.provenance()))
        .forEach(facts::add);
    facts.add(new Fact("sessions", Integer.toString(manifest.sessions().size())));
    String title =
        "Likelihood ratios: "
            + unaligned.name()
            + " against "
            + aligned.name()
            + " on "
            + manifest.items().source();
    return new Heading(title, facts, warnings(run));
  }

  /// Whether a fact of the unaligned model is that of the aligned one too.
  private static boolean same(Fact fact, Map<String, String> other, Map<String, String> all) {
    String word = Role.UNALIGNED.word() + " ";
    String name = fact.name().startsWith(word) ? fact.name().substring(word.length()) : "";
    return other.containsKey(name) && fact.value().equals(all.get(name));
  }

  private static String sessions(int count) {
    return count < 2 ? "1" : count + ", whose batches are " + Manifests.BATCHES;
  }

  private static List<String> warnings(RunFolder run) {
    List<String> warnings = new ArrayList<>(run.warnings());
    Stream.concat(
            Stream.of(run.manifest().provenance()),
            run.manifest().sessions().stream().map(Manifest.Session::provenance))
        .flatMap(facts -> Stream.ofNullable(facts.get(Manifests.APPROXIMATE)))
        .distinct()
        .forEach(why -> warnings.add("everything here is approximate: " + why));
    Manifests.versions(run.manifest()).ifPresent(warnings::add);
    FailureLog.in(run).line().ifPresent(warnings::add);
    return warnings;
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

  private static String sampling(Sampling sampling) {
    return "temperature " + sampling.temperature() + ", top-p " + sampling.topP();
  }
}
