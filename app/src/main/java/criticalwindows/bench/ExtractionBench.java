package criticalwindows.bench;

import criticalwindows.activation.Extraction;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Places;
import criticalwindows.activation.Site;
import criticalwindows.activation.WantedText;
import criticalwindows.error.UserError;
import criticalwindows.gguf.RandomLlama;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.EngineBench;
import criticalwindows.llamacpp.LlamaActivations;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Tokens;
import criticalwindows.vectors.ActivationsFolder;
import criticalwindows.vectors.ExtractionPlan;
import criticalwindows.vectors.PartedExtraction;
import criticalwindows.vectors.Precision;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// What activations cost: the time to read them and write them to files, beside the time in which
/// the engine reads the same texts with the same threads, by turns.
final class ExtractionBench {
  private static final int TEXTS = 8;
  private static final int PROMPT = 40;
  private static final int CUTS = 12;

  private final LlamaOptions options;
  private final int rounds;

  /// A model that is measured.
  ///
  /// @param length tokens of a text
  private record Subject(String name, Path file, int length) {}

  /// A measurement, and what else there is to say.
  record Measured(BenchTable.Row row, String note) {}

  /// @param rounds of each pair, at least 1; one more before them does not count
  ExtractionBench(LlamaOptions options, int rounds) {
    this.options = options;
    this.rounds = rounds;
  }

  /// The ratios of a model.
  ///
  /// @param name base, or S for 15.7 million random weights
  List<Measured> of(String name) throws InterruptedException {
    if (name.equals("base")) {
      return of(new Subject(name, ModelFiles.standard().find(ModelFiles.BASE), 200));
    }
    if (!name.equals("S")) {
      throw UserError.unknown("model to bench", name, List.of("base", "S"));
    }
    try (Scratch scratch = Scratch.make("cw-bench-activations")) {
      Path file = scratch.folder().resolve("S.gguf");
      RandomLlama.write(file, RandomLlama.SMALL, 1);
      return of(new Subject(name, file, 500));
    }
  }

  private List<Measured> of(Subject subject) throws InterruptedException {
    try (LlamaModel model = LlamaModel.open(subject.file, options)) {
      List<HookPoint> all =
          IntStream.rangeClosed(1, model.layers())
              .mapToObj(layer -> new HookPoint(Site.RESIDUAL, layer))
              .toList();
      Work cuts = new Work("all layers at cuts", all, new Places.Cuts());
      Work every = new Work("every token of the middle layer", middle(all), new Places.Every(1));
      Work last = new Work("every token of the last layer", last(all), new Places.Every(1));
      List<Measured> measured = new ArrayList<>();
      measured.add(compare(subject, model, cuts, "<= 1.15"));
      measured.add(compare(subject, model, every, "<= 1.4"));
      measured.add(compare(subject, model, last, "<= 1.4"));
      return measured;
    }
  }

  private static List<HookPoint> middle(List<HookPoint> all) {
    return List.of(all.get(all.size() / 2 - 1));
  }

  private static List<HookPoint> last(List<HookPoint> all) {
    return List.of(all.getLast());
  }

  /// What is read.
  private record Work(String what, List<HookPoint> hooks, Places places) {}

  private Measured compare(Subject subject, LlamaModel model, Work work, String bar)
      throws InterruptedException {
    List<WantedText> texts = texts(model, subject.length, work.places);
    List<Tokens> plain = texts.stream().map(text -> text.prompt().plus(text.response())).toList();
    int readers = LlamaActivations.beside(subject.file, options);
    Deque<LlamaActivations> open = new ArrayDeque<>();
    try {
      for (int i = 0; i < readers; i++) {
        open.add(
            LlamaActivations.open(
                subject.file,
                options.withThreads(options.threads() / readers),
                new LlamaActivations.Room(work.hooks, 1, subject.length)));
      }
      List<Double> ratios = new ArrayList<>();
      List<Double> rates = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        double read = EngineBench.scheduled(model, plain, 1, 1).total().toNanos();
        double taken = extract(model, work, texts, open);
        if (round > 0) {
          ratios.add(taken / read);
          rates.add(1e9 * TEXTS * subject.length / taken);
        }
      }
      return new Measured(
          new BenchTable.Row(subject.name, work.what + " / plain prefill", bar, ratios),
          BenchTable.spread(rates) + " tokens/s");
    } finally {
      open.forEach(LlamaActivations::close);
    }
  }

  /// Texts by chance, which have nothing in common: sharing would be no measure of reading.
  private static List<WantedText> texts(LlamaModel model, int length, Places places) {
    SplittableRandom random = new SplittableRandom(5);
    int usual = model.vocabulary().size() - 300;
    List<WantedText> texts = new ArrayList<>();
    int written = length - PROMPT;
    List<Integer> cuts =
        IntStream.rangeClosed(1, CUTS).map(i -> written * i / CUTS).boxed().toList();
    for (int i = 0; i < TEXTS; i++) {
      Tokens prompt = Tokens.of(random.ints(PROMPT, 0, usual).toArray());
      Tokens response = Tokens.of(random.ints(written, 0, usual).toArray());
      List<Integer> kept = places.in(new Places.Extent(PROMPT, written, cuts));
      texts.add(new WantedText("text " + i, "bench", prompt, response, kept));
    }
    return Extraction.sorted(texts);
  }

  /// @return nanoseconds
  private long extract(
      LlamaModel model, Work work, List<WantedText> texts, Deque<LlamaActivations> open)
      throws InterruptedException {
    ExtractionPlan plan =
        ExtractionPlan.of(
            new ExtractionPlan.Subject(
                model.name(), "", LlamaModel.engineVersion(), "bench", work.places.word()),
            work.hooks,
            model.hiddenSize(),
            new ExtractionPlan.Content(
                texts, new ExtractionPlan.Keeping("safetensors", Precision.F32)));
    try (Scratch scratch = Scratch.make("cw-bench-activations")) {
      ActivationsFolder folder = ActivationsFolder.begin(scratch.folder(), plan);
      Deque<LlamaActivations> readers = new ArrayDeque<>(open);
      long began = System.nanoTime();
      new PartedExtraction(folder, () -> next(readers), written -> {}).run(readers.size());
      return System.nanoTime() - began;
    }
  }

  private static synchronized PartedExtraction.Source next(Deque<LlamaActivations> readers) {
    PartedExtraction.Source source = PartedExtraction.Source.of(readers.removeFirst());
    return new PartedExtraction.Source() {
      @Override
      public long read(List<WantedText> texts, Extraction.Sink sink) throws InterruptedException {
        return source.read(texts, sink);
      }

      @Override
      public void close() {}
    };
  }
}
