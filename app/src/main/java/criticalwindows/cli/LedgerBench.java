package criticalwindows.cli;

import criticalwindows.dataset.Dataset;
import criticalwindows.experiment.CotSettings;
import criticalwindows.hub.Datasets;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.report.Plain;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "ledger", description = "x")
final class LedgerBench implements Callable<Integer> {
  private final Console console;

  @Option(names = "--dataset", defaultValue = "world")
  String dataset = "world";

  @Option(names = "--problems", defaultValue = "10000")
  int problems = 10_000;

  @Option(names = "--cuts", defaultValue = ".05,.1,.3,.5,.7,.9")
  String cuts = "";

  @Option(names = "--samples", defaultValue = "25")
  int samples = 25;

  @Option(names = "--tokens", defaultValue = "100")
  int tokens = 100;

  @Option(names = "--out", required = true)
  Path out = Path.of("");

  LedgerBench(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Instant begun = console.clock().instant();
    Dataset drawn = Datasets.draw(dataset, problems, 1);
    CotSettings settings =
        new CotSettings(CutPlan.parse(cuts), samples, Sampling.PLAIN, 2 * tokens, 1);
    Map<String, String> provenance = new HashMap<>();
    drawn.provenance().forEach((name, value) -> provenance.put("data set " + name, value));
    Manifest manifest =
        new Manifest(
            "cot",
            new Manifest.ModelFile("none", "none", "0".repeat(64)),
            drawn.name(),
            problems,
            settings,
            "drawn",
            PromptSet.standard(),
            provenance,
            List.of());
    try (RunFolder run = RunFolder.create(out, manifest, drawn.problems())) {
      DrawnLedger.fill(run.ledger(), settings, tokens);
    }
    console
        .out()
        .println(Plain.count(Duration.between(begun, console.clock().instant()).toMillis()));
    return 0;
  }
}
