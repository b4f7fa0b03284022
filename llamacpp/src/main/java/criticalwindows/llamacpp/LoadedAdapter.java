package criticalwindows.llamacpp;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.lora.AdapterFile;
import criticalwindows.lora.AdapterGguf;
import criticalwindows.lora.BaseModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// An adapter that llama.cpp has loaded beside a model.
///
/// @param path a GGUF file, or a folder as PEFT saves it
/// @param sha256 of a GGUF file; of a folder, that of its configuration and its weights one after
///   the other, as `cat adapter_config.json adapter_model.safetensors | sha256sum` says it
/// @param bytes that its numbers take
/// @param pointer valid until the model is freed
record LoadedAdapter(Path path, String sha256, long bytes, MemorySegment pointer) {

  /// Beside what an adapter is loaded.
  ///
  /// @param model as llama.cpp has loaded it
  /// @param file of the model
  record Place(Llama llama, MemorySegment model, Path file) {}

  /// Checks an adapter, and has llama.cpp load it. llama.cpp reads GGUF files alone, and all of one
  /// at once: a PEFT folder is written as such a file, which is gone again when it has been read.
  ///
  /// @throws UserError if it is none, or for another model
  static LoadedAdapter load(Place place, Path path) {
    BaseModel base = BaseModel.open(place.file);
    try (AdapterFile found = AdapterFile.open(path, base)) {
      String hash = hash(path);
      MemorySegment pointer =
          switch (found.home()) {
            case GGUF -> load(place, path, path);
            case PEFT -> {
              Path draft = Files.createTempFile("adapter", ".gguf");
              try {
                AdapterGguf.write(found.adapter(), base, draft);
                yield load(place, path, draft);
              } finally {
                Files.deleteIfExists(draft);
              }
            }
          };
      LoadedAdapter loaded = new LoadedAdapter(path, hash, Float.BYTES * found.numbers(), pointer);
      loaded.requireUnchanged();
      return loaded;
    } catch (IOException e) {
      throw new UserError(
          "the adapter " + path + " cannot be written as a GGUF file: " + Reason.of(e),
          "free some space in " + System.getProperty("java.io.tmpdir"),
          e);
    }
  }

  private static MemorySegment load(Place place, Path path, Path gguf) {
    NativeLog.ONLY.clear();
    MemorySegment pointer =
        place.llama.adapters().init(place.model, gguf.toAbsolutePath().toString());
    if (pointer.address() == 0) {
      throw new UserError(
          "llama.cpp cannot load the adapter " + path + ": " + NativeLog.ONLY.cause(),
          "copy or download it again");
    }
    return pointer;
  }

  /// Refuses to read again what is not there any more.
  ///
  /// @throws UserError if the file was changed since llama.cpp read it
  void requireUnchanged() {
    if (!hash(path).equals(sha256)) {
      throw new UserError(
          "the adapter " + path + " was changed while it was in use",
          "do the same again; write new adapters under new names");
    }
  }

  private static String hash(Path path) {
    try (InputStream in =
        Files.isDirectory(path)
            ? new SequenceInputStream(
                Files.newInputStream(path.resolve("adapter_config.json")),
                Files.newInputStream(path.resolve("adapter_model.safetensors")))
            : Files.newInputStream(path)) {
      return Sha256.hex(in);
    } catch (IOException e) {
      throw new UserError(
          "the adapter " + path + " cannot be read: " + Reason.of(e),
          "copy or download it again",
          e);
    }
  }

  /// What people call it.
  String name() {
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    return name.endsWith(".gguf") ? name.substring(0, name.length() - 5) : name;
  }
}
