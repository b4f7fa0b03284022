package criticalwindows.run;

import criticalwindows.model.Model;
import criticalwindows.ratio.RatioProtocol;
import criticalwindows.ratio.RatioSettings;
import criticalwindows.ratio.Role;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Protocol;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The work of a run on likelihood ratios: each of the two models scores every text, one model
/// after the other, so that no more than one is open. What the ledger holds already is not scored
/// again, and a model that has nothing to score is not opened.
///
/// @param run open for writing
/// @param opening gives a model by its role
/// @param progress hears how far the work is
public record RatioWork(RunFolder run, Opening opening, RunWork.Limits limits, Progress progress) {
  /// Opens the models of a run.
  @FunctionalInterface
  public interface Opening {
    /// The model of a role; whoever asks closes it.
    Model open(Role role) throws InterruptedException;
  }

  /// What a manifest calls what it knows of the unaligned model: this word and the name.
  private static final String UNALIGNED = Role.UNALIGNED.word() + " ";

  /// Works until everything is scored.
  public RunWork.Ended go() throws InterruptedException {
    RatioSettings settings = run.settings(RatioSettings::of);
    RunWork.Ended last = new RunWork.Ended(Optional.empty(), Optional.empty());
    for (Role role : Role.values()) {
      if (missing(role)) {
        try (Model model = opening.open(role)) {
          require(run.manifest(), role, model);
          Protocol protocol =
              new RatioProtocol(model, role, model.vocabulary().encode(settings.phrase()));
          RunWork.Ended ended = RunWork.go(run, protocol, limits, progress);
          last = ended.failure().isPresent() ? ended : last;
        }
      }
    }
    return last;
  }

  private boolean missing(Role role) {
    long there = run.ledger().keys().stream().filter(role::asked).count();
    long wanted = run.ledger().problems().stream().mapToLong(RatioProtocol::scripts).sum();
    return there < wanted;
  }

  /// Refuses another model than the one that began in this role.
  private static void require(Manifest manifest, Role role, Model opened) {
    String option = role == Role.ALIGNED ? "--model" : "--unaligned";
    SameModel.require(model(manifest, role), facts(manifest, role), opened, option);
  }

  /// A model of a run.
  public static Manifest.ModelFile model(Manifest manifest, Role role) {
    return manifest.models().getOrDefault(role.word(), manifest.subject());
  }

  /// What a manifest says of a model of a run.
  public static Map<String, String> facts(Manifest manifest, Role role) {
    if (role == Role.ALIGNED) {
      return manifest.provenance();
    }
    Map<String, String> facts = new TreeMap<>();
    manifest
        .provenance()
        .forEach(
            (name, value) -> {
              if (name.startsWith(UNALIGNED)) {
                facts.put(name.substring(UNALIGNED.length()), value);
              }
            });
    return facts;
  }

  /// What a manifest is to say of both models.
  public static Map<String, String> facts(
      Map<String, String> aligned, Map<String, String> unaligned) {
    Map<String, String> facts = new TreeMap<>(aligned);
    unaligned.forEach((name, value) -> facts.put(UNALIGNED + name, value));
    return facts;
  }
}
