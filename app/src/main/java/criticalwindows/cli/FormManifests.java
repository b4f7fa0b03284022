package criticalwindows.cli;

import criticalwindows.cot.CotSettings;
import criticalwindows.error.UserError;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Model;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.report.Heading;
import criticalwindows.report.Heading.Fact;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Between the command line and the record of a form run.
final class FormManifests {
  /// The experiment's name in `run.json`.
  static final String EXPERIMENT = "form";

  private static final String TEXTS = "form texts";
  private static final String CHOICES = "form choices";

  private FormManifests() {}

  /// The record of a new run. A form is cut at its choices, which the plan cannot say.
  static Manifest of(
      Console console,
      FormCommand command,
      FormOptions.Chosen chosen,
      Model model,
      FormSettings settings) {
    Map<String, String> provenance =
        new TreeMap<>(Manifests.provenance(model, settings.sampling()));
    command.model.chatTemplate.ifPresent(name -> provenance.put(Manifests.CHAT_TEMPLATE, name));
    provenance.put(TEXTS, Integer.toString(settings.texts()));
    provenance.put(CHOICES, String.join("/", settings.target()));
    return new Manifest(
        EXPERIMENT,
        new Manifest.ModelFile(
            model.name(), command.model.model, provenance.getOrDefault("model sha256", "")),
        chosen.dataset(),
        chosen.prompts().size(),
        new CotSettings(
            CutPlan.parse("0"),
            settings.samples(),
            settings.sampling(),
            settings.maxTokens(),
            settings.seed()),
        "the command line",
        PromptSet.standard(),
        provenance,
        List.of(new Manifest.Session(console.clock().instant(), provenance)));
  }

  /// What only a form run is told, by name.
  static Map<String, String> asked(Manifest manifest) {
    Map<String, String> asked = new TreeMap<>(manifest.provenance());
    asked.keySet().retainAll(Set.of(TEXTS, CHOICES));
    return asked;
  }

  static boolean isForm(RunFolder run) {
    return run.manifest().experiment().equals(EXPERIMENT);
  }

  /// A form run cannot be read by what is for answers.
  ///
  /// @throws UserError if this is one
  static void requireAnswers(RunFolder run, String command) {
    if (isForm(run)) {
      throw new UserError(
          "cw " + command + " is for runs with answers, and " + run.folder() + " is a form run",
          "see it with: cw show " + run.folder());
    }
  }

  /// What the run was told.
  static FormSettings settings(RunFolder run) {
    Manifest manifest = run.manifest();
    CotSettings settings = manifest.settings();
    String target = manifest.provenance().getOrDefault(CHOICES, "");
    return new FormSettings(
        texts(run),
        settings.samples(),
        settings.sampling(),
        settings.maxTokens(),
        target.isEmpty() ? List.of() : List.of(target.split("/", -1)),
        settings.seed());
  }

  private static int texts(RunFolder run) {
    String texts = run.manifest().provenance().getOrDefault(TEXTS, "");
    try {
      return Integer.parseInt(texts);
    } catch (NumberFormatException e) {
      throw new UserError(
          "run.json in " + run.folder() + " says \"" + texts + "\" for " + TEXTS,
          "put back what the program wrote there; the samples are not touched by this",
          e);
    }
  }

  static Heading heading(RunFolder run) {
    Manifest manifest = run.manifest();
    FormSettings settings = settings(run);
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("forms", run.ledger().problems().size() + " of " + manifest.dataset()));
    facts.add(new Fact("texts", Integer.toString(settings.texts())));
    facts.add(new Fact("continuations", settings.samples() + " before and behind each choice"));
    facts.add(new Fact("sampling", Manifests.sampling(settings.sampling())));
    facts.add(new Fact("seed", Long.toString(settings.seed())));
    manifest.provenance().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(TEXTS) && !entry.getValue().isEmpty())
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> facts.add(new Fact(entry.getKey(), entry.getValue())));
    facts.add(new Fact("sessions", Integer.toString(manifest.sessions().size())));
    String title = "Structured form: " + manifest.model().name() + " on " + manifest.dataset();
    return new Heading(title, facts, run.warnings());
  }
}
