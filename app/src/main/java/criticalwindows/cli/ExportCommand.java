package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.export.RunExport;
import criticalwindows.export.RunTables;
import criticalwindows.noise.CutPlan;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.show.RunViews;
import criticalwindows.store.RunFolder;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw export`: a run as tables.
@Command(
    name = "export",
    description = {
      "Writes a run as four tables for Python, R or a spreadsheet: problems, windows, points (a row"
          + " for each problem and cut) and samples, with a README.md that says what each column"
          + " means. Also while it runs. In CSV, texts that a spreadsheet could take for formulas"
          + " get an apostrophe in front."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  cw export runs/demo --parquet tables",
      "  cw export runs/demo --csv tables-csv --json tables-json",
      "  cw export runs/large --parquet tables --windows"
    })
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(names = "--parquet", paramLabel = "DIR", description = "A new folder of Parquet files.")
  Optional<Path> parquet = Optional.empty();

  @Option(names = "--csv", paramLabel = "DIR", description = "A new folder of CSV files.")
  Optional<Path> csv = Optional.empty();

  @Option(
      names = "--json",
      paramLabel = "DIR",
      description = "A new folder of JSON files, one object a line.")
  Optional<Path> json = Optional.empty();

  @Option(
      names = "--windows",
      description = {
        "Ask the window model of a run of more than "
            + RunViews.MANY
            + " problems too, which"
            + " takes some ten seconds for a thousand."
      })
  boolean windows;

  @Mixin OutcomeOption outcome = new OutcomeOption();

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Map<Format, Path> wanted = new EnumMap<>(Format.class);
    parquet.ifPresent(path -> wanted.put(Format.PARQUET, path));
    csv.ifPresent(path -> wanted.put(Format.CSV, path));
    json.ifPresent(path -> wanted.put(Format.JSON, path));
    if (wanted.isEmpty()) {
      throw new UserError("no format is named", "give --parquet DIR, --csv DIR or --json DIR");
    }
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = outcome.of(run)) {
      Experiments.requireAnswers(run, "export");
      Exported exported = new Exported(run, outcomes, study(run, outcomes));
      wanted.forEach((format, path) -> write(exported, format, path));
    }
    return 0;
  }

  private WindowStudy study(RunFolder run, Outcomes outcomes) {
    int problems = run.ledger().problems().size();
    if (windows || problems <= RunViews.MANY) {
      WindowStudy study = CotReports.of(run, outcomes).windows();
      console.warn(study.faults());
      return study;
    }
    console.err().println("note: the window model is not asked of so many: --windows");
    return WindowStudy.of(List.of());
  }

  /// What is written.
  private record Exported(RunFolder run, Outcomes outcomes, WindowStudy windows) {}

  private void write(Exported exported, Format format, Path path) {
    RunFolder run = exported.run();
    try (TableFolder tables = TableFolder.create(path, format, RunTables.ALL)) {
      CutPlan cuts = Experiments.cuts(run);
      RunExport.Sampled sampled =
          new RunExport.Sampled(run.ledger(), cuts, exported.outcomes().searched().scorer());
      console.warn(RunExport.write(sampled, exported.windows(), tables));
      tables.finish().forEach(file -> console.out().println("table  " + file));
      Files.writeString(
          path.resolve("README.md"), RunTables.readme(String.valueOf(run.folder().getFileName())));
    } catch (IOException e) {
      throw new UserError(
          "the README.md in " + path + " cannot be written: " + Reason.of(e),
          "free some disk space for it",
          e);
    }
  }
}
