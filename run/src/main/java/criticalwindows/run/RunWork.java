package criticalwindows.run;

import criticalwindows.cot.ChainOfThought;
import criticalwindows.cot.CotScripts;
import criticalwindows.form.FormScripts;
import criticalwindows.form.StructuredForm;
import criticalwindows.model.Model;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Need;
import criticalwindows.rollout.Progress;
import criticalwindows.search.AdaptiveChainOfThought;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.time.InstantSource;
import java.util.Optional;

/// The work of a run, whatever its experiment. What the ledger does not hold yet is sampled, so
/// that a new run and a resumed one are the same to it.
///
/// @param run open for writing
/// @param model that the run began with; see [SameModel]
/// @param progress hears how far the work is, on the thread that does it
public record RunWork(RunFolder run, Model model, Limits limits, Progress progress) {
  /// What bounds a session of work.
  ///
  /// @param clock decides when a budget of time is spent, and when a long wave is committed in part
  public record Limits(Budget budget, InstantSource clock) {}

  /// What a session has come to.
  ///
  /// @param need of what is missing, where the budget ended the session
  /// @param failure in one line, where rollouts failed and none ended
  public record Ended(Optional<Need> need, Optional<String> failure) {}

  /// Works until everything is sampled or the budget is spent. What has ended when the thread is
  /// interrupted is kept.
  public Ended go() throws InterruptedException {
    ShareLedger share = ShareLedger.of(run);
    Optional<Need> need = FormManifests.isForm(run) ? form(share) : chainOfThought(share);
    return new Ended(need, share.failure());
  }

  private Optional<Need> form(Ledger ledger) throws InterruptedException {
    FormScripts scripts = new FormScripts(model, FormManifests.settings(run));
    StructuredForm.run(scripts, ledger, limits.clock, progress);
    return Optional.empty();
  }

  private Optional<Need> chainOfThought(Ledger ledger) throws InterruptedException {
    Manifest manifest = run.manifest();
    CotScripts scripts = new CotScripts(model, manifest.prompts(), manifest.settings());
    Meter meter = new Meter(limits.budget, limits.clock);
    return manifest.settings().cuts() instanceof CutPlan.Search
        ? AdaptiveChainOfThought.run(
            scripts, new AdaptiveChainOfThought.Recorded(ledger, run.decisions()), meter, progress)
        : ChainOfThought.run(scripts, ledger, meter, progress);
  }
}
