package criticalwindows.cli;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw merge`: several runs of one configuration become one.
@Command(
    name = "merge",
    description = {
      "Joins runs of one configuration, such as the shares of --shard, into a new run with the"
          + " samples of all. No key may be in two of them."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw merge shard-1 shard-2 shard-3 --out whole",
      "  cw resume whole                                what is still missing"
    })
final class MergeCommand implements Callable<Integer> {
  private static final int ROWS = 4096;

  private final Console console;

  @Parameters(paramLabel = "RUN", arity = "2..*", description = "The runs' folders.")
  List<Path> folders = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "The new run's folder; must not exist.")
  Path out = Path.of("");

  MergeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<RunFolder> runs = new ArrayList<>();
    try {
      folders.forEach(folder -> runs.add(RunFolder.open(folder)));
      runs.forEach(run -> requireSame(runs.getFirst(), run));
      Set<Key> keys = distinct(runs);
      requireOneSearch(runs);
      write(runs);
      console.out().println(keys.size() + " rollouts of " + runs.size() + " runs in " + out);
      runs.forEach(this::sayWhatStays);
      return 0;
    } finally {
      runs.forEach(RunFolder::close);
    }
  }

  /// Under another name until it is whole, so that a merge that was stopped is not taken for a run.
  private void write(List<RunFolder> runs) {
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
    all.put("model", manifest.model().name() + " " + manifest.model().sha256());
    all.put("data set", manifest.dataset());
    all.put("settings", manifest.settings());
    all.put("prompts", manifest.prompts().hash());
    all.put("problems", run.ledger().problems());
    all.put("chat template", manifest.provenance().getOrDefault("chat template", ""));
    all.put("approximation", manifest.provenance().containsKey("approximate"));
    all.putAll(FormManifests.asked(manifest));
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
  private void sayWhatStays(RunFolder run) {
    try (Stream<Path> inside = Files.list(run.folder())) {
      long apart =
          inside
              .filter(path -> String.valueOf(path.getFileName()).startsWith("intervene-"))
              .count();
      if (apart > 0) {
        console
            .err()
            .println(
                "note: "
                    + apart
                    + (apart == 1 ? " intervention stays in " : " interventions stay in ")
                    + run.folder()
                    + "; sample it anew at the windows of all: cw intervene "
                    + out);
      }
    } catch (IOException e) {
      throw new UserError(
          run.folder() + " cannot be listed: " + Reason.of(e), "see who may read it", e);
    }
  }

  /// The first run's, with everybody's sessions, and of no share.
  private static Manifest manifest(List<RunFolder> runs) {
    Manifest first = runs.getFirst().manifest();
    Map<String, String> provenance = new TreeMap<>(first.provenance());
    provenance.remove("shard");
    provenance.put("merged from", Integer.toString(runs.size()) + " runs");
    List<Manifest.Session> sessions = new ArrayList<>();
    runs.forEach(run -> sessions.addAll(run.manifest().sessions()));
    return new Manifest(
        first.experiment(),
        first.model(),
        first.dataset(),
        first.problems(),
        first.settings(),
        first.samplingSource(),
        first.prompts(),
        provenance,
        sessions);
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
        sample.entropies(),
        sample.seed(),
        sample.engine(),
        sample.wave() + waves,
        sample.elapsed());
  }
}
