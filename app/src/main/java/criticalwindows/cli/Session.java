package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.Exit;
import criticalwindows.console.ProgressLine;
import criticalwindows.model.Model;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Progress;
import criticalwindows.run.Interrupts;
import criticalwindows.run.RunWork;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.Pages;
import criticalwindows.show.Redaction;
import criticalwindows.show.RunViews;
import criticalwindows.store.RunFolder;
import criticalwindows.view.TerminalText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// The part that a new run, a resumed one and the demo share: work until done or until the budget
/// is spent, then report.
///
/// @param traffic said beside the progress
/// @param outcomes by which responses are read
record Session(
    Console console,
    RunFolder run,
    Budget budget,
    Supplier<String> traffic,
    Outcomes outcomes,
    Redaction redaction) {
  /// With texts that are shown or blurred as is usual for the run.
  Session(
      Console console, RunFolder run, Budget budget, Supplier<String> traffic, Outcomes outcomes) {
    this(console, run, budget, traffic, outcomes, Redaction.of(run, Optional.empty()));
  }

  /// The work of a session.
  interface Work {
    /// Works until it is done or the budget is spent.
    RunWork.Ended go(RunWork.Limits limits, Progress progress) throws InterruptedException;
  }

  /// @return the exit code
  int go(Model model) throws InterruptedException {
    return go(
        (limits, progress) ->
            new RunWork(run, model, limits, progress, outcomes.searched().scorer()).go());
  }

  /// @return the exit code
  int go(Work work) throws InterruptedException {
    Path folder = run.folder();
    outcomes.keepIn(folder);
    String again = RunModel.again("cw resume", run);
    console.err().println("run: " + folder);
    RunWork.Ended ended = guarded(work, again);
    RunViews views = RunViews.of(run, outcomes, redaction);
    Path page = Pages.write(folder.resolve("report.html"), views.page(RunViews.MANY));
    console.out().print(views.table(Optional.empty()));
    console.out().println();
    console.out().println("run   " + folder);
    console.out().println("page  " + page);
    ended.remaining().ifPresent(more -> BudgetOption.say(console, again, budget, more));
    return exit(console, ended.failure(), again);
  }

  private RunWork.Ended guarded(Work work, String again) throws InterruptedException {
    String advice = "stopped; what has ended is in " + run.folder() + "\ngo on with: " + again;
    RunWork.Limits limits = new RunWork.Limits(budget, console.clock());
    Interrupts guard = Interrupts.guard(console.stopped(advice));
    try (guard) {
      return work.go(limits, new ProgressLine(console, traffic));
    }
  }

  /// The exit code of work: failed where there was some and nothing came of it, and then it is said
  /// in two lines.
  ///
  /// @param again goes on with it
  static int exit(Console console, Optional<String> failure, String again) {
    failure.ifPresent(
        why -> {
          console.err().println("error: " + TerminalText.line(why));
          console
              .err()
              .println(
                  "hint: see what the servers can do with cw servers check; then go on with: "
                      + again);
        });
    return failure.isPresent() ? Exit.FAILED : 0;
  }
}
