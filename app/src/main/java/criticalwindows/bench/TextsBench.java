package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.view.Numbers;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cw bench texts`: what long texts take.
@Command(
    name = "texts",
    description = {
      "Takes a long text with one decision through every stage, on a model whose tokens cost"
          + " nothing: tokenised, scored, cut, searched, read, shown, reported and exported. Says"
          + " seconds and the most heap of each stage, garbage included, and both as a ratio to the"
          + " first length. Leave the machine alone meanwhile."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw bench texts",
      "  cw bench texts --lengths 3000,30000,100000 --rounds 5 --json texts.json"
    })
final class TextsBench implements Callable<Integer> {
  private static final double MEBIBYTE = 0x1p20;

  private final Console console;
  private final BenchTable table = new BenchTable();

  @Option(
      names = "--lengths",
      split = ",",
      paramLabel = "N",
      defaultValue = "3000,30000",
      description =
          "Of the texts, in tokens; the first is compared with (default: ${DEFAULT-VALUE}).")
  List<Integer> lengths = new ArrayList<>();

  @Option(
      names = "--rollouts",
      paramLabel = "N",
      defaultValue = "60",
      description = "Of the search, at most (default: ${DEFAULT-VALUE}).")
  int rollouts = 60;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Of each stage (default: ${DEFAULT-VALUE}).")
  int rounds = 3;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers there too.")
  Optional<Path> json = Optional.empty();

  TextsBench(Console console) {
    this.console = console;
  }

  /// What one stage took.
  ///
  /// @param seconds one for each round
  /// @param mebibytes likewise
  /// @param done in the last round, for people
  private record Taken(List<Double> seconds, List<Double> mebibytes, String done) {
    static final Taken NONE = new Taken(List.of(), List.of(), "");

    Taken plus(double second, double mebibyte, String what) {
      return new Taken(with(seconds, second), with(mebibytes, mebibyte), what);
    }

    private static List<Double> with(List<Double> values, double value) {
      List<Double> more = new ArrayList<>(values);
      more.add(value);
      return List.copyOf(more);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    if (lengths.stream().anyMatch(length -> length < 10) || rollouts < 2 || rounds < 1) {
      throw new UserError(
          "a number here is too small",
          "give --lengths from 10, --rollouts from 2, --rounds from 1");
    }
    Map<String, Taken> first = measure(lengths.getFirst());
    first.forEach((stage, taken) -> say(stage, lengths.getFirst(), taken, Optional.empty()));
    for (int length : lengths.subList(1, lengths.size())) {
      measure(length)
          .forEach(
              (stage, taken) ->
                  say(stage, length, taken, Optional.of(first.getOrDefault(stage, taken))));
    }
    json.ifPresent(table::write);
    return 0;
  }

  private Map<String, Taken> measure(int length) throws InterruptedException {
    Map<String, Taken> all = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      try (Scratch scratch = Scratch.make("cw-bench-texts")) {
        LongRun run =
            new LongRun(new LongText(length), rollouts, scratch.folder(), console.clock());
        for (LongRun.Stage stage : run.stages()) {
          all.put(stage.name(), take(stage, all.getOrDefault(stage.name(), Taken.NONE)));
        }
      }
    }
    return all;
  }

  private Taken take(LongRun.Stage stage, Taken before) throws InterruptedException {
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    System.gc();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    Instant begun = console.clock().instant();
    String done = stage.work().run();
    double seconds = Duration.between(begun, console.clock().instant()).toNanos() / 1e9;
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    return before.plus(seconds, peak / MEBIBYTE, done);
  }

  private void say(String stage, int length, Taken taken, Optional<Taken> compared) {
    String tokens = Numbers.count(length) + " tokens";
    table.add(new BenchTable.Row(tokens, stage + ", s", "", taken.seconds()), taken.done());
    table.add(new BenchTable.Row(tokens, stage + ", MiB", "", taken.mebibytes()), taken.done());
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%-14s %-13s s %-32s MiB %-32s %-18s %s",
                tokens,
                stage,
                BenchTable.spread(taken.seconds()),
                BenchTable.spread(taken.mebibytes()),
                taken.done(),
                compared.map(other -> ratios(taken, other)).orElse("")));
  }

  private static String ratios(Taken taken, Taken first) {
    return "x "
        + Numbers.fine(median(taken.seconds()) / median(first.seconds()))
        + " s, x "
        + Numbers.fine(median(taken.mebibytes()) / median(first.mebibytes()))
        + " MiB";
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
