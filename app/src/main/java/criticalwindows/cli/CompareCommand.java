package criticalwindows.cli;

import criticalwindows.compare.Comparison;
import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.export.ComparisonTables;
import criticalwindows.report.ComparisonTable;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.ComparedRuns;
import criticalwindows.show.Pages;
import criticalwindows.store.RunFolder;
import criticalwindows.tables.TableFolder;
import criticalwindows.tables.TableFolder.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw compare`: the same items in several runs.
@Command(
    name = "compare",
    description = {
      "Compares runs of the same items: under several models, temperatures or checkpoints. Each is"
          + " paired with the first item by item, and of three or more the trend is shown: of right"
          + " answers, of consistency, and of how many windows are claimed, where they lie and how"
          + " high they are. Differences have 95 %% intervals and exact tests. Also while the runs"
          + " run."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "What it all means: docs/compare.md",
      "",
      "Examples:",
      "  cw compare runs/base runs/aligned",
      "  cw compare runs/step100 runs/step200 runs/step400 --at 100,200,400",
      "  cw compare runs/cold runs/hot --out tables --format parquet"
    })
final class CompareCommand implements Callable<Integer> {
  /// Of the orders that are drawn where there are too many: the same in every call.
  private static final long SEED = 1;

  private final Console console;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "The runs' folders, in their order.")
  List<Path> folders = List.of();

  @Option(
      names = "--at",
      paramLabel = "N,N,…",
      description = {
        "Of a series, where each run stands, such as its step of training (default: 1,2,3,…)."
      })
  Optional<String> at = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "A new folder for the table, with a columns.md that explains its columns.")
  Optional<Path> out = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "Of that table: csv, json or parquet (default: ${DEFAULT-VALUE}).")
  Format format = Format.CSV;

  @Mixin OutcomeOption outcome = new OutcomeOption();

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (folders.size() < 2 || folders.size() > ComparisonTable.MOST_RUNS) {
      throw new UserError(
          folders.size() + (folders.size() == 1 ? " run" : " runs") + " to compare",
          "name from 2 to " + ComparisonTable.MOST_RUNS + " folders of runs");
    }
    List<Double> places =
        at.map(text -> places(text, folders.size()))
            .orElseGet(
                () -> IntStream.rangeClosed(1, folders.size()).mapToObj(i -> (double) i).toList());
    List<ComparedRuns> runs = folders.stream().map(this::run).toList();
    ComparedRuns.requireAlike(runs);
    runs.forEach(run -> console.warn(run.faults()));
    Comparison comparison =
        Comparison.of(
            runs.stream().map(ComparedRuns::run).toList(), places, new SplittableRandom(SEED));
    requireShared(comparison);
    List<String> names = names(runs);
    console
        .out()
        .print(
            new ComparisonTable(
                    names,
                    ComparedRuns.differing(runs),
                    at.map(given -> places).orElse(List.of()),
                    comparison)
                .text());
    out.ifPresent(folder -> write(folder, comparison, names, span(places)));
    return 0;
  }

  private ComparedRuns run(Path folder) {
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = outcome.of(run)) {
      return ComparedRuns.of(run, outcomes);
    }
  }

  /// The names of their folders, or their whole paths where two have the same.
  private static List<String> names(List<ComparedRuns> runs) {
    List<String> names = runs.stream().map(run -> run.run().name()).toList();
    return names.stream().distinct().count() == names.size()
        ? names
        : runs.stream().map(run -> run.folder().toString()).toList();
  }

  private void requireShared(Comparison comparison) {
    if (comparison.items() == 0) {
      throw new UserError(
          "no item is in all of these " + folders.size() + " runs",
          "compare runs of the same problems or texts: the same --dataset, --problems and --seed,"
              + " or the same file");
    }
  }

  private static List<Double> places(String text, int runs) {
    try {
      List<Double> places =
          List.of(text.split(",", -1)).stream().map(word -> Double.valueOf(word.strip())).toList();
      boolean finite = places.stream().allMatch(Double::isFinite);
      if (runs > 2 && places.size() == runs && finite && span(places) > 0) {
        return places;
      }
    } catch (NumberFormatException e) {
      throw wrong(text, runs);
    }
    throw wrong(text, runs);
  }

  private static UserError wrong(String text, int runs) {
    return new UserError(
        "--at " + text + ", for " + runs + " runs",
        "give a number for each run, with commas between, not all the same; a trend takes three"
            + " runs or more");
  }

  private static double span(List<Double> places) {
    double least = places.stream().mapToDouble(x -> x).min().orElseThrow();
    return places.stream().mapToDouble(x -> x).max().orElseThrow() - least;
  }

  private void write(Path folder, Comparison comparison, List<String> names, double span) {
    try (TableFolder tables =
        TableFolder.create(folder, format, List.of(ComparisonTables.CHANGES))) {
      ComparisonTables.write(comparison, names, span, tables);
      tables.finish().forEach(file -> console.out().println("table  " + file));
    }
    Pages.write(folder.resolve("columns.md"), ComparisonTables.columns());
  }
}
