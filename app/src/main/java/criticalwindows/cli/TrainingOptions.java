package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotFinding;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.export.TrainingSource;
import criticalwindows.export.TrainingTables;
import criticalwindows.localise.Verdict;
import criticalwindows.model.Model;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.run.RunScripts;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.show.Redaction;
import criticalwindows.store.RunFolder;
import criticalwindows.tables.Table;
import criticalwindows.tables.TableFolder;
import criticalwindows.tables.TableFolder.Format;
import criticalwindows.window.WindowStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What all exports for trainers share: the run, its model, and where the rows go.
final class TrainingOptions {
  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(
      names = "--json",
      paramLabel = "DIR",
      description = "A new folder with a JSON file, one object a line: what cw train reads.")
  Optional<Path> json = Optional.empty();

  @Option(
      names = "--parquet",
      paramLabel = "DIR",
      description = "A new folder with a Parquet file.")
  Optional<Path> parquet = Optional.empty();

  @Mixin OutcomeOption outcome = new OutcomeOption();

  @Mixin RedactOption redact = new RedactOption();

  @Mixin RunModel model = new RunModel();

  /// What is exported, and how.
  interface Work {
    /// The table that is filled.
    Table table();

    /// Fills it.
    ///
    /// @return what was written, in lines for people
    List<String> write(Opened opened, TableFolder tables);

    /// Other files of the folder by name.
    default Map<String, String> beside() {
      return Map.of();
    }
  }

  /// A run that is exported.
  ///
  /// @param findings counted: [#whole] and [#original] read what was written
  record Opened(
      RunFolder run,
      Outcomes outcomes,
      List<CotFinding> findings,
      WindowStudy windows,
      TrainingSource source) {
    /// Those whose window is claimed.
    ///
    /// @throws UserError if there are none
    List<CotFinding> claimed(String instead) {
      List<CotFinding> claimed =
          findings.stream()
              .filter(each -> windows.verdict(each).equals(Optional.of(Verdict.CLAIMED)))
              .toList();
      if (claimed.isEmpty()) {
        throw new UserError("no window of " + run.folder() + " is claimed", instead);
      }
      return claimed;
    }

    /// A finding with its original as it was sampled.
    CotFinding original(CotFinding finding) {
      Map<String, Sample> found = run.ledger().originals(List.of(finding.problem()));
      return finding.with(found.getOrDefault(finding.problem().id(), finding.original()));
    }

    /// A finding with all that was written.
    CotFinding whole(CotFinding finding) {
      return CotFinding.of(
              finding.problem(),
              run.ledger().samples(finding.problem().id()),
              Experiments.cuts(run),
              outcomes.searched().scorer())
          .orElse(finding);
    }
  }

  /// Exports.
  ///
  /// @param command as users know it, such as `export weights`
  void export(Console console, String command, Work work) throws InterruptedException {
    Map<Format, Path> wanted = new EnumMap<>(Format.class);
    json.ifPresent(path -> wanted.put(Format.JSON, path));
    parquet.ifPresent(path -> wanted.put(Format.PARQUET, path));
    if (wanted.isEmpty()) {
      throw new UserError("no format is named", "give --json DIR or --parquet DIR");
    }
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = outcome.of(run)) {
      Experiments.requireAnswers(run, command);
      requireTold(run, command);
      CotReports reports = CotReports.of(run, outcomes);
      List<CotFinding> findings = reports.findings();
      console.warn(reports.faults().lines());
      WindowStudy windows = reports.windows();
      console.warn(windows.faults());
      try (Model opened = model.open(console, run.manifest())) {
        TrainingSource source = TrainingSource.of(RunScripts.of(run, opened));
        Opened all = new Opened(run, outcomes, findings, windows, source);
        wanted.forEach((format, path) -> export(console, all, work, new Place(format, path)));
      }
    }
  }

  /// @throws UserError if the run lacks what its texts were written behind, or does not show them
  private void requireTold(RunFolder run, String command) {
    if (Experiments.isImported(run)) {
      throw new UserError(
          "cw "
              + command
              + " needs prompts as token ids, and "
              + run.folder()
              + " is an imported run without a model",
          "see its tables with cw export; sample responses of your own with cw run trace");
    }
    if (Redaction.of(run, redact.asked()) == Redaction.BLURRED) {
      throw new UserError(
          "cw " + command + " writes the texts of " + run.folder() + ", which are to be blurred",
          "say --no-redact if they may be written: training needs them as they are");
    }
  }

  private record Place(Format format, Path path) {}

  private static void export(Console console, Opened opened, Work work, Place place) {
    try (TableFolder tables = TableFolder.create(place.path, place.format, List.of(work.table()))) {
      List<String> facts = work.write(opened, tables);
      tables.finish().forEach(file -> console.out().println("table  " + file));
      String title =
          work.table().name() + " of " + opened.run().folder().toAbsolutePath().getFileName();
      write(place, "README.md", TrainingTables.readme(title, facts, work.table()));
      work.beside().forEach((name, text) -> write(place, name, text));
      work.beside()
          .keySet()
          .forEach(name -> console.out().println("code   " + place.path.resolve(name)));
      facts.forEach(console.out()::println);
    }
  }

  private static void write(Place place, String name, String text) {
    try {
      Files.writeString(place.path.resolve(name), text);
    } catch (IOException e) {
      throw Durable.unwritable(place.path.resolve(name), e);
    }
  }
}
