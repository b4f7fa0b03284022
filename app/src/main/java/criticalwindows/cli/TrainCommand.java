package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.error.UserError;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.HeldOut;
import criticalwindows.finetune.Objective;
import criticalwindows.finetune.Objectives;
import criticalwindows.finetune.Training;
import criticalwindows.finetune.TrainingFolder;
import criticalwindows.finetune.TrainingMemory;
import criticalwindows.finetune.TrainingRecord;
import criticalwindows.finetune.TrainingSettings;
import criticalwindows.finetune.WhiteBox;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.gguf.DecoderFile;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.reading.TrainingRows;
import criticalwindows.reading.Wording;
import criticalwindows.run.Interrupts;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cw train`: a model learns from rows of token ids or texts.
@Command(
    name = "train",
    description = {
      "Trains a model on rows that cw export weights, pairs or prefixes has written, on preference"
          + " pairs as TRL has them, or on conversations, a JSON object a line. Out comes a LoRA"
          + " adapter, as a PEFT folder (for vLLM) and as a GGUF file (for cw and llama.cpp), the"
          + " model with it added, and the loss as a figure and as numbers. Stopped or killed, it"
          + " goes on with --resume to the same weights."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  cw demo --out runs/demo",
      "  cw export weights runs/demo --rule window --json data/demo",
      "  cw train data/demo/weights.jsonl --epochs 20 --out trained/demo",
      "",
      "  cw run cot --problems 20 --adaptive --out runs/before",
      "  cw export weights runs/before --rule window --json data/window",
      "  cw train data/window/weights.jsonl --out trained/window",
      "  cw run cot --problems 20 --adaptive --adapter trained/window/adapter.gguf --out"
          + " runs/after",
      "  cw compare runs/before runs/after",
      "",
      "  cw train pairs.jsonl --objective dpo --lora 8 --out trained/pairs",
      "  cw train --resume trained/pairs"
    })
final class TrainCommand implements Callable<Integer> {
  private final Console console;
  private final Optional<WhiteBoxes> boxes;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DATA",
      arity = "0..*",
      description = "Files of rows, all of one kind; every row counts.")
  List<Path> data = List.of();

  @Option(names = "--out", paramLabel = "DIR", description = "A new folder for all that comes out.")
  Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with a training that was stopped; nothing else is given.")
  Optional<Path> resume = Optional.empty();

  @Mixin TrainModelOptions model = new TrainModelOptions();
  @Mixin TrainStepOptions steps = new TrainStepOptions();

  @Option(
      names = "--ask",
      paramLabel = "TEXT",
      defaultValue = "",
      description = {
        "With rows of prefixes and counts: what is asked after each prefix, before the name of a"
            + " class is foretold."
      })
  String ask = "";

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "The most memory to take, such as 4G (default: half of the machine's).")
  Optional<String> memory = Optional.empty();

  TrainCommand(Console console, Optional<WhiteBoxes> boxes) {
    this.console = console;
    this.boxes = boxes;
  }

  @Override
  public Integer call() throws InterruptedException {
    WhiteBoxes opener = WhiteBoxes.required(boxes, "train");
    List<String> given = given();
    if (resume.isPresent()) {
      return resumed(opener, resume.get(), given);
    }
    Path folder = out.orElseThrow(() -> new UserError("no --out", "name a new folder"));
    if (data.isEmpty()) {
      throw new UserError("no file of rows", "name one; cw export weights RUN makes such a file");
    }
    requireNew(folder);
    Lessons lessons = lessons();
    TrainingRecord record = new TrainingRecord(given, Version.number(), lessons.hashes(), false);
    train(opener, folder, record, lessons);
    return 0;
  }

  /// What was said behind the command's name.
  private List<String> given() {
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    return words.subList(words.indexOf(spec.name()) + 1, words.size());
  }

  private Integer resumed(WhiteBoxes opener, Path folder, List<String> given)
      throws InterruptedException {
    if (given.size() != 2) {
      throw new UserError(
          "--resume with other options", "a training goes on as it was begun: give --resume alone");
    }
    TrainingRecord record = TrainingRecord.read(folder);
    if (record.finished()) {
      throw new UserError(
          folder + " has come to its end", "its results are there; train into a new folder");
    }
    TrainCommand begun = new TrainCommand(console, boxes);
    CommandLine line = new CommandLine(begun);
    OptionWords.register(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.parseArgs(record.arguments().toArray(String[]::new));
    Lessons lessons = begun.lessons();
    record.require(lessons.hashes());
    begun.train(opener, folder, record, lessons);
    return 0;
  }

  /// What is learnt from, by what model.
  ///
  /// @param hashes of all files that were read
  private record Lessons(
      Path model,
      DecoderConfig config,
      List<Example> examples,
      Objective objective,
      Map<String, String> hashes) {}

  private Lessons lessons() throws InterruptedException {
    check();
    Path path = model.path();
    DecoderConfig config;
    try (DecoderFile file = DecoderFile.open(path)) {
      config = file.config();
    }
    List<Example> examples = new ArrayList<>();
    try (Words words = Words.of(path)) {
      TrainingRows.Reader reader =
          new TrainingRows.Reader(
              config.shape().vocabulary(), config.shape().context(), words.wording(), ask);
      for (Path file : data) {
        examples.addAll(TrainingRows.read(file, reader));
      }
    }
    List<Path> read = new ArrayList<>(data);
    read.add(path);
    return new Lessons(path, config, examples, objective(examples), TrainingRecord.hashes(read));
  }

  /// Whatever is wrong with options is said before anything is read.
  private void check() {
    steps.settings(1);
    steps.share();
    steps.objective.ifPresent(name -> Objectives.named(name, steps.numbers()));
    model.options(steps.seed);
    budget();
  }

  private Objective objective(List<Example> examples) {
    Example.Kind kind = examples.getFirst().kind();
    Objectives.Numbers numbers = steps.numbers();
    Objective objective =
        steps
            .objective
            .map(name -> Objectives.named(name, numbers))
            .orElseGet(() -> Objectives.usual(kind, numbers));
    for (Example example : examples) {
      if (objective.kind() != example.kind()) {
        throw new UserError(
            example.place()
                + " is of "
                + example.kind().words()
                + ", and "
                + objective.name()
                + " takes "
                + objective.kind().words(),
            "name another --objective, or other data");
      }
    }
    return objective;
  }

  /// The words of a model that has them: a GGUF file holds a tokenizer and a chat template.
  private record Words(Optional<LlamaModel> model) implements AutoCloseable {
    static Words of(Path path) {
      return new Words(
          Files.isDirectory(path)
              ? Optional.empty()
              : Optional.of(
                  LlamaModel.open(
                      path,
                      LlamaOptions.defaults()
                          .withThreads(1)
                          .withAttention(LlamaOptions.Attention.FLASH))));
    }

    Optional<Wording> wording() {
      return model.map(Wording::new);
    }

    @Override
    public void close() {
      model.ifPresent(LlamaModel::close);
    }
  }

  private static void requireNew(Path folder) {
    if (Files.exists(folder)) {
      throw new UserError(
          folder + " is there already",
          TrainingRecord.isIn(folder)
              ? "go on with it: cw train --resume " + folder + ", or name a new one"
              : "name a new folder");
    }
  }

  private void train(WhiteBoxes opener, Path folder, TrainingRecord record, Lessons lessons)
      throws InterruptedException {
    WhiteBoxes.Options options = model.options(steps.seed);
    HeldOut parts = HeldOut.split(lessons.examples(), steps.share(), steps.seed);
    TrainingSettings settings = steps.settings(parts.train().size());
    TrainResults results = new TrainResults(lessons.model(), folder, model);
    TrainingMemory needed =
        new TrainingMemory(lessons.config(), options.lora(), options.precision());
    TrainPlan plan = TrainPlan.of(needed, lessons.examples(), budget());
    say(lessons, parts, settings);
    console.out().println("memory    " + plan);
    record.write(folder);
    TrainingFolder kept = new TrainingFolder(folder);
    String advice = "stopped; every step is kept\ngo on with: cw train --resume " + folder;
    try (WhiteBox box = opener.open(lessons.model(), options)) {
      Training.Task task =
          new Training.Task(box, lessons.objective(), settings, parts, plan.most());
      Interrupts guard = Interrupts.guard(console.stopped(advice));
      TrainingLine line = new TrainingLine(console);
      try (guard) {
        new Training(task, kept, line).run();
      } catch (UserError e) {
        line.left();
        throw e;
      }
      results.write(box);
    }
    results.figure(lessons.objective().name());
    record.ended().write(folder);
    kept.clear();
    results.say(console);
  }

  private long budget() {
    return memory.map(EngineOptions::bytes).orElseGet(() -> LlamaOptions.defaults().memoryBytes());
  }

  private void say(Lessons lessons, HeldOut parts, TrainingSettings settings) {
    long tokens = parts.train().stream().mapToLong(Example::tokens).sum();
    Objective objective = lessons.objective();
    console
        .out()
        .println(
            "model     "
                + TerminalText.line(model.model)
                + ": "
                + lessons.config().architecture()
                + ", "
                + model.trained());
    console
        .out()
        .println(
            "data      "
                + Numbers.count(parts.train().size())
                + " "
                + objective.kind().words()
                + ", "
                + Numbers.count(tokens)
                + " tokens; "
                + Numbers.count(parts.test().size())
                + " more are held out");
    console
        .out()
        .println(
            "objective "
                + objective.name()
                + ", "
                + Numbers.count(settings.steps(parts.train().size()))
                + " steps of "
                + settings.batch()
                + " rows");
  }
}
