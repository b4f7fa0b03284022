package criticalwindows.lora;

import criticalwindows.error.UserError;
import java.nio.file.Files;
import java.nio.file.Path;

/// An adapter where it is kept, a PEFT folder or a GGUF file, held against the model that it is
/// for. Its numbers stay on disk until they are asked for; close it when they are no longer read.
public final class AdapterFile implements AutoCloseable {
  private final BaseModel base;
  private final Found found;

  private AdapterFile(BaseModel base, Found found) {
    this.base = base;
    this.found = found;
  }

  /// Opens an adapter.
  ///
  /// @param path a folder with `adapter_config.json` and `adapter_model.safetensors`, or a GGUF
  ///   file
  /// @throws UserError if it is none, is damaged, asks for more than `W + scale · B · A`, or is for
  ///   another model
  public static AdapterFile open(Path path, BaseModel base) {
    if (!Files.exists(path)) {
      throw new UserError(
          "there is no adapter " + path, "name a GGUF adapter, or a folder as PEFT saves it");
    }
    Found found = Files.isDirectory(path) ? PeftFolder.read(path) : AdapterGguf.read(path, base);
    try {
      Fit.check(path, found.adapter(), base);
    } catch (RuntimeException e) {
      found.close();
      throw e;
    }
    return new AdapterFile(base, found);
  }

  /// How many numbers it holds.
  public long numbers() {
    return found.adapter().pairs().stream()
        .mapToLong(pair -> pair.a().size() + pair.b().size())
        .sum();
  }

  /// Where it is kept.
  public Home home() {
    return found.home();
  }

  /// The adapter, with rows in Hugging Face's order. It can be read until this is closed.
  public Adapter adapter() {
    return switch (found.home()) {
      case PEFT -> found.adapter();
      case GGUF -> AdapterGguf.toHuggingFace(found.adapter(), base);
    };
  }

  /// The same with rows as they lie in a GGUF file of this model.
  public Adapter ggufAdapter() {
    return switch (found.home()) {
      case PEFT -> AdapterGguf.toGguf(found.adapter(), base);
      case GGUF -> found.adapter();
    };
  }

  @Override
  public void close() {
    found.close();
  }
}
