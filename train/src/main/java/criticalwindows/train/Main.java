package criticalwindows.train;

import criticalwindows.console.Gradients;
import criticalwindows.torch.TorchProbeFitter;
import criticalwindows.torch.TorchWhiteBoxes;
import java.util.Optional;

/// The command line, with models that can be trained and probes that can be fitted.
public final class Main {
  private Main() {}

  /// Runs a command and ends the program with its exit code.
  public static void main(String[] arguments) {
    int threads = Runtime.getRuntime().availableProcessors();
    criticalwindows.cli.Main.run(
        new Gradients(
            Optional.of(new TorchWhiteBoxes()), Optional.of(new TorchProbeFitter(threads))),
        arguments);
  }
}
