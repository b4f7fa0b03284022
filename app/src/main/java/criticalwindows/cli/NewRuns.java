package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Dataset;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.ratio.RatioSettings;
import criticalwindows.ratio.Role;
import criticalwindows.rollout.Settings;
import criticalwindows.run.Experiments;
import criticalwindows.run.Manifests;
import criticalwindows.run.RatioWork;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.Manifest;
import criticalwindows.trace.TraceSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// From options to the manifest of a new run, and what a session adds to it.
///
/// @param options that named the model
record NewRuns(Console console, ModelOptions options, Model model) {
  /// What runs that cut responses are asked for.
  ///
  /// @param shard as it was given
  /// @param outcomes by which responses are read; the first is searched for
  record Asked(SamplingOptions sampling, Optional<String> shard, Outcomes outcomes) {}

  /// Noise and denoise on chains of thought.
  Manifest chainOfThought(Asked asked, CotOptions options, Dataset dataset, CotSettings settings) {
    Map<String, String> provenance = provenance(model, settings.sampling());
    asked.shard.ifPresent(share -> provenance.put(Manifests.SHARD, share));
    provenance.put(Manifests.SAMPLING_SOURCE, asked.sampling.samplingSource(model));
    Manifests.putDataset(provenance, dataset.provenance());
    Manifest.Items items = new Manifest.Items(dataset.name(), options.number());
    return begun(
        Manifest.of(CotSettings.EXPERIMENT, with(settings.asData(), asked.outcomes), file(), items)
            .with(options.promptSet()),
        provenance);
  }

  /// Texts that were given.
  ///
  /// @param experiment that they are of, such as `trace`
  Manifest texts(String experiment, Asked asked, TraceSettings settings, Manifest.Items texts) {
    Map<String, String> provenance = provenance(model, settings.cuts().sampling());
    asked.shard.ifPresent(share -> provenance.put(Manifests.SHARD, share));
    provenance.put(Manifests.SAMPLING_SOURCE, asked.sampling.samplingSource(model));
    return begun(
        Manifest.of(experiment, with(settings.asData(), asked.outcomes), file(), texts),
        provenance);
  }

  private static Settings with(Settings settings, Outcomes outcomes) {
    List<String> names = outcomes.all().stream().map(Outcomes.Named::name).toList();
    Settings named = settings.with(Experiments.OUTCOMES, names);
    return outcomes.follow().map(name -> named.with(Experiments.FOLLOW, name)).orElse(named);
  }

  /// Forms.
  Manifest form(FormOptions.Chosen chosen, Optional<String> shard, FormSettings settings) {
    Map<String, String> provenance = provenance(model, settings.sampling());
    shard.ifPresent(share -> provenance.put(Manifests.SHARD, share));
    Manifest.Items items = new Manifest.Items(chosen.dataset(), chosen.prompts().size());
    return begun(
        Manifest.of(FormSettings.EXPERIMENT, settings.asData(), file(), items), provenance);
  }

  /// Two models of a likelihood ratio.
  ///
  /// @param chatTemplate that was named for the aligned one
  record Pair(RatioModel aligned, RatioModel unaligned, Optional<String> chatTemplate) {}

  /// Likelihood ratios. The aligned model is the one that the run is about.
  static Manifest ratio(
      Console console, RatioSettings settings, Pair models, Manifest.Items texts) {
    Map<String, String> provenance =
        RatioWork.facts(models.aligned.provenance(), models.unaligned.provenance());
    models.chatTemplate.ifPresent(name -> provenance.put(Manifests.CHAT_TEMPLATE, name));
    return Manifest.of(RatioSettings.EXPERIMENT, settings.asData(), models.aligned.file(), texts)
        .with(Role.ALIGNED.word(), models.aligned.file())
        .with(Role.UNALIGNED.word(), models.unaligned.file())
        .with(provenance)
        .plus(new Manifest.Session(console.clock().instant(), provenance));
  }

  private Manifest.ModelFile file() {
    return Manifests.file(model, options.model);
  }

  private Manifest begun(Manifest asked, Map<String, String> provenance) {
    options.chatTemplate.ifPresent(name -> provenance.put(Manifests.CHAT_TEMPLATE, name));
    return asked.with(provenance).plus(new Manifest.Session(console.clock().instant(), provenance));
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
