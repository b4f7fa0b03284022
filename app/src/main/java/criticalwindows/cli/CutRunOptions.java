package criticalwindows.cli;

import criticalwindows.run.Shard;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every experiment that cuts responses can be told.
final class CutRunOptions {
  @Mixin OutcomeOption outcome = new OutcomeOption();

  @Mixin ModelOptions model = new ModelOptions();

  @Mixin BudgetOption budget = new BudgetOption();

  @Mixin DryRun dryRun = new DryRun();

  @Mixin RedactOption redact = new RedactOption();

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only the I-th of N shares of the problems or texts; cw merge joins the runs.")
  Optional<String> shard = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The run's folder; must not exist (default: a new one in runs/).")
  Optional<Path> out = Optional.empty();

  /// What is wrong with these options can be said before anything is loaded.
  void check() {
    dryRun.check(model.server);
    shard.ifPresent(Shard::parse);
    budget.read();
  }
}
