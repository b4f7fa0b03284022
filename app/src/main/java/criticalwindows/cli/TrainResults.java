package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.figure.Figure;
import criticalwindows.figure.LossFigure;
import criticalwindows.finetune.HeldOutLoss;
import criticalwindows.finetune.ItemLoss;
import criticalwindows.finetune.TrainingFolder;
import criticalwindows.finetune.WhiteBox;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.Tensor;
import criticalwindows.lora.Adapter;
import criticalwindows.lora.AdapterGguf;
import criticalwindows.lora.BaseModel;
import criticalwindows.lora.Merging;
import criticalwindows.lora.PeftFolder;
import criticalwindows.stats.PairedMeans;
import criticalwindows.view.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What comes out of a training.
///
/// @param base that was trained
/// @param folder of the training
/// @param options how the model is stored
record TrainResults(Path base, Path folder, TrainModelOptions options) {
  private static final double LEVEL = .95;

  /// Writes the adapter and the model.
  ///
  /// @throws criticalwindows.error.UserError if the disk is full; what was learnt is kept in a
  ///   checkpoint
  void write(WhiteBox box) {
    box.adapter().ifPresent(this::adapter);
    if (!options.adapterOnly) {
      List<Tensor> weights = box.weights();
      Merging.toFolder(base, weights, folder.resolve("model"), ElementType.F32);
      if (Merging.ggufObstacle(base).isEmpty()) {
        Merging.toGguf(base, weights, folder.resolve("model.gguf"), options.type);
      }
    }
  }

  private void adapter(Adapter adapter) {
    PeftFolder.write(adapter, options.model, folder.resolve("adapter"));
    AdapterGguf.write(adapter, BaseModel.open(base), folder.resolve("adapter.gguf"));
  }

  /// Draws the loss, where there is any.
  void figure(String objective) {
    TrainingFolder kept = new TrainingFolder(folder);
    Figure figure = LossFigure.of(objective, kept.losses(), HeldOutLoss.of(kept.heldOut()));
    figure.write(folder);
  }

  /// Says what was learnt, and where it is.
  void say(Console console) {
    heldOut().forEach(console.out()::println);
    console.out().println("wrote     " + folder);
    files().forEach(file -> console.out().println("          " + file));
    if (!options.adapterOnly) {
      Merging.ggufObstacle(base)
          .ifPresent(why -> console.out().println("no file   model.gguf: " + why));
    }
    console.out().println("next      cw run cot --model " + trained());
  }

  private String trained() {
    return options.all || Files.isDirectory(base)
        ? folder.resolve("model.gguf").toString()
        : options.model + " --adapter " + folder.resolve("adapter.gguf");
  }

  private List<String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    if (!options.all) {
      files.put("adapter", "LoRA for vLLM and PEFT");
      files.put("adapter.gguf", "LoRA for cw and llama.cpp");
    }
    if (!options.adapterOnly) {
      if (Merging.ggufObstacle(base).isEmpty()) {
        files.put("model.gguf", "the trained model, " + options.type);
      }
      files.put("model", "the trained model as safetensors, F32");
    }
    files.put("loss.svg", "the loss; its numbers in loss.csv");
    return files.entrySet().stream()
        .map(file -> String.format(Locale.ROOT, "%-12s  %s", file.getKey(), file.getValue()))
        .toList();
  }

  private List<String> heldOut() {
    List<ItemLoss> rows = new TrainingFolder(folder).heldOut();
    List<HeldOutLoss> losses = HeldOutLoss.of(rows);
    Optional<PairedMeans> change = HeldOutLoss.change(rows);
    if (change.isEmpty()) {
      return List.of("held out  nothing");
    }
    String interval =
        change.get().interval(LEVEL).map(range -> " " + Numbers.interval(range, 3)).orElse("");
    return List.of(
        "held out  loss "
            + Numbers.of(losses.getFirst().mean(), 3)
            + " before, "
            + Numbers.of(losses.getLast().mean(), 3)
            + " after: "
            + Numbers.of(change.get().estimate(), 3)
            + interval
            + (losses.getLast().items() == 1
                ? ", of one item"
                : ", the mean of "
                    + Numbers.count(losses.getLast().items())
                    + " items with its 95 % interval"));
  }
}
