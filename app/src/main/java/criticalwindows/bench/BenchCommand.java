package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.console.Gradients;
import criticalwindows.error.UserError;
import criticalwindows.gguf.RandomLlama;
import criticalwindows.hub.Datasets;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.EngineBench;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.view.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw bench`: what our claims rest on.
@Command(
    name = "bench",
    description =
        "Measures: engine, backend, organism, jailbreak, localise, means, grading, ledger, texts,"
            + " train, probes.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT")
public final class BenchCommand implements Runnable {
  private final Console console;

  private BenchCommand(Console console) {
    this.console = console;
  }

  /// `cw bench` with all that it can measure.
  ///
  /// @param program the class whose main method is the command line; `ledger` starts it as a
  ///   process
  /// @param gradients what trains models and fits probes
  public static CommandLine line(Console console, Class<?> program, Gradients gradients) {
    return new CommandLine(new BenchCommand(console))
        .addSubcommand("engine", new Engine(console))
        .addSubcommand("organism", new OrganismBench(console))
        .addSubcommand("jailbreak", new JailbreakBench(console))
        .addSubcommand("localise", new LocaliseBench(console))
        .addSubcommand("means", new MeansBench(console))
        .addSubcommand("backend", new BackendBench(console))
        .addSubcommand("grading", new GradingCommand(console))
        .addSubcommand("ledger", new LedgerBench(console, program.getName()))
        .addSubcommand("texts", new TextsBench(console))
        .addSubcommand("train", new TrainBench(console, gradients.whiteBoxes()))
        .addSubcommand("probes", new ProbesBench(console, gradients));
  }

  @Override
  public void run() {
    CommandLine.usage(this, console.out(), CommandLine.Help.Ansi.OFF);
  }

  /// `cw bench engine`: the scheduler against the least work, a bare loop, and work by hand.
  @Command(
      name = "engine",
      description = {
        "Measures the embedded engine, each as a ratio within one run: tokens computed against the"
            + " fewest possible; batched decoding against a bare loop of the same native calls; and"
            + " every continuation by hand against all together. Leave the machine alone meanwhile."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples:",
        "  cw bench engine                        model S, 15.7 million random weights, and the"
            + " built-in",
        "  cw bench engine --models S,B --json engine.json"
      })
  static final class Engine implements Callable<Integer> {
    private static final int SEQUENCES = 150;
    private static final CutPlan CUTS = CutPlan.parse("0.05,0.1,0.3,0.5,0.7,0.9");

    private final Console console;
    private final BenchTable table = new BenchTable();

    @Option(
        names = "--models",
        split = ",",
        defaultValue = "base,S",
        description = "Of base, S (15.7 M random weights), B (124 M) (default: ${DEFAULT-VALUE}).")
    List<String> models = new ArrayList<>();

    @Option(
        names = "--rounds",
        defaultValue = "3",
        description = "Repetitions of each pair (default: ${DEFAULT-VALUE}).")
    int rounds = 3;

    @Mixin EngineOptions engine = new EngineOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers there too.")
    Optional<Path> json = Optional.empty();

    Engine(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
      for (String model : models) {
        switch (model) {
          case "base" -> builtIn();
          case "S" -> random(model, RandomLlama.SMALL);
          case "B" -> random(model, RandomLlama.LARGE);
          default -> throw UserError.unknown("model to bench", model, List.of("base", "S", "B"));
        }
      }
      json.ifPresent(table::write);
      return 0;
    }

    private void builtIn() throws InterruptedException {
      Path file = ModelFiles.standard().find(ModelFiles.BASE);
      try (LlamaModel model = LlamaModel.open(file, engine.options())) {
        computed(model);
        byHand(new Case("base", model, 200, 100, 30));
        memory("base");
      }
    }

    private void random(String name, RandomLlama.Shape shape) throws InterruptedException {
      try {
        Path file = Files.createTempFile("cw-bench-" + name, ".gguf");
        try {
          RandomLlama.write(file, shape, 1);
          try (LlamaModel model = LlamaModel.open(file, engine.options())) {
            boolean large = name.equals("B");
            loop(new Case(name, model, 500, large ? 20 : 100, SEQUENCES));
            byHand(new Case(name, model, 500, 200, large ? 6 : 30));
            memory(name);
          }
        } finally {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the model to measure cannot be written", e);
      }
    }

    /// One measurement.
    ///
    /// @param prefix length of the text that is cut, in tokens
    /// @param fresh tokens written from each cut
    /// @param alone texts that are really written by hand; the time of all is scaled up from them
    private record Case(String name, LlamaModel model, int prefix, int fresh, int alone) {
      Tokens text() {
        SplittableRandom random = new SplittableRandom(5);
        int usual = model.vocabulary().size() - 300;
        return Tokens.of(
            random.ints(prefix, 260, 260 + usual).map(id -> Math.min(id, usual)).toArray());
      }
    }

    private void computed(LlamaModel model) throws InterruptedException {
      FewestTokens fewest = FewestTokens.measure(model, Datasets.draw("world", 4, 1));
      say(
          new BenchTable.Row(
              "base", "tokens computed / fewest possible", "", List.of(fewest.ratio())),
          Numbers.count(fewest.computed())
              + " computed, "
              + Numbers.count(fewest.fewest())
              + " needed");
    }

    private void loop(Case c) throws InterruptedException {
      List<Double> ratios = new ArrayList<>();
      List<Double> rates = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        double bare = EngineBench.bare(c.model, c.text(), SEQUENCES, c.fresh).total().toNanos();
        double ours =
            EngineBench.scheduled(c.model, List.of(c.text()), SEQUENCES, c.fresh).total().toNanos();
        ratios.add(bare / ours);
        rates.add(1e9 * SEQUENCES * c.fresh / ours);
      }
      say(
          new BenchTable.Row(c.name, "bare loop's time / ours, 150 sequences", ">= 0.95", ratios),
          "ours " + BenchTable.spread(rates) + " tokens/s");
    }

    private void byHand(Case c) throws InterruptedException {
      List<Tokens> starts =
          CUTS.cuts(c.prefix).stream().map(Cut::kept).map(kept -> c.text().prefix(kept)).toList();
      int each = SEQUENCES / starts.size();
      List<Tokens> alone = new ArrayList<>();
      for (int i = 0; i < c.alone; i++) {
        alone.add(starts.get(i % starts.size()));
      }
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        double naive = EngineBench.naive(c.model, alone, c.fresh).total().toNanos();
        double ours = EngineBench.scheduled(c.model, starts, each, c.fresh).total().toNanos();
        ratios.add(naive * SEQUENCES / c.alone / ours);
      }
      say(
          new BenchTable.Row(
              c.name,
              "by hand / ours, " + c.prefix + "-token prefix, 6 x 25, " + c.fresh + " new",
              c.name.equals("S") ? ">= 3" : c.name.equals("B") ? ">= 5" : "",
              ratios),
          c.alone + " of 150 texts written by hand, their time scaled up");
    }

    private void memory(String name) {
      long budget = engine.options().memoryBytes();
      BenchTable.peakBytes()
          .ifPresent(
              peak ->
                  say(
                      new BenchTable.Row(
                          name, "peak memory / budget", "<= 1", List.of((double) peak / budget)),
                      Numbers.count(peak >> 20) + " of " + Numbers.count(budget >> 20) + " MiB"));
    }

    private void say(BenchTable.Row row, String note) {
      table.add(row, note);
      console
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%-5s %-46s %-24s %-7s %s",
                  row.model(),
                  row.what(),
                  BenchTable.spread(row.values()),
                  row.bar(),
                  note));
    }
  }
}
