package criticalwindows.train;

import criticalwindows.torch.TorchWhiteBoxes;
import java.util.Optional;

/// The command line, with models that can be trained.
public final class Main {
  private Main() {}

  /// Runs a command and ends the program with its exit code.
  public static void main(String[] arguments) {
    criticalwindows.cli.Main.run(Optional.of(new TorchWhiteBoxes()), arguments);
  }
}
