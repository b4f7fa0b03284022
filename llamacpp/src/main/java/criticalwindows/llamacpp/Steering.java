package criticalwindows.llamacpp;

import java.nio.file.Path;

/// What is added to a model's residual stream at every token: a control vector, so many times.
///
/// @param file a GGUF file, see [criticalwindows.gguf.ControlVector]
/// @param scale by which its directions are multiplied, finite; 0 adds nothing, and below 0 they
///   are taken away
public record Steering(Path file, double scale) {
  public Steering {
    if (!Double.isFinite(scale)) {
      throw new IllegalArgumentException("a scale of " + scale);
    }
  }
}
