package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.ProgressLine;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CutScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.intervene.Edit;
import criticalwindows.intervene.EditProtocol;
import criticalwindows.intervene.Edits;
import criticalwindows.localise.Verdict;
import criticalwindows.model.Model;
import criticalwindows.outcome.Outcome;
import criticalwindows.report.EditTable;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Remaining;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.run.Interrupts;
import criticalwindows.run.KnownWindows;
import criticalwindows.run.RunScripts;
import criticalwindows.run.ShareLedger;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.show.Headings;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Edits of responses of a run: the check of its windows, and the sampling that a single edit
/// shares with it.
///
/// @param model of the run, opened only where something is missing
record CheckWork(Console console, RunModel model, BudgetOption budget) {
  private static final String LEDGER = "intervene-check";

  /// Checks the likeliest token of every claimed window.
  ///
  /// @param outcome by which responses are read
  /// @param samples continuations of each kind
  /// @return the exit code
  int go(Path folder, OutcomeOption outcome, int samples) throws InterruptedException {
    try (RunFolder run = RunFolder.resume(folder);
        Outcomes outcomes = outcome.asking(run)) {
      Experiments.requireAnswers(run, "intervene");
      Experiments.requireModel(run, "intervene");
      requireChance(run, "--check");
      CotReports reports = CotReports.of(run, outcomes);
      List<CotFinding> findings = reports.findings();
      console.warn(reports.faults().lines());
      WindowStudy study = KnownWindows.of(run.folder(), findings);
      console.warn(study.faults());
      Map<String, Outcome> originals = new HashMap<>();
      List<Edit> edits = new ArrayList<>();
      int windows = 0;
      for (CotFinding finding : findings) {
        Optional<WindowFinding> claimed = claimed(study, finding);
        windows += claimed.isPresent() ? 1 : 0;
        claimed
            .flatMap(window -> edit(run, finding.problem(), window, samples))
            .ifPresent(
                edit -> {
                  originals.put(finding.problem().id(), finding.followed());
                  edits.add(edit);
                });
      }
      List<Problem> problems = edits.stream().map(Edit::problem).toList();
      try (ShareLedger ledger = ShareLedger.beside(run, LEDGER, problems)) {
        Edits wanted = new Edits(edits, originals, ledger, outcomes.searched().scorer());
        Optional<Remaining> remaining = sample(run, wanted);
        console
            .out()
            .print(EditTable.checks(Headings.of(run).title(), findings.size(), windows, wanted));
        String again = RunModel.again("cw intervene", run) + " --check";
        remaining.ifPresent(more -> BudgetOption.say(console, again, budget.read(), more));
        return Session.exit(console, ledger.failure(), again);
      }
    }
  }

  /// @throws UserError if a run always takes the likeliest token: none is ever drawn otherwise
  static void requireChance(RunFolder run, String option) {
    if (Experiments.sampling(run).temperature() == 0) {
      throw new UserError(
          option + ", and " + run.folder() + " was sampled at temperature 0",
          "a token drawn anew would always be the same; cw run edit --replace tries another");
    }
  }

  private static Optional<WindowFinding> claimed(WindowStudy study, CotFinding finding) {
    return study
        .of(finding)
        .filter(window -> study.verdict(finding).equals(Optional.of(Verdict.CLAIMED)));
  }

  private static Optional<Edit> edit(
      RunFolder run, Problem problem, WindowFinding window, int samples) {
    Sample original = run.ledger().originals(List.of(problem)).get(problem.id());
    return Optional.ofNullable(original)
        .flatMap(found -> Edit.check(problem, found, window, samples));
  }

  /// Samples what is missing.
  Optional<Remaining> sample(RunFolder run, Edits wanted) throws InterruptedException {
    if (wanted.findings().size() == wanted.edits().size()) {
      return Optional.empty();
    }
    Manifest manifest = run.manifest();
    try (Model opened = model.open(console, manifest)) {
      CutScripts began = RunScripts.of(run, opened);
      CutScripts scripts = began.with(Edits.settings(began.settings()));
      run.note(
          new Manifest.Session(
              console.clock().instant(), NewRuns.provenance(opened, began.settings().sampling())));
      Traffics.warn(console, opened, began.settings().sampling());
      ProgressLine progress = new ProgressLine(console, Traffics.of(opened, model.server.price));
      Interrupts guard =
          Interrupts.guard(console.stopped("stopped; what has ended is kept; ask again to go on"));
      try (guard) {
        Meter meter = new Meter(budget.read(), console.clock());
        return Runner.run(new EditProtocol(wanted, scripts), wanted.ledger(), meter, progress);
      }
    }
  }
}
