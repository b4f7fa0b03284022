package criticalwindows.cli;

import criticalwindows.experiment.CotScripts;
import criticalwindows.experiment.FormScripts;
import criticalwindows.mistake.Mistake;
import criticalwindows.model.Model;
import criticalwindows.report.Plain;
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
      paramLabel = "FILE|URL",
      description = "Where the model is now, if it has moved; it must be the same one.")
  Optional<String> model = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "As for run.")
  Optional<Integer> threads = Optional.empty();

  @Option(names = "--memory", paramLabel = "SIZE", description = "As for run.")
  Optional<String> memory = Optional.empty();

  @Mixin BudgetOption budget = new BudgetOption();

  @Mixin ServerOptions server = new ServerOptions();

  ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    budget.read();
    try (RunFolder run = RunFolder.resume(folder)) {
      Manifest manifest = run.manifest();
      try (Model opened = open(manifest)) {
        requireSame(manifest, opened);
        run.note(Manifests.session(console, opened));
        Manifests.versions(run.manifest())
            .ifPresent(line -> console.err().println("note: " + Plain.line(line)));
        Traffics.warn(console, opened);
        CotWork.Limits limits =
            new CotWork.Limits(budget.read(), Traffics.of(opened, server.price));
        if (FormManifests.isForm(run)) {
          return FormWork.go(
              console, run, new FormScripts(opened, FormManifests.settings(run)), limits.traffic());
        }
        CotScripts scripts = new CotScripts(opened, manifest.prompts(), manifest.settings());
        return CotWork.go(console, run, scripts, limits);
      }
    }
  }

  private Model open(Manifest manifest) throws InterruptedException {
    ModelOptions options = new ModelOptions();
    options.model = model.orElse(manifest.model().path());
    options.threads = threads;
    options.memory = memory;
    options.server = server;
    if (server.servedModel.isEmpty()) {
      server.servedModel = Optional.ofNullable(manifest.provenance().get("served model"));
    }
    options.chatTemplate = Manifests.chatTemplate(manifest);
    return options.open();
  }

  private static void requireSame(Manifest manifest, Model opened) {
    String began = manifest.model().sha256();
    boolean unnamed = began.isEmpty() && manifest.model().name().equals(opened.name());
    if (!unnamed && !began.equals(opened.provenance().getOrDefault("model sha256", ""))) {
      throw new Mistake(
          "the model " + opened.name() + " is not the file this run began with",
          "name that one with --model; its SHA-256 is " + began);
    }
  }
}
