package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.show.Redaction;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Whether texts are blurred.
final class RedactOption {
  @Option(
      names = "--redact",
      description = {
        "Blur what was asked and what was written: each letter is a block (default for runs of"
            + " attacks, prefills and repeated words, and of texts that have families)."
      })
  boolean redact;

  @Option(names = "--no-redact", description = "Show it (default for all other runs).")
  boolean show;

  /// What is asked for; absent where it is left to the run.
  Optional<Redaction> asked() {
    if (redact && show) {
      throw new UserError("--redact and --no-redact: one says the other's opposite", "give one");
    }
    return redact
        ? Optional.of(Redaction.BLURRED)
        : show ? Optional.of(Redaction.SHOWN) : Optional.empty();
  }
}
