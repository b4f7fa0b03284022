package criticalwindows.cli;

import criticalwindows.probe.Probe;
import criticalwindows.probing.ProbeFile;
import java.nio.file.Path;

/// A probe that was read from its folder.
///
/// @param sha256 of what the folder holds
/// @param model the SHA-256 of the model whose activations it was fitted on; empty where nobody
///   knows it
record ReadProbe(Path folder, String sha256, String model, Probe probe) {
  /// What `cw probes fit` has written.
  ///
  /// @throws criticalwindows.error.UserError if there is none, or it is damaged
  static ReadProbe of(Path folder) {
    ProbeFile file = ProbeFile.read(folder);
    String model = file.card().model();
    String last = model.substring(model.lastIndexOf(' ') + 1);
    return new ReadProbe(
        folder, ProbeFile.sha256(folder), last.matches("[0-9a-f]{64}") ? last : "", file.probe());
  }

  /// Where probes are read from.
  @FunctionalInterface
  interface Source {
    /// @throws criticalwindows.error.UserError if there is none, or it is damaged
    ReadProbe read(Path folder);
  }
}
