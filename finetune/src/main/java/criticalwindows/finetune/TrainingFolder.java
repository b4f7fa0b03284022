package criticalwindows.finetune;

import criticalwindows.disk.Durable;
import criticalwindows.disk.LineFile;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a training keeps on disk: `loss.jsonl`, `held-out.jsonl`, and its last checkpoint,
/// `checkpoint-STEP.safetensors`. A checkpoint is there whole or not at all.
public final class TrainingFolder {
  private static final Pattern CHECKPOINT =
      Pattern.compile("checkpoint-([0-9]{1,9})\\.safetensors");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final LineFile losses;
  private final LineFile heldOut;

  /// @param folder that is there
  public TrainingFolder(Path folder) {
    this.folder = folder;
    losses = new LineFile(folder.resolve("loss.jsonl"));
    heldOut = new LineFile(folder.resolve("held-out.jsonl"));
  }

  /// The step of the last checkpoint; absent where there is none yet.
  ///
  /// @throws UserError if the folder cannot be read
  public Optional<Integer> lastStep() {
    return checkpoints().stream().max(Integer::compare);
  }

  private List<Integer> checkpoints() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> CHECKPOINT.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .map(name -> Integer.valueOf(name.group(1)))
          .toList();
    } catch (IOException e) {
      throw Durable.unreadable(folder, e);
    }
  }

  private Path checkpoint(int step) {
    return folder.resolve("checkpoint-" + step + ".safetensors");
  }

  /// Takes the model to the last checkpoint, and forgets what was written after it.
  ///
  /// @return the number of steps that it has made
  /// @throws UserError if a file is damaged or of another training
  int restore(WhiteBox model) {
    int step = lastStep().orElse(0);
    if (step > 0) {
      model.load(checkpoint(step));
    }
    try {
      keep(losses, losses().stream().map(LossRow::json).toList(), step);
      keep(heldOut, heldOut().stream().map(ItemLoss::json).toList(), step);
    } catch (IOException e) {
      throw Durable.unwritable(folder, e);
    }
    return step;
  }

  private static void keep(LineFile file, List<ObjectNode> rows, int last) throws IOException {
    // Without a checkpoint all begins again, with the loss before the first step.
    List<ObjectNode> kept =
        rows.stream().filter(row -> last > 0 && row.get("step").asInt() <= last).toList();
    if (kept.size() < rows.size()) {
      Durable.write(file.file(), lines(kept));
    }
  }

  /// Keeps the model as it is after a step; the checkpoint before it goes.
  ///
  /// @throws UserError if the disk is full; the checkpoint before is still there then
  void save(WhiteBox model, int step) {
    model.save(checkpoint(step));
    checkpoints().stream()
        .filter(other -> other != step)
        .map(this::checkpoint)
        .forEach(Durable::discard);
  }

  /// Removes the checkpoints of a training that has come to its end.
  public void clear() {
    checkpoints().stream().map(this::checkpoint).forEach(Durable::discard);
  }

  void add(LossRow row) {
    append(losses, List.of(row.json()));
  }

  void add(List<ItemLoss> rows) {
    if (!rows.isEmpty()) {
      append(heldOut, rows.stream().map(ItemLoss::json).toList());
    }
  }

  private static void append(LineFile file, List<ObjectNode> rows) {
    try {
      file.append(lines(rows));
    } catch (IOException e) {
      throw Durable.unwritable(file.file(), e);
    }
  }

  private static String lines(List<ObjectNode> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row).append('\n'));
    return text.toString();
  }

  /// The loss at each step so far, in order.
  public List<LossRow> losses() {
    return rows(losses, LossRow::of);
  }

  /// The losses of held-out items so far, in order.
  public List<ItemLoss> heldOut() {
    return rows(heldOut, ItemLoss::of);
  }

  private static <T> List<T> rows(LineFile file, Function<JsonNode, T> kind) {
    List<T> rows = new ArrayList<>();
    try {
      for (String line : file.read()) {
        rows.add(kind.apply(JSON.readTree(line)));
      }
    } catch (IOException e) {
      throw Durable.unreadable(file.file(), e);
    } catch (JacksonException e) {
      throw new UserError(
          file.file() + " line " + (rows.size() + 1) + " is none that a training writes",
          "remove the line, or train into a new folder",
          e);
    }
    return rows;
  }
}
