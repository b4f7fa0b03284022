package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotFinding;
import criticalwindows.error.UserError;
import criticalwindows.figure.Figure;
import criticalwindows.figure.Figures;
import criticalwindows.figure.ProbeFigure;
import criticalwindows.figure.Study;
import criticalwindows.localise.Verdict;
import criticalwindows.probe.AlongText;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.show.Pages;
import criticalwindows.show.RatioReports;
import criticalwindows.show.Redaction;
import criticalwindows.show.RunViews;
import criticalwindows.store.RunFolder;
import criticalwindows.view.TerminalText;
import criticalwindows.window.WindowStudy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw plot`: the figures of runs.
@Command(
    name = "plot",
    description = {
      "Draws the figures of one or more runs, side by side, each as SVG, PNG and PDF, and as its"
          + " numbers in CSV, whose columns columns.md explains: curves (consistency, accuracy and"
          + " early answer by fraction kept), early-answer, direct (against reasoning), windows"
          + " (accuracy with and without one, and what Bayes alone gives), windows-by-start, and"
          + " problems-N of the Nth run; of prefills, attacks and repeated words depths-N too; of"
          + " likelihood ratios roc-N, divergence-N and ratio-curves-N. Also while they run."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw plot runs/demo --out figures",
      "  cw plot runs/base runs/aligned --out figures"
    })
final class PlotCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "The runs' folders.")
  List<Path> folders = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where they go; what is there under their names is replaced.")
  Path out = Path.of("");

  @Mixin OutcomeOption outcome = new OutcomeOption();

  @Mixin RedactOption redact = new RedactOption();

  PlotCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Figure> figures = new ArrayList<>();
    List<Path> sampled = new ArrayList<>();
    for (Path folder : folders) {
      try (RunFolder run = RunFolder.open(folder)) {
        if (Experiments.isRatio(run)) {
          figures.addAll(ratio(run, folders.indexOf(folder) + 1));
        } else {
          sampled.add(folder);
        }
      }
    }
    if (!sampled.isEmpty()) {
      List<Drawn> drawn = sampled.stream().map(this::study).toList();
      figures.addAll(Figures.of(drawn.stream().map(Drawn::study).toList()));
      for (int i = 0; i < drawn.size(); i++) {
        if (!drawn.get(i).along.isEmpty()) {
          figures.add(ProbeFigure.of(drawn.get(i).study, drawn.get(i).along, i + 1));
        }
      }
    }
    for (Figure figure : figures) {
      figure.write(out);
      console.out().println("figure  " + out.resolve(figure.name() + ".png"));
    }
    Pages.write(out.resolve("columns.md"), Figure.meanings());
    return 0;
  }

  private List<Figure> ratio(RunFolder run, int number) {
    List<Figure> figures =
        RatioReports.of(run).redacted(Redaction.of(run, redact.asked())).figures(number);
    if (figures.isEmpty()) {
      throw new UserError(
          "there is nothing to draw of "
              + run.folder()
              + ": both models have scored fewer than two texts of a family",
          "wait for the first ones, or go on with: cw resume " + run.folder());
    }
    return figures;
  }

  private static Optional<Boolean> claimed(CotFinding finding, WindowStudy windows) {
    return windows.verdict(finding).map(verdict -> verdict == Verdict.CLAIMED);
  }

  /// @param along what probes forecast of its responses
  private record Drawn(Study study, Map<String, AlongText> along) {}

  private Drawn study(Path folder) {
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = outcome.of(run)) {
      Experiments.requireAnswers(run, "plot");
      CotReports reports = CotReports.of(run, outcomes);
      boolean few = run.ledger().problems().size() <= RunViews.MANY;
      WindowStudy windows = few ? reports.windows() : WindowStudy.of(List.of());
      List<Study.Traced> problems =
          reports.findings().stream()
              .map(finding -> Study.Traced.of(finding, claimed(finding, windows)))
              .toList();
      console.warn(reports.faults().lines());
      if (problems.isEmpty()) {
        throw new UserError(
            "there is nothing to draw of " + folder + ": no original is sampled",
            "wait for the first ones, or go on with: cw resume " + folder);
      }
      String label = String.valueOf(run.folder().getFileName());
      Study study =
          new Study(
              TerminalText.line(label),
              TerminalText.line(run.manifest().items().source()),
              problems,
              reports.depths());
      return new Drawn(study, reports.along());
    }
  }
}
