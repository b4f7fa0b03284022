package criticalwindows.lora;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.Safetensors;
import criticalwindows.gguf.SafetensorsWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Adapters as Hugging Face's tools and vLLM take them: a folder with `adapter_config.json` and
/// `adapter_model.safetensors`. Names and layout are those of PEFT 0.20.
public final class PeftFolder {
  static final String WEIGHTS = "adapter_model.safetensors";

  private static final String BEFORE = "base_model.model.";
  private static final Pattern NAME =
      Pattern.compile(
          "base_model\\.model\\.model\\.layers\\.(\\d{1,4})\\.([\\w.]+)\\.lora_([AB])\\.weight");

  private PeftFolder() {}

  /// Writes an adapter, in single precision.
  ///
  /// @param base the model's name on the hub, or where its folder is, as PEFT keeps it
  /// @throws UserError if it cannot be written
  public static void write(Adapter adapter, String base, Path folder) {
    SafetensorsWriter.write(
        folder.resolve(WEIGHTS),
        Map.of("format", "pt"),
        adapter.pairs().stream()
            .flatMap(PeftFolder::named)
            .map(tensor -> new Stored(tensor, ElementType.F32))
            .toList());
    try {
      // Last, so that no folder looks whole before it is.
      Files.writeString(folder.resolve(PeftConfig.FILE), PeftConfig.of(adapter.config(), base));
    } catch (IOException e) {
      throw new UserError(
          folder.resolve(PeftConfig.FILE) + " cannot be written: " + Reason.of(e),
          "name a folder that you may write to, on a disk with free space",
          e);
    }
  }

  private static Stream<Tensor> named(Adapter.Pair pair) {
    String name = BEFORE + pair.projection().hfName(pair.layer());
    return Stream.of(
        pair.a().named(name + ".lora_A.weight"), pair.b().named(name + ".lora_B.weight"));
  }

  /// Reads a folder.
  static Found read(Path folder) {
    PeftConfig config = PeftConfig.read(folder);
    Path file = folder.resolve(WEIGHTS);
    if (!Files.exists(file)) {
      throw new UserError(
          "there is no " + WEIGHTS + " in " + folder,
          "save the adapter with PEFT's save_pretrained, which writes safetensors");
    }
    Safetensors weights = Safetensors.open(file);
    try {
      Pairs pairs = new Pairs(folder);
      for (String name : weights.names()) {
        put(weights, file, name, pairs);
      }
      if (pairs.rank() != config.rank()) {
        throw new UserError(
            folder + " has matrices of rank " + pairs.rank() + ", and says r " + config.rank(),
            "use the files of one adapter");
      }
      return new Found(pairs.adapter(config.alpha()), Home.PEFT, weights);
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private static void put(Safetensors weights, Path file, String name, Pairs pairs) {
    Matcher matcher = NAME.matcher(name);
    Optional<Projection> projection =
        matcher.matches() ? Projection.ofHf(matcher.group(2)) : Optional.empty();
    if (projection.isEmpty()) {
      throw new UserError(
          file + " changes " + name + ", which is not applied here",
          "use an adapter that changes only matrices of layers: " + Projection.all());
    }
    pairs.put(
        new Pairs.Place(Integer.parseInt(matcher.group(1)), projection.get()),
        Pairs.Half.valueOf(matcher.group(3).toUpperCase(Locale.ROOT)),
        weights.tensor(name));
  }
}
