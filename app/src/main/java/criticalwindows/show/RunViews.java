package criticalwindows.show;

import criticalwindows.rollout.Faults;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.RunFolder;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// What is shown of a run, from its folder alone: each experiment has its own, and a line in
/// [#ALL].
public sealed interface RunViews permits CotReports, FormReports, RatioReports {
  /// Problems of which a page tells everything, and up to which a table has them all.
  int MANY = 100;

  /// Every experiment; the first that fits is a run's.
  List<Experiment> ALL =
      List.of(
          new Experiment(Experiments::isForm, (run, outcomes) -> new FormReports(run)),
          new Experiment(Experiments::isRatio, (run, outcomes) -> RatioReports.of(run)),
          new Experiment(run -> true, CotReports::of));

  /// An experiment.
  ///
  /// @param has whether a run is of it
  /// @param views what is shown of such a run
  record Experiment(Predicate<RunFolder> has, BiFunction<RunFolder, Outcomes, RunViews> views) {}

  /// What is shown of this run, by the outcomes that it names; its texts as they are usually.
  static RunViews of(RunFolder run) {
    return of(run, Experiments.told(run), Redaction.of(run, Optional.empty()));
  }

  /// What is shown of this run by these outcomes; forms have none but their own.
  static RunViews of(RunFolder run, Outcomes outcomes, Redaction redaction) {
    RunViews views =
        ALL.stream()
            .filter(experiment -> experiment.has().test(run))
            .findFirst()
            .orElseThrow()
            .views()
            .apply(run, outcomes);
    return switch (views) {
      case CotReports reports -> reports.redacted(redaction);
      case RatioReports reports -> reports.redacted(redaction);
      case FormReports forms -> forms;
    };
  }

  /// The table.
  ///
  /// @param problems so many of them in a line each; absent for all of a small run, or the steepest
  ///   of a large one
  String table(Optional<Integer> problems);

  /// The page.
  ///
  /// @param problems so many of them with all that was written
  String page(int problems);

  /// What the theory says.
  ///
  /// @param epsilon in (0, 1)
  String theory(double epsilon);

  /// What could not be worked out of single problems, so far.
  Faults faults();
}
