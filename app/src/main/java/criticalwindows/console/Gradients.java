package criticalwindows.console;

import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.probe.ProbeFitter;
import java.util.Optional;

/// What needs the library that computes gradients; all absent where it is not there.
///
/// @param whiteBoxes opens models to be trained
/// @param probeFitter fits probes
public record Gradients(Optional<WhiteBoxes> whiteBoxes, Optional<ProbeFitter> probeFitter) {
  /// Without the library.
  public static final Gradients NONE = new Gradients(Optional.empty(), Optional.empty());
}
