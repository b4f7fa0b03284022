package criticalwindows.cli;

import criticalwindows.export.RunExport;
import criticalwindows.export.RunTables;
import criticalwindows.mistake.Mistake;
import criticalwindows.store.RunFolder;
import criticalwindows.store.TableFolder;
import criticalwindows.store.TableFolder.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
      "  cw export runs/demo --csv tables-csv --json tables-json"
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
      throw new Mistake("no format is named", "give --parquet DIR, --csv DIR or --json DIR");
    }
    try (RunFolder run = RunFolder.open(folder)) {
      wanted.forEach((format, path) -> write(run, format, path));
    }
    return 0;
  }

  private void write(RunFolder run, Format format, Path path) {
    try (TableFolder tables = TableFolder.create(path, format, RunTables.ALL)) {
      RunExport.write(run.ledger(), run.manifest().settings().cuts(), tables);
      tables.finish().forEach(file -> console.out().println("table  " + file));
      Files.writeString(
          path.resolve("README.md"), RunTables.readme(String.valueOf(run.folder().getFileName())));
    } catch (IOException e) {
      throw new Mistake(
          "the README.md in " + path + " cannot be written", "make the folder writable", e);
    }
  }
}
