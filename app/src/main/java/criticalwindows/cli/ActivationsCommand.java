package criticalwindows.cli;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Places;
import criticalwindows.activation.WantedText;
import criticalwindows.console.AdapterOption;
import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.console.SteerOption;
import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaActivations;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.remote.Address;
import criticalwindows.run.Interrupts;
import criticalwindows.run.Manifests;
import criticalwindows.show.Redaction;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.vectors.ActivationsFolder;
import criticalwindows.vectors.ExtractionPlan;
import criticalwindows.vectors.PartFormats;
import criticalwindows.vectors.PartedExtraction;
import criticalwindows.vectors.PartedExtraction.Source;
import criticalwindows.vectors.Precision;
import criticalwindows.vectors.VllmStates;
import criticalwindows.view.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw activations`: what a model computes inside, in files.
@Command(
    name = "activations",
    description = {
      "Reads texts with a model, and writes the vectors that it computes inside, layer by layer, to"
          + " files: the responses of a run, or the texts of a file. No token is computed twice."
          + " Stopped, the same command goes on where it stopped."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "What is written, and how Python reads it: docs/activations.md",
      "",
      "Examples:",
      "  cw activations runs/study --out acts             the middle layer where the run sampled",
      "  cw activations runs/study --layers all --at every:8 --dtype f16 --out acts",
      "  cw activations chats.jsonl --at ends --site attention,mlp --model m.gguf --out acts",
      "  cw activations runs/study --vllm /dev/shm/hs --layers 8,16 --out acts"
    })
final class ActivationsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RUN|FILE",
      description = "A run's folder, or a file in any layout of cw run trace.")
  Path texts = Path.of("");

  @Mixin HookOptions hooks = new HookOptions();

  @Option(
      names = "--at",
      paramLabel = "PLACES",
      description = {
        "At which tokens: cuts, where the run sampled; every:K, the prompt's last token and every"
            + " K-th of the response; ends, the last ones of prompt and response; tokens:0,30, so"
            + " many tokens of the response (default: cuts for a run, ends for a file)."
      })
  Optional<String> at = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description = {
        "A built-in model or a GGUF file (default: the run's own; for a file, "
            + ModelFiles.BASE
            + ")."
      })
  Optional<String> model = Optional.empty();

  @Mixin AdapterOption adapter = new AdapterOption();

  @Mixin EngineOptions engine = new EngineOptions();

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "f32",
      description = "f32 or f16 (default: ${DEFAULT-VALUE}).")
  String type = "f32";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "safetensors",
      description = "safetensors or parquet (default: ${DEFAULT-VALUE}).")
  String format = "safetensors";

  @Option(
      names = "--vllm",
      paramLabel = "DIR",
      description = {
        "Compute nothing: take hidden states from the files that vLLM wrote there, of the layers"
            + " that --layers names."
      })
  Optional<Path> vllm = Optional.empty();

  @Option(
      names = "--no-redact",
      description = {
        "Allow it for runs of attacks, prefills and repeated words: the files hold their texts as"
            + " token ids."
      })
  boolean shown;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder for them, new or begun by the same command.")
  Path out = Path.of("");

  ActivationsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    boolean isRun = Files.isDirectory(texts);
    Places places = Places.parse(at.orElse(isRun ? "cuts" : "ends"));
    ExtractionPlan.Keeping keeping = new ExtractionPlan.Keeping(format, Precision.named(type));
    PartFormats.require(keeping);
    extract(isRun ? ofRun(places, keeping) : ofFile(places, keeping));
    return 0;
  }

  private Prepared ofRun(Places places, ExtractionPlan.Keeping keeping) {
    try (RunFolder run = RunFolder.open(texts)) {
      ActivationTexts.require(run);
      requireShown(run);
      Subject subject = subject(run.manifest());
      try (LlamaModel opened = subject.open()) {
        List<WantedText> wanted = ActivationTexts.of(run, opened, places);
        return prepared(subject, opened, places, new ExtractionPlan.Content(wanted, keeping));
      }
    }
  }

  private void requireShown(RunFolder run) {
    if (!shown && Redaction.of(run, Optional.empty()) == Redaction.BLURRED) {
      throw new UserError(
          "cw activations writes the texts of " + run.folder() + ", which are to be blurred",
          "say --no-redact if they may be written, as token ids");
    }
  }

  private Prepared ofFile(Places places, ExtractionPlan.Keeping keeping) {
    Subject subject = subject(model.orElse(ModelFiles.BASE), adapter.in(engine.options()));
    try (LlamaModel opened = subject.open()) {
      List<WantedText> wanted = ActivationTexts.of(console, texts, opened, places);
      return prepared(subject, opened, places, new ExtractionPlan.Content(wanted, keeping));
    }
  }

  /// The model whose vectors are read.
  private record Subject(Path file, LlamaOptions options) {
    /// For its vocabulary.
    LlamaModel open() {
      return LlamaModel.open(file, options);
    }
  }

  /// All that is known before anything is read.
  ///
  /// @param readers side by side
  /// @param layers of the model
  private record Prepared(ExtractionPlan plan, Supplier<Source> sources, int readers, int layers) {}

  /// The run's own model, unless another is named.
  private Subject subject(Manifest manifest) {
    LlamaOptions options = adapter.in(engine.options());
    if (model.isEmpty() && adapter.file.isEmpty()) {
      Optional<Path> added = manifest.subject().adapter().map(then -> Path.of(then.path()));
      options = added.map(options::withAdapter).orElse(options);
    }
    options = Manifests.chatTemplate(manifest).map(options::withChatTemplate).orElse(options);
    SteerOption own = new SteerOption();
    own.words = manifest.subject().steering().map(Manifest.SteeringFile::words);
    options = model.isEmpty() ? own.in(options) : options;
    return subject(model.orElse(manifest.subject().path()), options);
  }

  private Subject subject(String name, LlamaOptions options) {
    if (Address.isUrl(name)) {
      throw new UserError(
          "activations are computed here, and " + name + " is a server",
          "name the model's GGUF file with --model, or take files that vLLM wrote with --vllm DIR");
    }
    return new Subject(
        ModelFiles.standard().find(name), options.withAttention(LlamaOptions.Attention.FLASH));
  }

  private Prepared prepared(
      Subject subject, LlamaModel opened, Places places, ExtractionPlan.Content content) {
    if (vllm.isPresent()) {
      return ofVllm(opened, places, content);
    }
    List<HookPoint> points = hooks.in(opened.layers());
    ExtractionPlan plan =
        ExtractionPlan.of(
            named(opened, places, LlamaModel.engineVersion()),
            points,
            opened.hiddenSize(),
            content);
    requireContext(opened, plan);
    int readers = LlamaActivations.beside(subject.file, subject.options);
    LlamaOptions share = subject.options.withThreads(subject.options.threads() / readers);
    LlamaActivations.Room room = new LlamaActivations.Room(points, 1, plan.longest());
    return new Prepared(
        plan,
        () -> Source.of(LlamaActivations.open(subject.file, share, room)),
        readers,
        opened.layers());
  }

  private Prepared ofVllm(LlamaModel opened, Places places, ExtractionPlan.Content content) {
    Path folder = vllm.orElseThrow();
    List<HookPoint> given = hooks.ofVllm(opened.layers());
    VllmStates states = VllmStates.open(folder, given.size());
    if (states.width() != opened.hiddenSize()) {
      throw new UserError(
          "the vectors in "
              + folder
              + " have "
              + states.width()
              + " numbers, and those of "
              + opened.name()
              + " "
              + opened.hiddenSize(),
          "name the model that vLLM read, with --model");
    }
    states.require(content.texts());
    ExtractionPlan plan =
        ExtractionPlan.of(named(opened, places, "vLLM, " + folder), given, states.width(), content);
    return new Prepared(plan, () -> states, 1, opened.layers());
  }

  private ExtractionPlan.Subject named(LlamaModel opened, Places places, String reader) {
    return new ExtractionPlan.Subject(
        opened.name(),
        opened.provenance().getOrDefault("model sha256", ""),
        reader,
        texts.toString(),
        places.word());
  }

  private static void requireContext(LlamaModel opened, ExtractionPlan plan) {
    if (plan.longest() > opened.contextLength()) {
      throw new UserError(
          "the longest text has "
              + plan.longest()
              + " tokens up to its last place, and "
              + opened.name()
              + " reads "
              + opened.contextLength(),
          "leave that text out, or use a model with a longer context");
    }
  }

  private void extract(Prepared prepared) throws InterruptedException {
    ExtractionPlan plan = prepared.plan;
    ActivationsFolder folder = ActivationsFolder.begin(out, plan);
    announce(prepared, folder);
    Instant begun = console.clock().instant();
    String advice = "stopped; " + out + " keeps what was read, and the same command goes on";
    Heard heard = new Heard(plan.texts().size());
    Interrupts guard = Interrupts.guard(console.stopped(advice));
    long computed;
    try (guard) {
      computed = new PartedExtraction(folder, prepared.sources, heard::more).run(prepared.readers);
    }
    Duration took = Duration.between(begun, console.clock().instant());
    ActivationTables.Work work =
        new ActivationTables.Work(plan, computed, folder.bytes(), took.toMillis() / 1000.0);
    console.out().println("activations  " + folder);
    ActivationTables.lines(work, prepared.layers).forEach(console.out()::println);
  }

  /// What it takes is told before anything is read.
  private void announce(Prepared prepared, ActivationsFolder folder) {
    ExtractionPlan plan = prepared.plan;
    int there = plan.parts().size() - folder.missing().size();
    String begun = there + " of " + Numbers.count(plan.parts().size()) + " files are there";
    console
        .err()
        .println(
            Numbers.count(plan.places())
                + " places × "
                + plan.hooks().size()
                + " × "
                + Numbers.count(plan.width())
                + " numbers: "
                + Numbers.count(plan.bytes())
                + " bytes on the disk, and at most "
                + Numbers.count(prepared.readers * plan.partBytes())
                + " in memory beside the model"
                + (there == 0 ? "" : "; " + begun));
  }

  /// Says how far it is, where somebody watches.
  private final class Heard {
    private final int texts;
    private final AtomicInteger read = new AtomicInteger();

    private Heard(int texts) {
      this.texts = texts;
    }

    void more(int fresh) {
      int now = read.addAndGet(fresh);
      if (console.live()) {
        String line = Numbers.count(now) + " of " + Numbers.count(texts) + " texts";
        console.err().print("\r\u001b[K" + line + (now == texts ? "\n" : ""));
      }
    }
  }
}
