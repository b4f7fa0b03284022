package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run in whose ledger one problem has a continuation from beyond the end of its response.
class FaultsTest {
  private static final CotSettings SETTINGS =
      new CotSettings(CutPlan.parse("sentences"), 2, Sampling.PLAIN, 40, 11);

  private final List<Problem> problems = new ArrayList<>();
  private final Path run;

  FaultsTest(@TempDir Path folder) throws InterruptedException {
    run = folder.resolve("run");
    for (int i = 0; i < 3; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"));
    }
    Manifest manifest =
        Manifest.of(
            "cot",
            SETTINGS.asData(),
            new Manifest.ModelFile("toy", "toy", ""),
            new Manifest.Items("toy", problems.size()));
    try (RunFolder made = RunFolder.create(run, manifest, problems)) {
      made.ledger().append(samples());
    }
  }

  private List<Sample> samples() throws InterruptedException {
    MemoryLedger sampled = new MemoryLedger(problems);
    CotSettings cut = new CotSettings(CutPlan.parse(".2,.8"), 2, Sampling.PLAIN, 40, 11);
    CotScripts scripts = new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), cut);
    Runner.run(new FixedCuts(scripts), sampled, InstantSource.fixed(Instant.EPOCH), state -> {});
    List<Sample> all = new ArrayList<>();
    problems.forEach(problem -> all.addAll(sampled.samples(problem.id())));
    String broken = problems.get(1).id();
    sampled.samples(broken).stream()
        .filter(row -> row.key().is(Arm.RESAMPLE) && row.key().index() == 0)
        .limit(2)
        .forEach(row -> all.add(moved(row, Key.resample(broken, 4000, 0))));
    return all;
  }

  private static Sample moved(Sample row, Key key) {
    return new Sample(
        key,
        row.turn(),
        row.tokens(),
        row.text(),
        row.ends(),
        row.finish(),
        row.logProbs(),
        row.probs(),
        row.predictions(),
        row.seed(),
        row.engine(),
        row.wave(),
        row.elapsed());
  }

  private void assertNamed(String text) {
    assertThat(text)
        .contains("warning: problem " + problems.get(1).id() + " could not be worked out: ")
        .contains("4000");
  }

  @Test
  void oneProblemsFaultEndsNoReportOfTheOthers() throws IOException {
    Cli show = Cli.run("show", run.toString());
    assertThat(show.exit()).as(show.err()).isZero();
    assertNamed(show.out());
    assertThat(show.out()).contains(problems.get(0).id() + "  27", problems.get(2).id() + "  27");

    Cli report = Cli.run("report", run.toString());
    assertThat(report.exit()).as(report.err()).isZero();
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("problem " + problems.get(1).id() + " could not be worked out")
        .contains("Which leaf? (0)", "Which leaf? (2)");

    Path tables = run.resolveSibling("tables");
    Cli export = Cli.run("export", run.toString(), "--json", tables.toString());
    assertThat(export.exit()).as(export.err()).isZero();
    assertNamed(export.err());
    assertThat(Files.readString(tables.resolve("samples.jsonl")))
        .contains(problems.get(0).id(), problems.get(1).id(), problems.get(2).id());

    Path figures = run.resolveSibling("figures");
    for (String command : List.of("explain", "theory", "regrade", "plot")) {
      Cli told =
          command.equals("plot")
              ? Cli.run(command, run.toString(), "--out", figures.toString())
              : Cli.run(command, run.toString());
      assertThat(told.exit()).as(told.err()).isZero();
      assertNamed(command.equals("regrade") ? told.out() : told.err());
    }
  }
}
