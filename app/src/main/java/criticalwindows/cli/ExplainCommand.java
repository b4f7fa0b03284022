package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Problem;
import criticalwindows.explain.KindStudy;
import criticalwindows.explain.WindowText;
import criticalwindows.localise.Verdict;
import criticalwindows.outcome.Scorer;
import criticalwindows.report.ExplanationText;
import criticalwindows.report.KindTable;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.show.Headings;
import criticalwindows.show.SearchStories;
import criticalwindows.store.RunFolder;
import criticalwindows.window.WindowStudy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `cw explain`: what the windows of a run say.
@Command(
    name = "explain",
    description = {
      "Tells what a problem's window says: its tokens, the answers that leave and arrive there, the"
          + " continuations that part ways, and the least likely token beside it. Without a"
          + " problem: which kinds of token are more frequent in the run's windows than elsewhere,"
          + " with intervals."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw explain runs/demo 9dde         one problem",
      "  cw explain runs/study             what all windows of a run have in common"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PROBLEM",
      description = "The beginning of a problem's id is enough.")
  Optional<String> problem = Optional.empty();

  @Mixin OutcomeOption outcome = new OutcomeOption();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = outcome.of(run)) {
      Experiments.requireAnswers(run, "explain");
      console
          .out()
          .print(
              problem
                  .map(asked -> one(run, outcomes.searched().scorer(), asked))
                  .orElseGet(() -> all(run, outcomes)));
    }
    return 0;
  }

  private static String one(RunFolder run, Scorer scorer, String asked) {
    Problem problem = SearchStories.problem(run, "explain", asked);
    List<Sample> samples = run.ledger().samples(problem.id());
    return CotFinding.of(problem, samples, Experiments.cuts(run), scorer)
        .map(ExplanationText::of)
        .orElse("problem " + problem.id() + ": its original is not sampled yet\n");
  }

  /// Originals are read where a window survives, so that a large run takes no more memory.
  private String all(RunFolder run, Outcomes outcomes) {
    CotReports reports = CotReports.of(run, outcomes);
    List<CotFinding> findings = reports.findings();
    WindowStudy study = reports.windows();
    console.warn(reports.faults().lines());
    console.warn(study.faults());
    List<CotFinding> surviving =
        findings.stream()
            .filter(finding -> study.verdict(finding).equals(Optional.of(Verdict.CLAIMED)))
            .toList();
    Map<String, Sample> originals =
        run.ledger().originals(surviving.stream().map(CotFinding::problem).toList());
    List<WindowText> windows =
        surviving.stream().flatMap(finding -> window(finding, originals, study)).toList();
    return KindTable.of(Headings.of(run).title(), KindStudy.of(windows), study.byProblem().size());
  }

  private static Stream<WindowText> window(
      CotFinding finding, Map<String, Sample> originals, WindowStudy study) {
    return Optional.ofNullable(originals.get(finding.problem().id()))
        .flatMap(
            original ->
                study.of(finding).flatMap(known -> WindowText.of(finding.with(original), known)))
        .stream();
  }
}
