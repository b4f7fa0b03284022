package criticalwindows.cli;

import criticalwindows.experiment.Budget;
import criticalwindows.experiment.CotScripts;
import criticalwindows.experiment.FormScripts;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.mistake.Mistake;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
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

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Where the model's file is now, if it has moved; it must be the same file.")
  Optional<String> model = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "As for run.")
  Optional<Integer> threads = Optional.empty();

  @Option(names = "--memory", paramLabel = "SIZE", description = "As for run.")
  Optional<String> memory = Optional.empty();

  @Mixin BudgetOption budget = new BudgetOption();

  ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Budget limit = budget.read();
    try (RunFolder run = RunFolder.resume(folder)) {
      Manifest manifest = run.manifest();
      try (LlamaModel opened = open(manifest)) {
        requireSame(manifest, opened);
        run.note(Manifests.session(console, opened));
        if (FormManifests.isForm(run)) {
          return FormWork.go(console, run, new FormScripts(opened, FormManifests.settings(run)));
        }
        return CotWork.go(
            console, run, new CotScripts(opened, manifest.prompts(), manifest.settings()), limit);
      }
    }
  }

  private LlamaModel open(Manifest manifest) {
    ModelOptions options = new ModelOptions();
    options.model = model.orElse(manifest.model().path());
    options.threads = threads;
    options.memory = memory;
    options.chatTemplate = Manifests.chatTemplate(manifest);
    return options.open();
  }

  private static void requireSame(Manifest manifest, LlamaModel opened) {
    String began = manifest.model().sha256();
    if (!began.equals(opened.provenance().get("model sha256"))) {
      throw new Mistake(
          "the model " + opened.name() + " is not the file this run began with",
          "name that one with --model; its SHA-256 is " + began);
    }
  }
}
