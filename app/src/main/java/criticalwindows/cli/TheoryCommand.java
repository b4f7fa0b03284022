package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.report.FormView;
import criticalwindows.show.RunViews;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw theory`: what the theory of critical windows says of a run.
@Command(
    name = "theory",
    description = {
      "Shows what the theory says of a run: self-consistency, the times T_start, T_end, T_before"
          + " and T_after, and the bound of Theorem 2 and a sharper one beside the distance that"
          + " was measured. Says so where a bound is vacuous. Also while the run runs."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What it all means: docs/concepts/forms.md",
      "",
      "Examples:",
      "  cw theory runs/form-base-standard-1",
      "  cw theory runs/demo --epsilon 0.2"
    })
final class TheoryCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      defaultValue = "" + FormView.EPSILON,
      description = {
        "How near counts as alike, and how near 1 as apart: a distance of at most E, and of at"
            + " least 1 − E² (default: ${DEFAULT-VALUE})."
      })
  double epsilon = FormView.EPSILON;

  TheoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new UserError("--epsilon " + epsilon, "give a number above 0 and below 1, such as 0.1");
    }
    try (RunFolder run = RunFolder.open(folder)) {
      RunViews views = RunViews.of(run);
      String said = views.theory(epsilon);
      console.warn(views.faults().lines());
      console.out().print(said);
    }
    return 0;
  }
}
