package criticalwindows.llamacpp;

import criticalwindows.error.UserError;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.ModelHeader;
import java.nio.file.Path;

/// The length of a model's attention heads, read before llama.cpp reads the file; and whether it
/// should read it.
final class Heads {
  /// What most models have.
  private static final int USUAL = 64;

  private Heads() {}

  /// The length, or the usual one where the file does not say.
  ///
  /// @throws UserError if the file is broken, or says what no model does
  static long length(Path gguf) {
    try (GgufReader reader = GgufReader.open(gguf)) {
      ModelHeader.check(reader);
      return length(reader);
    }
  }

  private static long length(GgufReader reader) {
    try {
      String kind = reader.text("general.architecture");
      String own = kind + ".attention.key_length";
      return reader.metadata().containsKey(own)
          ? reader.whole(own)
          : reader.whole(kind + ".embedding_length")
              / Math.max(1, reader.whole(kind + ".attention.head_count"));
    } catch (UserError e) {
      return USUAL;
    }
  }
}
