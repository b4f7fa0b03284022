package criticalwindows.run;

import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CutScripts;
import criticalwindows.model.Model;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.TraceScripts;
import criticalwindows.trace.TraceSettings;

/// The scripts of a run whose responses are cut.
public final class RunScripts {
  private RunScripts() {}

  /// As the run began.
  ///
  /// @param run of chains of thought or of given texts
  public static CutScripts of(RunFolder run, Model model) {
    return Experiments.isTrace(run)
        ? new TraceScripts(model, run.settings(TraceSettings::of))
        : new CotScripts(model, run.manifest().prompts(), run.settings(CotSettings::of));
  }
}
