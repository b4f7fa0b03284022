package criticalwindows.run;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Several runs of one configuration become one, with the samples of all.
///
/// @param rollouts in the merged run
/// @param notes what stays in the runs' own folders, a line each
public record Merge(int rollouts, List<String> notes) {
  private static final int ROWS = 4096;

  public Merge {
    notes = List.copyOf(notes);
  }

  /// Writes the merged run. The runs are left as they are.
  ///
  /// @param folders of at least one run
  /// @param out the new run's folder, which is not there yet
  /// @throws UserError if the runs differ in their configuration, or a key is in two of them
  public static Merge of(List<Path> folders, Path out) {
    List<RunFolder> runs = new ArrayList<>();
    try {
      folders.forEach(folder -> runs.add(RunFolder.open(folder)));
      runs.forEach(run -> Experiments.requireModel(run, "merge"));
      runs.forEach(run -> Experiments.requireSampled(run, "merge"));
      runs.forEach(run -> requireSame(runs.getFirst(), run));
      Set<Key> keys = distinct(runs);
      requireOneSearch(runs);
      write(runs, out);
      return new Merge(keys.size(), runs.stream().flatMap(run -> whatStays(run, out)).toList());
    } finally {
      runs.forEach(RunFolder::close);
    }
  }

  /// Under another name until it is whole, so that a merge that was stopped is not taken for a run.
  private static void write(List<RunFolder> runs, Path out) {
    if (Files.exists(out)) {
      throw new UserError(
          "the folder " + out + " is there already", "name a new folder with --out");
    }
    Path part = out.resolveSibling(out.getFileName() + ".part");
    try (RunFolder merged =
        RunFolder.create(part, manifest(runs), runs.getFirst().ledger().problems())) {
      runs.forEach(run -> copy(run, merged));
    }
    try {
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserError(part + " cannot become " + out, "rename it; it is whole", e);
    }
  }

  /// What must be equal, by name.
  private static Map<String, Object> configuration(RunFolder run) {
    Manifest manifest = run.manifest();
    Map<String, Object> all = new TreeMap<>();
    all.put("experiment", manifest.experiment());
    manifest
        .models()
        .forEach(
            (role, model) ->
                all.put(
                    role.equals(Manifest.SUBJECT) ? "model" : role,
                    model.name() + " " + model.sha256()));
    all.put("data set", manifest.items().source());
    manifest.settings().values().forEach((name, value) -> all.put("setting " + name, value));
    all.put("prompts", manifest.prompts().hash());
    all.put("problems", run.ledger().problems());
    all.put("chat template", manifest.provenance().getOrDefault(Manifests.CHAT_TEMPLATE, ""));
    all.put("approximation", manifest.provenance().containsKey(Manifests.APPROXIMATE));
    return all;
  }

  private static void requireSame(RunFolder first, RunFolder other) {
    Map<String, Object> wanted = configuration(first);
    configuration(other)
        .forEach(
            (name, value) -> {
              if (!value.equals(wanted.get(name))) {
                throw new UserError(
                    other.folder() + " has another " + name + " than " + first.folder(),
                    "merge only runs that were begun with the same options");
              }
            });
  }

  private static Set<Key> distinct(List<RunFolder> runs) {
    Map<Key, Path> owners = new HashMap<>();
    for (RunFolder run : runs) {
      for (Key key : run.ledger().keys()) {
        Path other = owners.put(key, run.folder());
        if (other != null) {
          throw new UserError(
              "the rollout " + key + " is in " + other + " and in " + run.folder(),
              "leave one of the two out; the shares of one run have no rollout in common");
        }
      }
    }
    return new TreeSet<>(owners.keySet());
  }

  /// A search goes on from its own decisions alone.
  private static void requireOneSearch(List<RunFolder> runs) {
    Map<String, Path> owners = new HashMap<>();
    for (RunFolder run : runs) {
      for (String problem : run.decisions().byProblem().keySet()) {
        Path other = owners.put(problem, run.folder());
        if (other != null) {
          throw new UserError(
              "the problem " + problem + " was searched in " + other + " and in " + run.folder(),
              "leave one of the two out; the shares of one run have no problem in common");
        }
      }
    }
  }

  /// Interventions have ledgers of their own, at windows that the runs together may see elsewhere.
  private static Stream<String> whatStays(RunFolder run, Path out) {
    try (Stream<Path> inside = Files.list(run.folder())) {
      long apart =
          inside
              .filter(path -> String.valueOf(path.getFileName()).startsWith("intervene-"))
              .count();
      return apart == 0
          ? Stream.of()
          : Stream.of(
              apart
                  + (apart == 1 ? " intervention stays in " : " interventions stay in ")
                  + run.folder()
                  + "; sample it anew at the windows of all: cw intervene "
                  + out);
    } catch (IOException e) {
      throw new UserError(
          run.folder() + " cannot be listed: " + Reason.of(e), "see who may read it", e);
    }
  }

  /// The first run's, with everybody's sessions, and of no share.
  private static Manifest manifest(List<RunFolder> runs) {
    Manifest first = runs.getFirst().manifest();
    Map<String, String> provenance = new TreeMap<>(first.provenance());
    provenance.remove(Manifests.SHARD);
    provenance.put("merged from", Integer.toString(runs.size()) + " runs");
    List<Manifest.Session> sessions = new ArrayList<>();
    runs.forEach(run -> sessions.addAll(run.manifest().sessions()));
    return first.with(provenance).with(sessions);
  }

  /// Some thousand rows at a time, so that no more are in memory. Waves go on being counted, so
  /// that those of two runs stay apart.
  private static void copy(RunFolder run, RunFolder merged) {
    int before = merged.ledger().lastWave();
    List<Sample> rows = new ArrayList<>();
    run.ledger()
        .forEach(
            (problem, samples) -> {
              samples.forEach(sample -> rows.add(shifted(sample, before)));
              if (rows.size() >= ROWS) {
                merged.ledger().append(rows);
                rows.clear();
              }
            });
    merged.ledger().append(rows);
    run.decisions().byProblem().values().forEach(merged.decisions()::append);
    Outcomes.mergeInto(merged.folder(), run.folder());
    FailureLog failures = FailureLog.in(merged);
    FailureLog.in(run).reasons().forEach(failures::add);
  }

  private static Sample shifted(Sample sample, int waves) {
    return new Sample(
        sample.key(),
        sample.turn(),
        sample.tokens(),
        sample.text(),
        sample.ends(),
        sample.finish(),
        sample.logProbs(),
        sample.probs(),
        sample.predictions(),
        sample.seed(),
        sample.engine(),
        sample.wave() + waves,
        sample.elapsed());
  }
}
