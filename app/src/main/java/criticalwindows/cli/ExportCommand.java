package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.export.AlongExport;
import criticalwindows.export.InspectExport;
import criticalwindows.export.RatioExport;
import criticalwindows.export.RunExport;
import criticalwindows.export.RunTables;
import criticalwindows.probe.AlongText;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.show.RatioReports;
import criticalwindows.show.Redaction;
import criticalwindows.show.RunViews;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.tables.Table;
import criticalwindows.tables.TableFolder;
import criticalwindows.tables.TableFolder.Format;
import criticalwindows.window.WindowStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw export`: a run as tables.
@Command(
    name = "export",
    description = {
      "Writes a run as four tables for Python, R or a spreadsheet: problems, windows, points (a row"
          + " for each problem and cut) and samples, and one of defences where a run has tried any;"
          + " of likelihood ratios: texts, tokens, scores and divergence. A README.md says what"
          + " each column means. Also while it runs. In CSV, texts that a spreadsheet could take"
          + " for formulas get an apostrophe in front."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "| weights | pairs | prefixes",
    footer = {
      "",
      "For trainers: cw export weights, cw export pairs and cw export prefixes; see their --help.",
      "",
      "Examples:",
      "  cw export runs/demo --parquet tables",
      "  cw export runs/demo --csv tables-csv --json tables-json",
      "  cw export runs/large --parquet tables --windows",
      "  cw export runs/chats --inspect chats.eval"
    })
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's folder.")
  Optional<Path> named = Optional.empty();

  private Path folder = Path.of("");

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
      names = "--inspect",
      paramLabel = "FILE",
      description = {
        "A new file for Inspect: a log, FILE.eval or FILE.json, with the window of each item as a"
            + " score; or scores alone for its precomputed_scores, FILE.jsonl."
      })
  Optional<Path> inspect = Optional.empty();

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

  @Mixin RedactOption redact = new RedactOption();

  ExportCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console) {
    return new CommandLine(new ExportCommand(console))
        .addSubcommand("weights", new ExportWeights(console))
        .addSubcommand("pairs", new ExportPairs(console))
        .addSubcommand("prefixes", new ExportPrefixes(console));
  }

  @Override
  public Integer call() {
    folder =
        named.orElseThrow(
            () -> new UserError("no run is named", "cw export RUN --parquet DIR; see --help"));
    Map<Format, Path> wanted = new EnumMap<>(Format.class);
    parquet.ifPresent(path -> wanted.put(Format.PARQUET, path));
    csv.ifPresent(path -> wanted.put(Format.CSV, path));
    json.ifPresent(path -> wanted.put(Format.JSON, path));
    if (wanted.isEmpty() && inspect.isEmpty()) {
      throw new UserError(
          "no format is named", "give --parquet DIR, --csv DIR, --json DIR or --inspect FILE");
    }
    inspect.ifPresent(InspectExport::check);
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = outcome.of(run)) {
      if (Experiments.isRatio(run)) {
        ratio(run, wanted);
        return 0;
      }
      Experiments.requireAnswers(run, "export");
      Exported exported = new Exported(run, outcomes, study(run, outcomes), texts(run));
      wanted.forEach((format, path) -> write(exported, format, path));
      inspect.ifPresent(file -> write(exported, file));
    }
    return 0;
  }

  private void ratio(RunFolder run, Map<Format, Path> wanted) {
    if (inspect.isPresent()) {
      throw new UserError(
          "--inspect, and " + folder + " is a run of likelihood ratios",
          "give --parquet DIR, --csv DIR or --json DIR");
    }
    RunExport.Texts how = texts(run);
    RatioReports reports = RatioReports.of(run).redacted(redaction(run));
    List<RatioExport.Text> texts =
        reports.view().texts().stream()
            .map(text -> new RatioExport.Text(text, reports.written(text), reports.curve(text)))
            .toList();
    wanted.forEach(
        (format, path) -> {
          try (TableFolder tables = TableFolder.create(path, format, RatioExport.ALL)) {
            RatioExport.write(reports.view().study(), texts, tables);
            finish(tables, path, readme(RatioExport.readme(name(run)), how));
          }
        });
  }

  private static String readme(String columns, RunExport.Texts texts) {
    return columns + (texts == RunExport.Texts.BLURRED ? "\nTexts: " + Redaction.NOTE + ".\n" : "");
  }

  private static String name(RunFolder run) {
    return String.valueOf(run.folder().getFileName());
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
  private record Exported(
      RunFolder run, Outcomes outcomes, WindowStudy windows, RunExport.Texts texts) {}

  private Redaction redaction(RunFolder run) {
    return Redaction.of(run, redact.asked());
  }

  private RunExport.Texts texts(RunFolder run) {
    if (redaction(run) == Redaction.SHOWN) {
      return RunExport.Texts.SHOWN;
    }
    console.err().println("note: " + Redaction.NOTE);
    return RunExport.Texts.BLURRED;
  }

  private static RunExport.Sampled sampled(Exported exported) {
    return new RunExport.Sampled(
        exported.run().ledger(),
        Experiments.cuts(exported.run()),
        exported.outcomes().searched().scorer(),
        CotReports.asked(exported.run()),
        exported.texts());
  }

  private void write(Exported exported, Path file) {
    RunFolder run = exported.run();
    Manifest manifest = run.manifest();
    InspectExport.Run about =
        new InspectExport.Run(
            String.valueOf(run.folder().toAbsolutePath().getFileName()),
            manifest.subject().name(),
            manifest.items().source(),
            manifest.sessions().isEmpty()
                ? Instant.EPOCH
                : manifest.sessions().getFirst().started(),
            exported.outcomes().searched().name());
    console.warn(InspectExport.write(sampled(exported), exported.windows(), about, file));
    console.out().println("inspect  " + file);
  }

  private void write(Exported exported, Format format, Path path) {
    RunFolder run = exported.run();
    List<Table> wanted = new ArrayList<>(RunTables.of(Experiments.defences(run)));
    Map<String, AlongText> along = CotReports.of(run, exported.outcomes()).along();
    if (!along.isEmpty()) {
      wanted.add(AlongExport.TABLE);
    }
    try (TableFolder tables = TableFolder.create(path, format, wanted)) {
      console.warn(RunExport.write(sampled(exported), exported.windows(), tables));
      if (!along.isEmpty()) {
        AlongExport.write(along.values(), tables);
      }
      finish(tables, path, readme(RunTables.readme(name(run), wanted), exported.texts()));
    }
  }

  private void finish(TableFolder tables, Path path, String readme) {
    tables.finish().forEach(file -> console.out().println("table  " + file));
    try {
      Files.writeString(path.resolve("README.md"), readme);
    } catch (IOException e) {
      throw new UserError(
          "the README.md in " + path + " cannot be written: " + Reason.of(e),
          "free some disk space for it",
          e);
    }
  }
}
