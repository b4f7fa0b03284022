package criticalwindows.run;

import criticalwindows.error.UserError;
import criticalwindows.hub.Datasets;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.world.Question;
import criticalwindows.world.WorldSet;
import criticalwindows.world.Worlds;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The programs of a run's problems, made again from the run's record; none where it is on no
/// world. A world that has changed since would give other values: then there is none either, and a
/// warning says so.
///
/// @param byId by the ids of their problems
public record RunPrograms(Map<String, Question> byId, List<String> warnings) {
  /// Some problems are left out of a run, but not most: a record may come from anybody.
  private static final int MORE = 100;

  /// Nothing is exactly known.
  public static final RunPrograms NONE = new RunPrograms(Map.of(), List.of());

  /// The programs of a run.
  public static RunPrograms of(RunFolder run) {
    Manifest manifest = run.manifest();
    Optional<String> then = Manifests.dataset(manifest, Datasets.PROGRAMS);
    if (then.isEmpty()) {
      return NONE;
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
          ? new RunPrograms(set.byId(), List.of())
          : changed(then.get(), set.hash());
    } catch (UserError | NumberFormatException e) {
      return changed(then.get(), "unknown");
    }
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
