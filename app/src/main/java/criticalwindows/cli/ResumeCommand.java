package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.run.Experiments;
import criticalwindows.run.Manifests;
import criticalwindows.run.SameModel;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.view.TerminalText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw resume`: goes on with a run that was stopped.
@Command(
    name = "resume",
    description = {
      "Goes on with a run that was stopped, by whatever: samples what is missing, and nothing"
          + " twice."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw resume runs/demo",
      "  cw resume runs/demo --budget 2h     two hours more"
    })
final class ResumeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Mixin RunModel model = new RunModel();

  @Option(
      names = "--unaligned",
      paramLabel = "FILE|URL",
      description =
          "Of a run of likelihood ratios: where the unaligned model is now, if it has moved;"
              + " --model is the aligned one.")
  Optional<String> unaligned = Optional.empty();

  @Option(
      names = "--unaligned-adapter",
      paramLabel = "FILE",
      description = "Likewise of the unaligned model's adapter.")
  Optional<Path> unalignedAdapter = Optional.empty();

  @Mixin BudgetOption budget = new BudgetOption();

  @Mixin OutcomeOption outcome = new OutcomeOption();

  ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    budget.read();
    try (RunFolder run = RunFolder.resume(folder)) {
      Experiments.requireModel(run, "resume");
      Manifest manifest = run.manifest();
      if (Experiments.isRatio(run)) {
        return ratio(run);
      }
      requireRatio();
      SameModel.requireSeed(run);
      try (Outcomes outcomes = outcome.resumed(run);
          Model opened = model.open(console, manifest)) {
        Sampling sampling = Experiments.sampling(run);
        run.note(NewRuns.session(console, opened, sampling));
        Manifests.versions(run.manifest())
            .ifPresent(line -> console.err().println("note: " + TerminalText.line(line)));
        Traffics.warn(console, opened, sampling);
        return new Session(
                console, run, budget.read(), Traffics.of(opened, model.server.price), outcomes)
            .go(opened);
      }
    }
  }

  private void requireRatio() {
    if (unaligned.isPresent() || unalignedAdapter.isPresent()) {
      throw new UserError(
          (unaligned.isPresent() ? "--unaligned" : "--unaligned-adapter")
              + ", and "
              + folder
              + " is no run of likelihood ratios",
          "leave it out: --model names the run's one model");
    }
  }

  private int ratio(RunFolder run) throws InterruptedException {
    if (budget.budget.isPresent()) {
      throw new UserError(
          "--budget, and " + folder + " is a run of likelihood ratios, which samples nothing",
          "leave it out");
    }
    RunModel.Moved other = new RunModel.Moved(unaligned, unalignedAdapter);
    return RatioCommand.go(
        console,
        run,
        role -> {
          Model opened = model.open(console, run.manifest(), role, other);
          run.note(NewRuns.session(console, opened, Sampling.PLAIN));
          return opened;
        });
  }
}
