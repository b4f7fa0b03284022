package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.importing.Import;
import criticalwindows.show.Pages;
import criticalwindows.show.RunViews;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw import`: rollouts of another tool as a run.
@Command(
    name = "import",
    description = {
      "Makes a run of rollouts that another tool has made, so that show, report, export, explain,"
          + " plot and compare read them. Nothing is sampled and nothing is graded: what responses"
          + " came to is what the files say, and the run says that it is imported."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Layouts (docs/import.md):",
      "  thought-anchors   a folder with folders problem_N: base_solution.json, chunks.json,",
      "                    chunk_I/solutions.json",
      "  cliff-tokens      a JSON file of 03_rollout, with --n",
      "  forking-fast      a store that ends with .json.gz, or a folder of them",
      "  pts               a file of pivotal tokens, a JSON object a line, with --n",
      "",
      "Examples:",
      "  cw import thought-anchors rollouts/correct_base_solution --out runs/anchors",
      "  cw import cliff-tokens 03_rollout/gsm1k_100_all_paths.json --n 64 --out runs/cliffs",
      "  cw import forking-fast data/s200/llama --out runs/forking",
      "  cw import pts pivotal_tokens.jsonl --n 10 --out runs/pivotal"
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "LAYOUT", description = "What tool made the files.")
  String layout = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "The file or the folder.")
  Path path = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "The run's folder; must not exist.")
  Path out = Path.of("");

  @Option(
      names = "--n",
      paramLabel = "N",
      description = {
        "Rollouts at each place, where the files have shares alone; a share that is no count of so"
            + " many is an error."
      })
  Optional<Integer> rollouts = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model that wrote the rollouts, where the files do not say.")
  Optional<String> model = Optional.empty();

  @Mixin NoSampling none = new NoSampling();

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    none.check();
    OptionalInt given = rollouts.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    Import read = Import.read(new Import.Asked(layout, path, given, model));
    read.write(
        out, Map.of("cw", Version.number(), "commit", Version.commit()), console.clock().instant());
    try (RunFolder run = RunFolder.open(out)) {
      RunViews views = RunViews.of(run);
      Path page = Pages.write(out.resolve("report.html"), views.page(RunViews.MANY));
      console.out().print(views.table(Optional.empty()));
      console.out().println();
      console.out().println("run   " + out);
      console.out().println("page  " + page);
    }
    return 0;
  }
}
