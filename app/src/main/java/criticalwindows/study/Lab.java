package criticalwindows.study;

import criticalwindows.activation.HookPoint;
import criticalwindows.finetune.AdamW;
import criticalwindows.finetune.HeldOut;
import criticalwindows.finetune.Schedule;
import criticalwindows.finetune.Training;
import criticalwindows.finetune.TrainingFolder;
import criticalwindows.finetune.TrainingSettings;
import criticalwindows.finetune.WhiteBox;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaActivations;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.llamacpp.Steering;
import criticalwindows.lora.AdapterGguf;
import criticalwindows.lora.BaseModel;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import criticalwindows.probe.ProbeFitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What studies work with: models to sample from and to train. Each model computes with one thread,
/// so what comes out does not depend on how many repetitions run side by side.
///
/// @param fits what fits models and probes
/// @param files of the built-in models
/// @param scratch a folder for files that are of no use afterwards
/// @param clock for committing long waves; nothing that is measured depends on it
/// @param shared what [#once] has made
public record Lab(
    Fits fits, ModelFiles files, Path scratch, InstantSource clock, Map<String, Object> shared) {
  private static final AdamW ADAM = new AdamW(.9, .999, 1e-8, 0, 1);
  private static final double WARM_UP = .1;
  private static final int TOKENS_AT_ONCE = 4096;
  private static final long MEMORY = 1L << 30;

  /// What fits by gradients.
  ///
  /// @param boxes opens models to be trained
  /// @param probes fits probes
  public record Fits(WhiteBoxes boxes, ProbeFitter probes) {}

  /// Asks a model that was trained.
  ///
  /// @param <T> what is learnt of it
  @FunctionalInterface
  public interface Use<T> {
    /// @param box as training left it
    /// @param adapter its file, for [Lab#engine(String, Path)]; it is gone when this returns
    T of(WhiteBox box, Path adapter) throws InterruptedException;
  }

  /// Makes what all repetitions share, such as the texts that all of them are measured on: the
  /// first one that asks makes it, and the others wait for that.
  ///
  /// @param name of what it is
  /// @param kind of what it is
  public <T> T once(String name, Class<T> kind, Making<T> making) throws InterruptedException {
    synchronized (shared) {
      Object made = shared.get(name);
      if (made == null) {
        made = making.make();
        shared.put(name, made);
      }
      return kind.cast(made);
    }
  }

  /// Makes something that takes a while.
  @FunctionalInterface
  public interface Making<T> {
    T make() throws InterruptedException;
  }

  /// The file of a built-in model.
  public Path file(String model) {
    return files.find(model);
  }

  /// A built-in model to sample from.
  public LlamaModel engine(String model) {
    return LlamaModel.open(file(model), options());
  }

  /// The same with an adapter.
  public LlamaModel engine(String model, Path adapter) {
    return LlamaModel.open(file(model), options().withAdapter(adapter));
  }

  /// The same with something added to its residual stream.
  public LlamaModel engine(String model, Steering steering) {
    return LlamaModel.open(file(model), options().withSteering(steering));
  }

  /// A built-in model whose activations are read, one text at a time.
  ///
  /// @param hooks where vectors are read
  /// @param tokens of the longest text
  public LlamaActivations reader(String model, List<HookPoint> hooks, int tokens) {
    return LlamaActivations.open(
        file(model), options(), new LlamaActivations.Room(hooks, 1, tokens));
  }

  private static LlamaOptions options() {
    return LlamaOptions.defaults()
        .withThreads(1)
        .withMemory(MEMORY)
        .withAttention(LlamaOptions.Attention.FLASH);
  }

  /// A built-in model with gradients and a fresh adapter, as it is before training.
  ///
  /// @param seed of the adapter's first numbers
  public WhiteBox whiteBox(String model, int rank, long seed) {
    LoraConfig lora = new LoraConfig(rank, 2 * rank, EnumSet.allOf(Projection.class));
    return fits.boxes.open(
        file(model),
        new WhiteBoxes.Options(Optional.of(lora), WhiteBoxes.Precision.FLOAT32, 1, seed));
  }

  /// Trains an adapter, and asks the model that came out.
  ///
  /// @throws InterruptedException if the thread is interrupted
  public <T> T taught(Teaching teaching, Use<T> use) throws InterruptedException {
    try (WhiteBox box = whiteBox(teaching.model(), teaching.rank(), teaching.seed())) {
      Path folder = folder();
      try {
        train(box, teaching, folder);
        Path adapter = folder.resolve("adapter.gguf");
        AdapterGguf.write(
            box.adapter().orElseThrow(), BaseModel.open(file(teaching.model())), adapter);
        return use.of(box, adapter);
      } finally {
        delete(folder);
      }
    }
  }

  private static void train(WhiteBox box, Teaching teaching, Path folder)
      throws InterruptedException {
    TrainingSettings settings =
        new TrainingSettings(
            teaching.epochs(),
            teaching.batch(),
            ADAM,
            new Schedule(teaching.rate(), WARM_UP, 0),
            teaching.seed(),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);
    Training.Task task =
        new Training.Task(
            box,
            teaching.objective(),
            settings,
            new HeldOut(teaching.examples(), List.of()),
            TOKENS_AT_ONCE);
    new Training(task, new TrainingFolder(folder), state -> {}).run();
  }

  private Path folder() {
    try {
      return Files.createTempDirectory(scratch, "training");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
