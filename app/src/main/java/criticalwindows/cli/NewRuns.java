package criticalwindows.cli;

import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Dataset;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.run.FormManifests;
import criticalwindows.run.Manifests;
import criticalwindows.store.Manifest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// From options to the manifest of a new run, and what a session adds to it.
final class NewRuns {
  private NewRuns() {}

  /// Noise and denoise on chains of thought.
  static Manifest chainOfThought(
      Console console, RunCommand.Cot command, Dataset dataset, Model model, CotSettings settings) {
    CotOptions options = command.options;
    Map<String, String> provenance = provenance(model, settings.sampling());
    command.model.chatTemplate.ifPresent(name -> provenance.put(Manifests.CHAT_TEMPLATE, name));
    command.shard.ifPresent(shard -> provenance.put(Manifests.SHARD, shard));
    Manifests.putDataset(provenance, dataset.provenance());
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

  /// Forms.
  static Manifest form(
      Console console,
      FormCommand command,
      FormOptions.Chosen chosen,
      Model model,
      FormSettings settings) {
    Map<String, String> provenance = provenance(model, settings.sampling());
    command.model.chatTemplate.ifPresent(name -> provenance.put(Manifests.CHAT_TEMPLATE, name));
    FormManifests.put(provenance, settings);
    return new Manifest(
        FormManifests.EXPERIMENT,
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

  /// What a further process adds to the record.
  static Manifest.Session session(Console console, Model model, Sampling sampling) {
    Map<String, String> provenance = provenance(model, sampling);
    provenance.put("batches", Manifests.BATCHES);
    return new Manifest.Session(console.clock().instant(), provenance);
  }

  /// What samples, and whether it is approximate.
  static Map<String, String> provenance(Model model, Sampling sampling) {
    Map<String, String> program = new TreeMap<>();
    program.put("cw", Version.number());
    program.put("commit", Version.commit());
    Traffics.approximate(model, sampling).ifPresent(why -> program.put(Manifests.APPROXIMATE, why));
    return Manifests.provenance(model, program);
  }
}
