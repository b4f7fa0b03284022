package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.error.UserError;
import criticalwindows.noise.CutPlan;
import criticalwindows.report.ReplicationTable;
import criticalwindows.report.ReplicationTable.Row;
import criticalwindows.show.CotReports;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Numbers;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw replicate`: a published study again, on whatever model is given.
@Command(
    name = "replicate",
    description = {
      "Runs a published study again, on a model of yours, and prints what it finds beside what was"
          + " published, and what differs. STUDY is paper, the chain-of-thought study of Li, Karan"
          + " and Chen (seven data sets, Llama-3.1-8B-Instruct), or a settings file of your own.",
      "Each data set is a run of its own in the folder of --out. Stopped, the same command goes on;"
          + " with everything there it only prints."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "What stands behind -- goes to each cw run cot as it is.",
      "",
      "Examples:",
      "  cw replicate paper --model llama-3.1-8b-instruct.gguf --out runs/paper",
      "  cw replicate paper --model http://gpu1:8000 --out runs/paper --problems 50",
      "  cw replicate paper --model mine.gguf --out runs/mine -- --memory 12G --dry-run"
    })
final class ReplicateCommand implements Callable<Integer> {
  private final Console console;
  private final Program program;

  @Parameters(index = "0", paramLabel = "STUDY", description = "paper, or a settings file.")
  String study = PublishedStudy.PAPER;

  @Parameters(index = "1..*", hidden = true)
  List<String> more = List.of();

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE|URL",
      required = true,
      description = "The model that is studied.")
  String model = "";

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the runs are, one for each data set.")
  Path out = Path.of("");

  @Option(
      names = "--problems",
      paramLabel = "N",
      description = "Of each data set (default: as many as were published).")
  Optional<Integer> problems = Optional.empty();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Continuations at each cut (default: as published).")
  Optional<Integer> samples = Optional.empty();

  ReplicateCommand(Console console, Program program) {
    this.console = console;
    this.program = program;
  }

  /// Runs a command of the program.
  @FunctionalInterface
  interface Program {
    /// @return its exit code
    int run(Console console, String... arguments);
  }

  @Override
  public Integer call() {
    PublishedStudy published = PublishedStudy.read(study);
    for (String dataset : published.datasets().keySet()) {
      int exit = run(published, dataset);
      if (exit != 0) {
        return exit;
      }
    }
    if (!more.contains("--dry-run")) {
      console.out().print(table(published));
    }
    return 0;
  }

  /// Begins a run, or goes on with it.
  ///
  /// @return its exit code
  private int run(PublishedStudy published, String dataset) {
    Path folder = folder(dataset);
    List<String> command = new ArrayList<>();
    if (Files.exists(folder)) {
      requireSame(published, folder);
      command.addAll(List.of("resume", folder.toString(), "--model", model));
    } else {
      command.addAll(List.of("run", "cot", "--model", model, "--dataset", dataset));
      command.addAll(List.of("--out", folder.toString()));
      command.addAll(List.of("--problems", Integer.toString(number(published))));
      command.addAll(List.of("--samples", Integer.toString(continuations(published))));
      command.addAll(List.of("--cuts", published.cuts()));
      command.addAll(List.of("--temperature", Double.toString(published.temperature())));
      command.addAll(List.of("--top-p", Double.toString(published.topP())));
      command.addAll(more);
    }
    boolean asked = more.contains("--dry-run");
    return program.run(asked ? console : quiet(), command.toArray(String[]::new));
  }

  /// Tables of single runs are shown by cw show.
  private Console quiet() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Console(nowhere, console.err(), console.live(), console.clock());
  }

  private int number(PublishedStudy published) {
    return problems.orElse(published.problems());
  }

  private int continuations(PublishedStudy published) {
    return samples.orElse(published.samples());
  }

  private Path folder(String dataset) {
    return out.resolve(dataset.replaceAll("[^A-Za-z0-9._-]", "-"));
  }

  /// What is there was asked for in the same way.
  private void requireSame(PublishedStudy published, Path folder) {
    try (RunFolder run = RunFolder.open(folder)) {
      CotSettings settings = run.settings(CotSettings::of);
      boolean same =
          settings.samples() == continuations(published)
              && run.manifest().items().number() == number(published)
              && settings.cuts().spec().equals(CutPlan.parse(published.cuts()).spec());
      if (!same) {
        throw new UserError(
            folder + " was begun with other numbers of problems or samples, or other cuts",
            "give the same ones, or another --out");
      }
    }
  }

  private String table(PublishedStudy published) {
    List<Row> rows = new ArrayList<>();
    List<String> differs = new ArrayList<>();
    published
        .datasets()
        .forEach(
            (dataset, known) -> {
              try (RunFolder run = RunFolder.open(folder(dataset))) {
                CotReports reports = CotReports.of(run);
                List<CotFinding> findings = reports.findings();
                console.warn(reports.faults().lines());
                rows.add(Row.of(dataset, findings, known));
                if (findings.size() < number(published)) {
                  differs.add(
                      dataset
                          + ": "
                          + Numbers.count(findings.size())
                          + " problems have a response (asked for: "
                          + Numbers.count(number(published))
                          + ")");
                }
              }
            });
    differs.addAll(0, differs(published));
    return ReplicationTable.of(published.study(), rows, differs);
  }

  private List<String> differs(PublishedStudy published) {
    List<String> lines = new ArrayList<>();
    lines.add("the model is " + model + "; published: " + published.model());
    if (number(published) != published.problems()) {
      lines.add(
          "problems of each data set: "
              + Numbers.count(number(published))
              + "; published: "
              + Numbers.count(published.problems()));
    }
    if (continuations(published) != published.samples()) {
      lines.add(
          "continuations at each cut: "
              + Numbers.count(continuations(published))
              + "; published: "
              + Numbers.count(published.samples()));
    }
    lines.add(
        "problems are drawn anew, prompts are the built-in ones, cuts lie between tokens, and"
            + " answers are read and compared by this program's rules: an answer that cannot be"
            + " read equals no other");
    return lines;
  }
}
