package criticalwindows.cli;

import criticalwindows.error.UserError;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options of what samples, for a command that does not: each says why it is none here.
final class NoSampling {
  @Option(names = "--shard", hidden = true)
  Optional<String> shard = Optional.empty();

  @Option(names = "--budget", hidden = true)
  Optional<String> budget = Optional.empty();

  @Option(names = "--adaptive", hidden = true)
  boolean adaptive;

  @Option(names = "--dry-run", hidden = true)
  boolean dryRun;

  /// @throws UserError if one of them is given
  void check() {
    refuse("--shard", shard);
    refuse("--budget", budget);
    refuse("--adaptive", Optional.of(adaptive).filter(given -> given));
    refuse("--dry-run", Optional.of(dryRun).filter(given -> given));
  }

  private static void refuse(String option, Optional<?> given) {
    if (given.isPresent()) {
      throw new UserError(
          option + ", and cw import samples nothing",
          "leave it out; it is for cw run cot and cw run trace");
    }
  }
}
