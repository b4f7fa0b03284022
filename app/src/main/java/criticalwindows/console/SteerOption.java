package criticalwindows.console;

import criticalwindows.error.UserError;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.llamacpp.Steering;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is added to a model's residual stream.
public final class SteerOption {
  @Option(
      names = "--steer",
      paramLabel = "FILE:SCALE",
      description = {
        "A control vector that is added to the model's residual stream at every token, so many"
            + " times: a GGUF file such as cw probes export writes, and a number; 0 adds nothing."
      })
  public Optional<String> words = Optional.empty();

  /// These options with it.
  ///
  /// @throws UserError if it is no file and number
  public LlamaOptions in(LlamaOptions options) {
    return words.map(given -> options.withSteering(parse(given))).orElse(options);
  }

  private static Steering parse(String words) {
    int colon = words.lastIndexOf(':');
    try {
      double scale = Double.parseDouble(words.substring(colon + 1));
      if (colon > 0 && Double.isFinite(scale)) {
        return new Steering(Path.of(words.substring(0, colon)), scale);
      }
    } catch (NumberFormatException e) {
      // Said below, as where there is no colon.
    }
    throw new UserError(
        "--steer " + words, "write a file, a colon and a number, as in --steer refusal.gguf:2");
  }
}
