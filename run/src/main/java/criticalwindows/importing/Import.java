package criticalwindows.importing;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Settings;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Rollouts of another tool that are about to become a run. All of it is read once before anything
/// is written, so that what is wrong in it is said first, and once more to be written, so that no
/// more than a part of it is in memory.
public final class Import {
  /// The name in a run's settings of what people should know of its files.
  public static final String NOTES = "notes";

  /// The layout and the hash of the files in a run's provenance.
  public static final String LAYOUT = "imported from";

  /// Above this a mistake is likelier than so many rollouts.
  private static final long MOST = 20_000_000;

  private static final String ENGINE = "imported";
  private static final int ROWS = 20_000;
  private static final int CHARACTERS = 16 << 20;

  private final Asked asked;
  private final Layout layout;
  private final List<Path> parts;
  private final ImportSource source;
  private final List<Problem> items = new ArrayList<>();
  private long continuations;
  private long told;
  private int most = 1;

  private Import(Asked asked) {
    this.asked = asked;
    this.layout = Layouts.named(asked.layout());
    this.parts = layout.parts(asked.path());
    this.source = asked.source();
  }

  /// What to import.
  ///
  /// @param layout by its name
  /// @param rollouts at each place, where the files have shares alone
  /// @param model that wrote the rollouts, where the files do not say
  public record Asked(String layout, Path path, OptionalInt rollouts, Optional<String> model) {
    private static final int MOST_ROLLOUTS = 100_000;

    public Asked {
      if (rollouts.isPresent()
          && (rollouts.getAsInt() < 1 || rollouts.getAsInt() > MOST_ROLLOUTS)) {
        throw new UserError(
            "--n " + rollouts.getAsInt(), "give a number from 1 to " + MOST_ROLLOUTS);
      }
    }

    private ImportSource source() {
      return new ImportSource(path, rollouts);
    }
  }

  /// Reads all files.
  ///
  /// @throws UserError if they are not of the layout
  public static Import read(Asked asked) {
    Import read = new Import(asked);
    Map<String, Path> places = new HashMap<>();
    for (Path part : read.parts) {
      read.layout.read(read.source, part, recorded -> read.add(recorded, part, places));
    }
    if (read.items.isEmpty()) {
      throw new UserError(
          asked.path() + " has no responses", "name files of the layout " + asked.layout());
    }
    if (read.continuations == 0) {
      throw new UserError(
          asked.path() + " has responses and no rollouts", "name the files with rollouts");
    }
    return read;
  }

  private void add(Recorded recorded, Path part, Map<String, Path> places) {
    String id = recorded.item().id();
    Path other = places.putIfAbsent(id, part);
    if (other != null) {
      throw new UserError(
          "the response " + id + " is there twice, in " + other + " and in " + part,
          "leave one of the two out, or import them as two runs");
    }
    items.add(recorded.item());
    recorded.places().values().forEach(here -> most = Math.max(most, here.size()));
    source.count("responses without rollouts", recorded.places().isEmpty() ? 1 : 0);
    source.count("responses whose outcome is not known", recorded.outcome().isPresent() ? 0 : 1);
    continuations += recorded.rollouts();
    told += recorded.told();
    if (continuations > MOST) {
      throw new UserError(
          asked.path() + " has more than " + MOST + " rollouts", "import a part of it");
    }
  }

  /// How many continuations there are.
  public long continuations() {
    return continuations;
  }

  /// What people should know of the files.
  public List<String> notes() {
    return source.notes();
  }

  /// Writes the run, under another name until it is whole.
  ///
  /// @param out that is not there yet
  /// @param program what else is to be recorded, such as its version
  public void write(Path out, Map<String, String> program, Instant now) {
    Path part = out.resolveSibling(out.getFileName() + ".part");
    for (Path there : List.of(out, part)) {
      if (Files.exists(there)) {
        throw new UserError(
            "the folder " + there + " is there already",
            there.equals(out)
                ? "name a new folder with --out"
                : "remove it: it is of an import that was stopped");
      }
    }
    try (RunFolder run = RunFolder.create(part, manifest(program, now), items)) {
      fill(run);
    }
    try {
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserError(part + " cannot become " + out, "rename it; it is whole", e);
    }
  }

  private void fill(RunFolder run) {
    ImportSource again = asked.source();
    Rows rows = new Rows(run, again);
    parts.forEach(part -> layout.read(again, part, rows::add));
    rows.commit();
    if (!again.sha256().equals(source.sha256())) {
      throw new UserError(
          asked.path() + " has changed while it was read", "import it again, once it is whole");
    }
  }

  private Manifest manifest(Map<String, String> program, Instant now) {
    Map<String, String> provenance = new TreeMap<>(program);
    provenance.put(LAYOUT, layout.name() + " files with SHA-256 " + source.sha256());
    asked
        .rollouts()
        .ifPresent(n -> provenance.put("rollouts at a place", n + ", as the user said"));
    Settings settings =
        Settings.NONE
            .with("cuts", new CutPlan.Recorded().spec())
            .with("samples", most)
            .with("layout", layout.name())
            .with(Experiments.TEXTS, told == continuations ? "known" : "not known")
            .with(NOTES, notes())
            .with(Experiments.OUTCOMES, List.of(Outcomes.RECORDED));
    Manifest.Items texts = new Manifest.Items(asked.path().toString(), items.size());
    return Manifest.of(Experiments.IMPORTED, settings, model(), texts)
        .with(provenance)
        .plus(new Manifest.Session(now, provenance));
  }

  private Manifest.ModelFile model() {
    Set<String> named = source.models();
    String name =
        asked.model().orElse(named.isEmpty() ? "an unknown model" : String.join(", ", named));
    return new Manifest.ModelFile(name, "imported", "");
  }

  /// Rows of the ledger, committed some thousands at a time.
  private static final class Rows {
    private final RunFolder run;
    private final ImportSource source;
    private final List<Sample> rows = new ArrayList<>();
    private long characters;
    private int wave = 1;

    Rows(RunFolder run, ImportSource source) {
      this.run = run;
      this.source = source;
    }

    void add(Recorded recorded) {
      Key original = Key.original(recorded.item().id());
      Spelt spelt = recorded.response();
      rows.add(
          new Sample(
              original,
              Sample.Turn.RESPONSE,
              spelt.ids(),
              spelt.written().text(),
              spelt.written().ends(),
              recorded.finish(),
              LogProbs.NONE,
              0,
              ENGINE,
              wave,
              Duration.ZERO));
      rows.add(row(original, Sample.Turn.ANSWER, Tokens.none(), recorded.outcome().orElse("")));
      recorded.places().forEach((kept, here) -> add(recorded.item().id(), kept, here));
    }

    private void add(String item, int kept, List<Recorded.Rollout> rollouts) {
      for (int i = 0; i < rollouts.size(); i++) {
        Key key = Key.resample(item, kept, i);
        Recorded.Rollout rollout = rollouts.get(i);
        rollout
            .text()
            .ifPresent(
                text -> rows.add(row(key, Sample.Turn.RESPONSE, source.pieces().of(text), text)));
        rows.add(row(key, Sample.Turn.ANSWER, Tokens.none(), rollout.outcome().orElse("")));
      }
      if (rows.size() >= ROWS || characters >= CHARACTERS) {
        commit();
      }
    }

    private Sample row(Key key, Sample.Turn turn, Tokens tokens, String text) {
      characters += text.length();
      return new Sample(
          key,
          turn,
          tokens,
          text,
          List.of(),
          FinishReason.STOP,
          LogProbs.NONE,
          0,
          ENGINE,
          wave,
          Duration.ZERO);
    }

    void commit() {
      if (!rows.isEmpty()) {
        run.ledger().append(List.copyOf(rows));
        rows.clear();
        characters = 0;
        wave++;
      }
    }
  }
}
