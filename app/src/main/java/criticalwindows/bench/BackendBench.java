package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.console.Exit;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.remote.BareCalls;
import criticalwindows.remote.RemoteModel;
import criticalwindows.remote.RemoteOptions;
import criticalwindows.remote.Traffic;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Runner;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubServer;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cw bench backend`: what the way to a server costs, and whether anything is lost on it.
@Command(
    name = "backend",
    description = {
      "Measures the way to a server against a stub that answers at once and one that takes 50 ms:"
          + " the whole path (schedule, HTTP, parse, ledger) against a bare loop of the same calls"
          + " in the same run, and how much of the possible concurrency is used. With --soak, so"
          + " many requests against a stub with every fault, counted. Leave the machine alone"
          + " meanwhile."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw bench backend",
      "  cw bench backend --soak 20000",
      "  cw bench backend --soak 1000000 --faults 0        memory over a million requests"
    })
final class BackendBench implements Callable<Integer> {
  private static final int IDS_IN = 300;
  private static final int IDS_OUT = 64;

  /// With these a call of a run sends and gets on the mean what the bare loop's do: half of the
  /// calls are for the rest of a response, half for an answer of full length.
  private static final int RESPONSE = 48;

  private static final int QUESTION = 196;
  private static final PromptSet PROMPTS =
      PromptSet.parse(
          """
          # a measurement
          [system]
          Solve this.
          [reason]
          {problem}
          [prefill]
          Step by step:
          [ask.choice]
          The answer is (X)
          [ask.number]
          The answer is $X$
          """);

  /// Rounds that warm the machine up and do not count.
  private static final int WARM_UP = 2;

  private static final int IN_FLIGHT = 256;
  private static final int WAVE = 4096;
  private static final Duration LATENCY = Duration.ofMillis(50);

  private final Console console;
  private final BenchTable table = new BenchTable();
  private String sent = "";

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Calls in each measurement (default: ${DEFAULT-VALUE}).")
  int requests = 20_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Repetitions (default: ${DEFAULT-VALUE}).")
  int rounds = 5;

  @Option(names = "--soak", paramLabel = "N", description = "Only this: N scripts under faults.")
  Optional<Integer> soak = Optional.empty();

  @Option(
      names = "--faults",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Of the tries of a soak that meet a fault (default: ${DEFAULT-VALUE}).")
  double faults = .1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers there too.")
  Optional<Path> json = Optional.empty();

  BackendBench(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (requests < 100 || rounds < 1 || soak.map(n -> n < 1).orElse(false)) {
      throw new UserError("--requests, --rounds or --soak is too small", "give at least 100, 1, 1");
    }
    if (soak.isPresent()) {
      return soak(soak.get());
    }
    throughput();
    concurrency();
    json.ifPresent(table::write);
    return 0;
  }

  /// Short rounds by turns, each held against the bare loop beside it: the machine's own speed
  /// comes and goes.
  private void throughput() throws InterruptedException {
    List<Double> ratios = new ArrayList<>();
    List<Double> model = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    try (StubServer stub = StubServer.start(StubOptions.instant())) {
      for (int round = -WARM_UP; round < rounds; round++) {
        double whole = whole(stub);
        double bare = BareCalls.rate(stub.address(), prompt(0), IDS_OUT, requests);
        double alone = alone(stub);
        if (round >= 0) {
          ratios.add(whole / bare);
          model.add(alone / bare);
          rates.add(bare);
        }
      }
    }
    String note = "bare " + BenchTable.spread(rates) + " calls/s";
    say(
        new BenchTable.Row("stub", "whole path / bare loop, calls a second", ">= 0.45", ratios),
        note + ", " + sent);
    say(new BenchTable.Row("stub", "scripts without a ledger / bare loop", "", model), note);
  }

  private RemoteModel open(StubServer stub) throws InterruptedException {
    RemoteOptions.Load usual = RemoteOptions.Load.STANDARD;
    RemoteOptions.Load load =
        new RemoteOptions.Load(
            IN_FLIGHT, Duration.ofSeconds(30), usual.retryFor(), Duration.ofMillis(5));
    return RemoteModel.open(RemoteOptions.of(stub.address().toString()).with(load));
  }

  private static Tokens prompt(int salt) {
    return Tokens.of(IntStream.range(0, IDS_IN).map(i -> 128 + (i * 7 + salt) % 380).toArray());
  }

  private static Script script(long seed, int salt) {
    return new Script(prompt(salt), List.of(Step.sample(Sampling.PLAIN, IDS_OUT)), seed);
  }

  /// Calls a second of scripts with one call each, nothing kept.
  private double alone(StubServer stub) throws InterruptedException {
    try (RemoteModel model = open(stub)) {
      warm(model);
      return rate(model, requests);
    }
  }

  /// Afterwards it knows how much the server takes at once.
  private static void warm(RemoteModel model) throws InterruptedException {
    model.run(scripts(2 * IN_FLIGHT), (index, completion) -> {});
  }

  private static double rate(RemoteModel model, int count) throws InterruptedException {
    List<Script> scripts = scripts(count);
    long began = System.nanoTime();
    model.run(scripts, (index, completion) -> {});
    return count * 1e9 / (System.nanoTime() - began);
  }

  private static List<Script> scripts(int count) {
    return IntStream.range(0, count).mapToObj(i -> script(i, i % 50)).toList();
  }

  /// Calls a second of a chain-of-thought run with a ledger on disk.
  private double whole(StubServer stub) throws InterruptedException {
    try (RemoteModel model = open(stub)) {
      int each = 25;
      CutPlan cuts = CutPlan.parse("0.05,0.1,0.3,0.5,0.7,0.9");
      CotSettings settings = new CotSettings(cuts, each, Sampling.PLAIN, RESPONSE, 1);
      CotScripts scripts = new CotScripts(model, PROMPTS, settings);
      List<Problem> work = problems(Math.max(1, requests / (6 * (2 * each + 1) + 3)));
      Traffic before = model.traffic();
      long began = System.nanoTime();
      inFolder(
          settings,
          work,
          ledger -> Runner.run(new FixedCuts(scripts), ledger, console.clock(), state -> {}));
      double seconds = (System.nanoTime() - began) / 1e9;
      Traffic after = model.traffic();
      long calls = after.answered() - before.answered();
      sent =
          String.format(
              Locale.ROOT,
              "%.0f ids in and %.0f out a call",
              (double) (after.read() - before.read()) / calls,
              (double) (after.written() - before.written()) / calls);
      return calls / seconds;
    }
  }

  private static List<Problem> problems(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.format(Locale.ROOT, "%0" + QUESTION + "d", i))
        .map(question -> Problem.of("stub", "math", question, List.of(), "1"))
        .toList();
  }

  /// Something that is done with a ledger.
  @FunctionalInterface
  private interface Work {
    void in(Ledger ledger) throws InterruptedException;
  }

  private void inFolder(CotSettings settings, List<Problem> problems, Work work)
      throws InterruptedException {
    Manifest manifest =
        Manifest.of(
                CotSettings.EXPERIMENT,
                settings.asData(),
                new Manifest.ModelFile(StubServer.MODEL, "", ""),
                new Manifest.Items("stub", problems.size()))
            .with(PROMPTS);
    try (Scratch scratch = Scratch.make("cw-bench-backend");
        RunFolder run = RunFolder.create(scratch.folder(), manifest, problems)) {
      work.in(run.ledger());
    }
  }

  /// How many calls are under way on the mean, as we see it and as the server does: what it does
  /// before it looks at a call and after it has answered is between the two, and on these cores.
  private void concurrency() throws InterruptedException {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    try (StubServer stub = StubServer.start(StubOptions.instant().after(LATENCY));
        RemoteModel model = open(stub)) {
      warm(model);
      for (int round = 0; round < rounds; round++) {
        Duration before = model.traffic().underWay();
        Duration inside = stub.inside();
        double rate = rate(model, requests);
        rates.add(rate);
        double all = requests / rate * IN_FLIGHT * 1e9;
        ours.add(model.traffic().underWay().minus(before).toNanos() / all);
        theirs.add(stub.inside().minus(inside).toNanos() / all);
      }
    }
    String note = BenchTable.spread(rates) + " calls/s";
    say(new BenchTable.Row("stub", "calls under way / 256, each of 50 ms", ">= 0.95", ours), note);
    say(new BenchTable.Row("stub", "of these with the server / 256", "", theirs), note);
  }

  private int soak(int count) throws InterruptedException {
    StubOptions options = StubOptions.instant().stopping(40).faulty(faults, 5);
    BitSet seen = new BitSet(count);
    int[] wrong = new int[2];
    List<Long> memory = new ArrayList<>();
    try (StubServer stub = StubServer.start(options);
        RemoteModel model = open(stub)) {
      for (int from = 0; from < count; from += WAVE) {
        int first = from;
        List<Script> wave =
            IntStream.range(from, Math.min(count, from + WAVE))
                .mapToObj(i -> script(i, i % 50))
                .toList();
        model.run(
            wave,
            new Model.Sink() {
              @Override
              public void finished(int index, Completion done) {
                wrong[0] += seen.get(first + index) ? 1 : 0;
                wrong[1] += right(options, wave.get(index), done) ? 0 : 1;
                seen.set(first + index);
              }

              @Override
              public void failed(int index, String reason) {
                console.err().println("failed: " + reason);
              }
            });
        memory.add(usedMemory());
      }
      console
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%d scripts: %d lost, %d twice, %d wrong; %d faults, %d retries; heap %d MiB at"
                      + " first, %d MiB at last",
                  count,
                  count - seen.cardinality(),
                  wrong[0],
                  wrong[1],
                  stub.faulted(),
                  model.traffic().retries(),
                  memory.getFirst() >> 20,
                  memory.getLast() >> 20));
    }
    boolean whole = seen.cardinality() == count && wrong[0] + wrong[1] == 0;
    return whole ? 0 : Exit.FAILED;
  }

  private static boolean right(StubOptions options, Script script, Completion done) {
    Tokens whole = StubServer.expected(options, script.start(), script.seed(), IDS_OUT);
    Tokens text = done.last().tokens();
    return whole.startsWith(text) && done.last().logProbs().size() == whole.size();
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
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
