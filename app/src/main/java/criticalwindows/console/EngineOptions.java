package criticalwindows.console;

import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaOptions;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// How much of the machine a model may take.
public final class EngineOptions {
  private static final Pattern BYTES = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGT]?)I?B?");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Threads that compute (default: the machine's cores; fewer where other programs compute"
            + " too, because threads that wait for each other spin)."
      })
  Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "The most memory to take, such as 4G (default: half of the machine's).")
  Optional<String> memory = Optional.empty();

  /// The engine's options with these, and its own defaults for the rest.
  ///
  /// @throws UserError if a value is none
  public LlamaOptions options() {
    LlamaOptions options =
        LlamaOptions.defaults()
            .withChoices(ModelFiles.standard().cache().resolveSibling("attention"));
    if (threads.isPresent()) {
      options = options.withThreads(threads.get());
    }
    return memory.isPresent() ? options.withMemory(bytes(memory.get())) : options;
  }

  /// What `--memory SIZE` says, in bytes.
  ///
  /// @throws UserError if it is no size
  public static long bytes(String size) {
    Matcher matcher = BYTES.matcher(size.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new UserError("--memory " + size, "give a size such as 800M or 12G");
    }
    int power = "KMGT".indexOf(matcher.group(2)) + 1;
    double unit = matcher.group(2).isEmpty() ? 1 : Math.pow(1024, power);
    return (long) (Double.parseDouble(matcher.group(1)) * unit);
  }
}
