package criticalwindows.llamacpp;

import criticalwindows.gguf.GgufReader;
import criticalwindows.mistake.Mistake;
import java.nio.file.Path;

/// The length of a model's attention heads, read before llama.cpp reads the file.
final class Heads {
  /// What most models have.
  private static final int USUAL = 64;

  private Heads() {}

  /// The length, or the usual one where the file does not say; what is wrong with a file is said
  /// when it is loaded.
  static long length(Path gguf) {
    try (GgufReader reader = GgufReader.open(gguf)) {
      String kind = reader.text("general.architecture");
      String own = kind + ".attention.key_length";
      return reader.metadata().containsKey(own)
          ? reader.whole(own)
          : reader.whole(kind + ".embedding_length")
              / Math.max(1, reader.whole(kind + ".attention.head_count"));
    } catch (Mistake e) {
      return USUAL;
    }
  }
}
