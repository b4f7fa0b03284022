package criticalwindows.torch;

import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.Safetensors;
import criticalwindows.gguf.SafetensorsWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is needed to go on as if nothing had happened: trained parameters, their moments, and the
/// number of steps, as one safetensors file.
///
/// @param model what tells it from other models
/// @param settings what is trained of it
record Checkpoint(String model, String settings, List<Trained> trained, Optimiser optimiser) {
  private static final String FORMAT = "cw-training-1";
  private static final String MEAN = ".mean";
  private static final String SQUARE = ".square";

  void save(Path file) {
    List<Stored> tensors = new ArrayList<>();
    for (Trained each : trained) {
      tensors.add(stored(each.name(), each.value()));
      tensors.add(stored(each.name() + MEAN, each.mean()));
      tensors.add(stored(each.name() + SQUARE, each.square()));
    }
    Map<String, String> metadata = new java.util.LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("model", model);
    metadata.put("settings", settings);
    metadata.put("steps", String.valueOf(optimiser.steps()));
    SafetensorsWriter.write(file, metadata, tensors);
  }

  private static Stored stored(String name, org.bytedeco.pytorch.Tensor tensor) {
    return new Stored(RowAccess.view(name, tensor), ElementType.F32);
  }

  void load(Path path) {
    try (Safetensors file = Safetensors.open(path)) {
      check(path, file.metadata());
      for (Trained each : trained) {
        checked(file, each.name(), each);
        checked(file, each.name() + MEAN, each);
        checked(file, each.name() + SQUARE, each);
      }
      for (Trained each : trained) {
        RowAccess.fill(each.value(), file.tensor(each.name()).rows());
        RowAccess.fill(each.mean(), file.tensor(each.name() + MEAN).rows());
        RowAccess.fill(each.square(), file.tensor(each.name() + SQUARE).rows());
      }
      optimiser.steps(Long.parseLong(file.metadata().get("steps")));
    }
  }

  private void check(Path path, Map<String, String> metadata) {
    String steps = metadata.getOrDefault("steps", "");
    if (!FORMAT.equals(metadata.get("format")) || !steps.matches("[0-9]{1,18}")) {
      throw new UserError(
          path + " is no checkpoint of cw train", "name one that cw train wrote, of this version");
    }
    if (!model.equals(metadata.get("model"))) {
      throw new UserError(
          path + " was saved of another model", "go on with the model that it was saved of");
    }
    if (!settings.equals(metadata.get("settings"))) {
      throw new UserError(
          path + " was saved with " + metadata.get("settings") + ", not with " + settings,
          "go on with the settings that it was saved with");
    }
  }

  private static void checked(Safetensors file, String name, Trained wanted) {
    Tensor tensor = file.tensor(name);
    if (!tensor.shape().equals(RowAccess.shape(wanted.value()))) {
      throw new UserError(
          "the tensor " + name + " of a checkpoint has the shape " + tensor.shape(),
          "copy the checkpoint again, or go on from another");
    }
  }
}
