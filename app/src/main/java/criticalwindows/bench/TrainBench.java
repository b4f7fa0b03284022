package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.finetune.AdamW;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.HeldOut;
import criticalwindows.finetune.Objectives;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Schedule;
import criticalwindows.finetune.Targets;
import criticalwindows.finetune.Training;
import criticalwindows.finetune.TrainingFolder;
import criticalwindows.finetune.TrainingMemory;
import criticalwindows.finetune.TrainingSettings;
import criticalwindows.finetune.WhiteBox;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.finetune.WhiteBoxes.Precision;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.gguf.DecoderFile;
import criticalwindows.gguf.RandomLlama;
import criticalwindows.hub.ModelFiles;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import criticalwindows.model.Tokens;
import criticalwindows.view.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cw bench train`: training against its own matrix products, and against a bare loop.
@Command(
    name = "train",
    description = {
      "Measures training, each as a ratio within one run: forward and backward against the same"
          + " matrix products alone; the whole of cw train against a bare loop on the same texts;"
          + " peak memory against the plan; and one epoch over responses to 400 problems. Leave"
          + " the machine alone meanwhile."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw bench train",
      "  cw bench train --models base --rounds 5 --threads 2 --json train.json"
    })
final class TrainBench implements Callable<Integer> {
  private static final int LENGTH = 128;
  private static final int BATCH = 8;
  private static final int PROBLEMS = 400;
  private static final AdamW ADAM = new AdamW(.9, .999, 1e-8, 0, 1);

  private final Console console;
  private final Optional<WhiteBoxes> boxes;
  private final BenchTable table = new BenchTable();

  @Option(
      names = "--models",
      split = ",",
      defaultValue = "base,B",
      description = "Of base and B (124 M random weights) (default: ${DEFAULT-VALUE}).")
  List<String> models = new ArrayList<>();

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Repetitions of each pair (default: ${DEFAULT-VALUE}).")
  int rounds = 3;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that compute (default: ${DEFAULT-VALUE}).")
  int threads = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers there too.")
  Optional<Path> json = Optional.empty();

  TrainBench(Console console, Optional<WhiteBoxes> boxes) {
    this.console = console;
    this.boxes = boxes;
  }

  @Override
  public Integer call() throws InterruptedException {
    WhiteBoxes opener = WhiteBoxes.required(boxes, "bench train");
    for (String model : models) {
      switch (model) {
        case "base" -> {
          Path file = ModelFiles.standard().find(ModelFiles.BASE);
          measure(opener, model, file);
          epoch(opener, file);
        }
        case "B" -> random(opener);
        default -> throw UserError.unknown("model to bench", model, List.of("base", "B"));
      }
    }
    json.ifPresent(table::write);
    return 0;
  }

  private void random(WhiteBoxes opener) throws InterruptedException {
    try {
      Path file = Files.createTempFile("cw-bench-B", ".gguf");
      try {
        RandomLlama.write(file, RandomLlama.LARGE, 1);
        measure(opener, "B", file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the model to measure cannot be written", e);
    }
  }

  private void measure(WhiteBoxes opener, String name, Path file) throws InterruptedException {
    DecoderConfig config;
    try (DecoderFile decoder = DecoderFile.open(file)) {
      config = decoder.config();
    }
    List<Example> batch = examples(config, BATCH);
    loop(opener, name, file, batch);
    peak(name, config);
    for (Precision precision : Precision.values()) {
      WhiteBoxes.Options options = new WhiteBoxes.Options(Optional.empty(), precision, threads, 1);
      products(opener, name, file, new Task(config, options, batch));
    }
  }

  private record Task(DecoderConfig config, WhiteBoxes.Options options, List<Example> batch) {
    int tokens() {
      return batch.stream().mapToInt(Example::tokens).sum();
    }
  }

  /// Texts of random tokens, each token of which counts the same.
  private static List<Example> examples(DecoderConfig config, int count) {
    SplittableRandom random = new SplittableRandom(5);
    int[] places = IntStream.range(0, LENGTH - 1).toArray();
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = random.ints(LENGTH, 0, config.shape().vocabulary()).toArray();
      Targets targets = new Targets(places, Arrays.copyOfRange(ids, 1, LENGTH));
      examples.add(
          new Example(
              "text " + i,
              "text " + i,
              Example.Kind.WEIGHTED,
              List.of(new Passage(Tokens.of(ids), targets))));
    }
    return examples;
  }

  private static List<Passage> passages(List<Example> examples) {
    return examples.stream().flatMap(example -> example.passages().stream()).toList();
  }

  private void products(WhiteBoxes opener, String name, Path file, Task task) {
    List<Double> ratios = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    try (WhiteBox box = opener.open(file, task.options());
        WhiteBoxes.Products products =
            opener.products(task.config(), task.tokens(), task.options())) {
      bare(box, task.batch());
      products.run();
      for (int i = 0; i < rounds; i++) {
        double least = seconds(products::run);
        double ours = seconds(() -> bare(box, task.batch()));
        ratios.add(least / ours);
        rates.add(task.tokens() / ours);
      }
    }
    boolean held = task.options().precision() == Precision.FLOAT32;
    String type = task.options().precision().name().toLowerCase(Locale.ROOT);
    say(
        new BenchTable.Row(
            name,
            "matrix products alone / forward and backward, " + type,
            held ? ">= 0.35" : "",
            ratios),
        BenchTable.spread(rates) + " tokens/s, all weights");
  }

  /// Forward and backward with nothing around it: every target's log-probability is to rise.
  private static void bare(WhiteBox box, List<Example> batch) {
    box.accumulate(
        passages(batch),
        logProbs ->
            logProbs.stream()
                .map(
                    found -> {
                      float[] all = new float[found.length];
                      Arrays.fill(all, -1f / (LENGTH * BATCH));
                      return all;
                    })
                .toList());
  }

  private double seconds(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e9;
  }

  /// All that cw train does in some steps, against the same steps by hand.
  private void loop(WhiteBoxes opener, String name, Path file, List<Example> batch)
      throws InterruptedException {
    int steps = name.equals("B") ? 3 : 12;
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      double bare;
      try (WhiteBox box = opener.open(file, adapter())) {
        bare(box, batch);
        box.step(new AdamW.Step(ADAM, 1e-4));
        bare =
            seconds(
                () -> {
                  for (int step = 0; step < steps; step++) {
                    bare(box, batch);
                    box.step(new AdamW.Step(ADAM, 1e-4));
                  }
                });
      }
      ratios.add(bare / trained(opener, file, batch, steps));
    }
    say(
        new BenchTable.Row(name, "bare loop's time / cw train's, LoRA, float32", ">= 0.9", ratios),
        steps + " steps of " + BATCH + " texts of " + LENGTH + " tokens, with a checkpoint");
  }

  /// What was held at once so far, of which the loop before has taken most.
  private void peak(String name, DecoderConfig config) {
    TrainingMemory memory = new TrainingMemory(config, adapter().lora(), adapter().precision());
    long heap = Runtime.getRuntime().totalMemory();
    long tokens = (long) BATCH * LENGTH;
    long plan = heap + memory.peak(new TrainingMemory.Load(tokens, LENGTH, tokens));
    BenchTable.peakBytes()
        .ifPresent(
            peak ->
                say(
                    new BenchTable.Row(
                        name,
                        "peak memory / plan, LoRA, float32",
                        "<= 1",
                        List.of((double) peak / plan)),
                    Numbers.count(peak >> 20) + " of " + Numbers.count(plan >> 20) + " MiB"));
  }

  private WhiteBoxes.Options adapter() {
    LoraConfig lora = new LoraConfig(16, 32, EnumSet.allOf(Projection.class));
    return new WhiteBoxes.Options(Optional.of(lora), Precision.FLOAT32, threads, 1);
  }

  private double trained(WhiteBoxes opener, Path file, List<Example> data, int epochs)
      throws InterruptedException {
    TrainingSettings settings =
        new TrainingSettings(epochs, BATCH, ADAM, new Schedule(1e-4, 0, 1), 1, epochs, epochs);
    try (WhiteBox box = opener.open(file, adapter())) {
      bare(box, data.subList(0, BATCH));
      box.step(new AdamW.Step(ADAM, 1e-4));
      try (Scratch scratch = Scratch.make("cw-bench-train")) {
        Training.Task task =
            new Training.Task(
                box,
                Objectives.named("cross-entropy", Objectives.Numbers.STANDARD),
                settings,
                new HeldOut(data, List.of()),
                BATCH * LENGTH);
        long begun = System.nanoTime();
        new Training(task, new TrainingFolder(scratch.folder()), state -> {}).run();
        return (System.nanoTime() - begun) / 1e9;
      }
    }
  }

  /// One epoch over as many texts as a study has, of the length of the built-in model's replies.
  private void epoch(WhiteBoxes opener, Path file) throws InterruptedException {
    DecoderConfig config;
    try (DecoderFile decoder = DecoderFile.open(file)) {
      config = decoder.config();
    }
    double seconds = trained(opener, file, examples(config, PROBLEMS), 1);
    say(
        new BenchTable.Row(
            "base",
            "minutes of an epoch over " + PROBLEMS + " texts",
            "<= 5",
            List.of(seconds / 60)),
        Numbers.count(Math.round(PROBLEMS * LENGTH / seconds)) + " tokens/s, LoRA, float32");
  }

  private void say(BenchTable.Row row, String note) {
    table.add(row, note);
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%-5s %-62s %-24s %-7s %s",
                row.model(),
                row.what(),
                BenchTable.spread(row.values()),
                row.bar(),
                note));
  }
}
