package criticalwindows.run;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.exact.WorldText;
import criticalwindows.hub.Datasets;
import criticalwindows.hub.ModelFiles;
import criticalwindows.hub.WorldRequest;
import criticalwindows.hub.WorldRequests;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.world.Attack;
import criticalwindows.world.Policy;
import criticalwindows.world.Request;
import criticalwindows.world.WorldSet;
import criticalwindows.world.Worlds;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the world knows of a run's problems or requests, made again from the run's record; nothing
/// where it is on no world. A world that has changed since would give other values: then there is
/// none either, and a warning says so.
///
/// @param byId by the ids of their items
public record RunPrograms(Map<String, WorldText> byId, List<String> warnings) {
  /// Some problems are left out of a run, but not most: a record may come from anybody.
  private static final int MORE = 100;

  /// The attacks whose probabilities the built-in models were taught.
  private static final Set<Attack> TAUGHT =
      EnumSet.of(Attack.PLAIN, Attack.ROLE, Attack.TURN, Attack.MANY);

  /// Nothing is exactly known.
  public static final RunPrograms NONE = new RunPrograms(Map.of(), List.of());

  /// The programs of a run.
  public static RunPrograms of(RunFolder run) {
    Manifest manifest = run.manifest();
    Optional<String> then = Manifests.dataset(manifest, Datasets.PROGRAMS);
    if (then.isEmpty()) {
      return requests(run);
    }
    int here = run.ledger().problems().size();
    if (manifest.items().number() > MORE + MORE * (long) here) {
      return without(
          "run.json asks for "
              + manifest.items().number()
              + " problems, and "
              + here
              + " are here");
    }
    try {
      WorldSet set =
          Worlds.read(manifest.items().source(), manifest.items().number(), seed(manifest));
      return set.hash().equals(then.get())
          ? new RunPrograms(WorldText.of(set.byId()), List.of())
          : changed(then.get(), set.hash());
    } catch (UserError | NumberFormatException e) {
      return changed(then.get(), "unknown");
    }
  }

  /// Requests of the world, where the model is a built-in one that was taught how to reply to them.
  private static RunPrograms requests(RunFolder run) {
    Optional<Policy> policy = ModelFiles.policy(run.manifest().subject().sha256());
    if (policy.isEmpty() || !Experiments.isTrace(run) || Experiments.isRepeat(run)) {
      return NONE;
    }
    boolean given = run.manifest().experiment().equals(Experiments.PREFILL);
    Map<String, WorldText> texts = new LinkedHashMap<>();
    for (Problem item : run.ledger().problems()) {
      asked(item).ifPresent(request -> texts.put(item.id(), text(request, policy.get(), given)));
    }
    return new RunPrograms(texts, List.of());
  }

  /// The request of the world that an item is, of those whose probabilities built-in models were
  /// taught.
  public static Optional<Request> request(Problem item) {
    return asked(item).map(WorldRequest::request);
  }

  private static Optional<WorldRequest> asked(Problem item) {
    // An item of this name that asks something else is none of ours.
    return WorldRequests.again(item.id())
        .filter(request -> item.question().contains(request.request().text()))
        .filter(request -> TAUGHT.contains(request.request().attack()));
  }

  /// @param given whether the opening is in the response itself
  private static WorldText text(WorldRequest request, Policy policy, boolean given) {
    String begun = given ? "" : request.attacked().opening().orElse("");
    return WorldText.of(request.request(), policy, begun);
  }

  private static long seed(Manifest manifest) {
    return Long.parseLong(Manifests.dataset(manifest, Datasets.SEED).orElse(""));
  }

  private static RunPrograms changed(String then, String now) {
    return without(
        "the world has changed since this run was made (its programs were "
            + then
            + " and are "
            + now
            + "); the version that made it draws them");
  }

  private static RunPrograms without(String why) {
    return new RunPrograms(Map.of(), List.of("no exact curves: " + why));
  }
}
