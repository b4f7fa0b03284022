package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.hub.Datasets;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Runner;
import criticalwindows.show.Pages;
import criticalwindows.show.RunViews;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cw bench ledger`: how long a large run takes to show, to report and to go on with.
@Command(
    name = "ledger",
    description = {
      "Writes a large run through the real store, its words and answers drawn and not sampled, and"
          + " measures how long it takes to show, to write its page, and to resume until the first"
          + " wave goes to the model. Leave the machine alone meanwhile."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw bench ledger                                 10,000 problems x 6 cuts x 25, a gigabyte",
      "  cw bench ledger --problems 10 --cuts every:1 --samples 50",
      "  cw bench ledger --run runs/drawn --json ledger.json     keeps the run, or measures it"
          + " again"
    })
final class LedgerBench implements Callable<Integer> {
  private final Console console;
  private final String program;
  private final BenchTable table = new BenchTable();

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FILE",
      defaultValue = "world:arithmetic",
      description = "As for run (default: ${DEFAULT-VALUE}).")
  String dataset = "world:arithmetic";

  @Option(
      names = "--problems",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Default: ${DEFAULT-VALUE}; the last one is left to do.")
  int problems = 10_000;

  @Option(
      names = "--cuts",
      paramLabel = "PLAN",
      defaultValue = "0.05,0.1,0.3,0.5,0.7,0.9",
      description = "As for run (default: ${DEFAULT-VALUE}).")
  String cuts = "0.05,0.1,0.3,0.5,0.7,0.9";

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "25",
      description = "As for run (default: ${DEFAULT-VALUE}).")
  int samples = 25;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "100",
      description = "Of a response, about (default: ${DEFAULT-VALUE}).")
  int tokens = 100;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Of each measurement (default: ${DEFAULT-VALUE}).")
  int rounds = 3;

  @Option(
      names = "--run",
      paramLabel = "FOLDER",
      description = "Keep the run there, or measure the one that is there (default: neither).")
  Optional<Path> kept = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers there too.")
  Optional<Path> json = Optional.empty();

  /// @param program the class whose main method is the command line
  LedgerBench(Console console, String program) {
    this.console = console;
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (problems < 1 || samples < 1 || tokens < 2 || rounds < 1) {
      throw new UserError("a number here is too small", "give at least 1, and 2 for --tokens");
    }
    if (kept.isPresent()) {
      measure(kept.get());
    } else {
      try (Scratch scratch = Scratch.make("cw-bench-ledger")) {
        measure(scratch.folder().resolve("run"));
      }
    }
    json.ifPresent(table::write);
    return 0;
  }

  private void measure(Path folder) throws InterruptedException {
    if (!Files.exists(folder.resolve("run.json"))) {
      write(folder);
    }
    List<Double> shown = new ArrayList<>();
    List<Double> commanded = new ArrayList<>();
    List<Double> told = new ArrayList<>();
    List<Double> resumed = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      commanded.add(seconds(() -> command(folder)));
    }
    for (int i = 0; i < rounds; i++) {
      shown.add(seconds(() -> show(folder)));
      told.add(seconds(() -> report(folder)));
    }
    Path file = ModelFiles.standard().find(ModelFiles.BASE);
    try (Model model = LlamaModel.open(file, new EngineOptions().options())) {
      for (int i = 0; i < rounds; i++) {
        resumed.add(resume(folder, new FirstWave(model)));
      }
    }
    say("show, the command", "<= 2", commanded, "from its start to its end, a process of its own");
    say("show, in here", "", shown, "the first one in a process that has done nothing yet");
    say("resume", "<= 5", resumed, "until the first wave is with the model, which is open already");
    say("page", "", told, Numbers.count(size(folder.resolve("report.html")) >> 10) + " KiB");
    BenchTable.peakBytes()
        .ifPresent(
            peak ->
                say("peak memory, GiB", "", List.of(peak / 0x1p30), "of this process, all three"));
  }

  private void write(Path folder) {
    Instant begun = console.clock().instant();
    Dataset drawn = Datasets.draw(dataset, problems, 1);
    CotSettings settings =
        new CotSettings(CutPlan.parse(cuts), samples, Sampling.PLAIN, 2 * tokens, 1);
    List<Problem> all = drawn.problems();
    try (RunFolder run =
        RunFolder.create(folder, DrawnLedger.manifest(drawn.name(), settings), all)) {
      DrawnLedger.fill(run.ledger(), all.subList(0, all.size() - 1), settings, tokens);
    }
    double took = Duration.between(begun, console.clock().instant()).toMillis() / 1e3;
    say(
        "write",
        "",
        List.of(took),
        Numbers.count(size(folder.resolve("ledger.duckdb")) >> 20) + " MiB");
  }

  private static void show(Path folder) {
    try (RunFolder run = RunFolder.open(folder)) {
      RunViews.of(run).table(Optional.empty());
    }
  }

  /// As `cw show` does it, but for what its shell script takes.
  private void command(Path folder) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-XX:AOTCacheOutput"))
        .forEach(line::add);
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(program, "show", folder.toString()));
    try {
      int code =
          new ProcessBuilder(line)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0) {
        throw new UserError(
            "cw show " + folder + " ends with " + code, "see what it says by itself");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no process can be started", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("stopped while cw show ran", e);
    }
  }

  private static void report(Path folder) {
    try (RunFolder run = RunFolder.open(folder)) {
      Pages.write(run.folder().resolve("report.html"), RunViews.of(run).page(RunViews.MANY));
    }
  }

  private double resume(Path folder, Model first) throws InterruptedException {
    Instant begun = console.clock().instant();
    try (RunFolder run = RunFolder.resume(folder)) {
      CotSettings settings = run.settings(CotSettings::of);
      CotScripts scripts = new CotScripts(first, run.manifest().prompts(), settings);
      Runner.run(new FixedCuts(scripts), run.ledger(), console.clock(), state -> {});
    } catch (FirstWave.Reached e) {
      return Duration.between(begun, console.clock().instant()).toMillis() / 1e3;
    }
    throw new UserError(folder + " has nothing left to do", "name another folder with --run");
  }

  private double seconds(Runnable work) {
    Instant begun = console.clock().instant();
    work.run();
    return Duration.between(begun, console.clock().instant()).toMillis() / 1e3;
  }

  private void say(String what, String bar, List<Double> values, String note) {
    table.add(new BenchTable.Row("", what, bar, values), note);
    console
        .out()
        .println(
            String.format(
                Locale.ROOT, "%-20s %-34s %-6s %s", what, BenchTable.spread(values), bar, note));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the run's files cannot be read", e);
    }
  }
}
