package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.finetune.WhiteBoxes.Precision;
import criticalwindows.gguf.ElementType;
import criticalwindows.hub.ModelFiles;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import criticalwindows.view.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// Which model is trained, and what of it.
final class TrainModelOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME|FILE|FOLDER",
      defaultValue = ModelFiles.BASE,
      description = {
        "A built-in model, a GGUF file (F32, F16, BF16 or Q8_0), or a folder with safetensors: a"
            + " Llama, Qwen 2 or Qwen 3 (default: ${DEFAULT-VALUE})."
      })
  String model = ModelFiles.BASE;

  @Option(
      names = "--lora",
      paramLabel = "RANK",
      defaultValue = "16",
      description = "The rank of the adapter that is trained (default: ${DEFAULT-VALUE}).")
  int rank = 16;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      description = "What it is scaled by, over the rank (default: twice the rank).")
  Optional<Double> alpha = Optional.empty();

  @Option(
      names = "--targets",
      paramLabel = "NAMES",
      split = ",",
      defaultValue = "q,k,v,o,gate,up,down",
      description = "The matrices that it changes in each layer (default: ${DEFAULT-VALUE}).")
  List<String> targets = List.of();

  @Option(
      names = "--all-weights",
      description = "Train all weights instead, which takes about four times the memory.")
  boolean all;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description = {
        "In which matrices are multiplied, float32 or bfloat16; the parameters themselves are"
            + " float32 (default: ${DEFAULT-VALUE})."
      })
  Precision precision = Precision.FLOAT32;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that compute (default: ${DEFAULT-VALUE}).")
  int threads = 1;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "f16",
      description = {
        "How the trained model's matrices are stored: f32, f16, bf16 or q8_0 (default:"
            + " ${DEFAULT-VALUE})."
      })
  ElementType type = ElementType.F16;

  @Option(
      names = "--adapter-only",
      description = "Write the adapter alone, and no copy of the model with it added.")
  boolean adapterOnly;

  /// The file or the folder.
  ///
  /// @throws UserError if there is none
  Path path() {
    Path folder = Path.of(model);
    return Files.isDirectory(folder) ? folder : ModelFiles.standard().find(model);
  }

  /// What the white box is opened with.
  ///
  /// @throws UserError if a value is none
  WhiteBoxes.Options options(long seed) {
    if (threads < 1 || threads > 512) {
      throw new UserError(threads + " threads", "name between 1 and 512 of them");
    }
    return new WhiteBoxes.Options(lora(), precision, threads, seed);
  }

  private Optional<LoraConfig> lora() {
    if (all) {
      if (adapterOnly) {
        throw new UserError(
            "--adapter-only with --all-weights, which trains no adapter", "give one of the two");
      }
      return Optional.empty();
    }
    double scale = alpha.orElse(2.0 * rank);
    if (rank < 1 || !(scale > 0) || Double.isInfinite(scale)) {
      throw new UserError("an adapter of rank " + rank + " and alpha " + scale, "both are above 0");
    }
    return Optional.of(new LoraConfig(rank, scale, projections()));
  }

  private Set<Projection> projections() {
    Set<Projection> found = EnumSet.noneOf(Projection.class);
    for (String target : targets) {
      String name = target.strip().toUpperCase(Locale.ROOT).replace("_PROJ", "");
      found.add(
          EnumSet.allOf(Projection.class).stream()
              .filter(projection -> projection.name().equals(name))
              .findFirst()
              .orElseThrow(() -> UserError.unknown("matrix to train", target, names())));
    }
    if (found.isEmpty()) {
      throw new UserError("an adapter that changes nothing", "name at least one of --targets");
    }
    return found;
  }

  private static List<String> names() {
    return EnumSet.allOf(Projection.class).stream()
        .map(projection -> projection.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toList());
  }

  /// What of the model is trained, in words.
  String trained() {
    return lora()
        .map(
            lora ->
                "LoRA rank "
                    + lora.rank()
                    + ", alpha "
                    + Numbers.bare(lora.alpha())
                    + " on "
                    + String.join(", ", targets))
        .orElse("all weights");
  }
}
