package criticalwindows.run;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Sample;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a run is gone on with as it began: the same model, the same seed.
public final class SameModel {
  private static final String SHA = "model sha256";

  /// In these too a model must be the same, where both sides say them.
  private static final List<String> FACTS =
      List.of(
          "vocabulary sha256",
          "server n_vocab",
          "server n_params",
          "server n_embd",
          "server n_ctx_train",
          "server size");

  private SameModel() {}

  /// Refuses another model than the run's.
  ///
  /// @throws UserError if the name, the file or a fact that both sides know is another
  public static void require(Manifest manifest, Model opened) {
    require(manifest.subject(), manifest.provenance(), opened, "--model");
  }

  /// The same of a model in any role.
  ///
  /// @param provenance of that model
  /// @param option that names it
  static void require(
      Manifest.ModelFile file, Map<String, String> provenance, Model opened, String option) {
    String began = file.sha256();
    if (!began.equals(opened.provenance().getOrDefault(SHA, ""))) {
      requireAdapter(file, opened, option.equals("--model") ? "--adapter" : option + "-adapter");
      requireSteering(file, opened);
    }
    if (!began.isEmpty() && !began.equals(opened.provenance().getOrDefault(SHA, ""))) {
      throw new UserError(
          "the model " + opened.name() + " is not the file this run began with",
          "name that one with " + option + "; its SHA-256 is " + began);
    }
    if (began.isEmpty() && !file.name().equals(opened.name())) {
      throw new UserError(
          "the model " + opened.name() + " is not the one this run began with",
          "serve that one, or name where it is with " + option + ": " + file.name());
    }
    for (String fact : FACTS) {
      String then = provenance.getOrDefault(fact, "");
      String now = opened.provenance().getOrDefault(fact, "");
      if (!then.isEmpty() && !now.isEmpty() && !then.equals(now)) {
        throw new UserError(
            "the model " + opened.name() + " is another one than at the start: " + fact + " " + now,
            "serve the one this run began with, where that is " + then);
      }
    }
  }

  /// Which of the two files is another one.
  private static void requireAdapter(Manifest.ModelFile file, Model opened, String option) {
    String then = file.adapter().map(Manifest.AdapterFile::sha256).orElse("");
    String now = opened.provenance().getOrDefault("adapter sha256", "");
    if (then.equals(now)) {
      return;
    }
    if (then.isEmpty()) {
      throw new UserError(
          "the model " + opened.name() + " has an adapter, and this run began without one",
          "leave out " + option);
    }
    String path = file.adapter().map(Manifest.AdapterFile::path).orElse("");
    throw new UserError(
        now.isEmpty()
            ? "the model " + opened.name() + " has no adapter, and this run began with " + path
            : "the adapter of " + opened.name() + " is not the one this run began with",
        "name that one with " + option + "; its SHA-256 is " + then);
  }

  /// Likewise of the control vector and its scale.
  private static void requireSteering(Manifest.ModelFile file, Model opened) {
    String then =
        file.steering().map(vector -> vector.sha256() + " times " + vector.scale()).orElse("");
    Map<String, String> facts = opened.provenance();
    String now =
        Optional.ofNullable(facts.get("steering sha256"))
            .map(hash -> hash + " times " + facts.getOrDefault("steering scale", ""))
            .orElse("");
    if (then.equals(now)) {
      return;
    }
    if (then.isEmpty()) {
      throw new UserError(
          "the model " + opened.name() + " is steered, and this run began without",
          "leave out --steer");
    }
    String words = file.steering().map(Manifest.SteeringFile::words).orElse("");
    throw new UserError(
        now.isEmpty()
            ? "the model " + opened.name() + " is not steered, and this run began with " + words
            : "the model " + opened.name() + " is steered in another way than this run began with",
        "name with --steer the control vector and the scale of then: SHA-256 " + then);
  }

  /// The samples of a run must be those of the seed that its record names.
  ///
  /// @throws UserError if it was changed since
  public static void requireSeed(RunFolder run) {
    long seed = run.settings(settings -> settings.whole("seed"));
    for (Problem problem : run.ledger().problems()) {
      List<Sample> samples = run.ledger().samples(problem.id());
      for (Sample sample : samples) {
        boolean drawn = !sample.key().is(Arm.GIVEN);
        if (drawn && sample.seed() != sample.key().seed(seed)) {
          throw new UserError(
              "run.json of "
                  + run.folder()
                  + " says the seed "
                  + seed
                  + ", and "
                  + problem.id()
                  + " was sampled with another",
              "set it back to what it was, or begin a new run with --seed " + seed);
        }
      }
      if (!samples.isEmpty()) {
        return; // All problems of a run have one seed.
      }
    }
  }
}
