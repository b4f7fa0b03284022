package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Runner;
import criticalwindows.run.RunFolders;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.Redaction;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.TraceScripts;
import criticalwindows.trace.TraceSettings;
import criticalwindows.trace.Tracing;
import java.nio.file.Path;
import java.util.List;

/// The part that all experiments on texts share, once the texts are tokenised: a folder, the work,
/// and the report.
record TextRun(Console console, CutRunOptions options, Model model, Outcomes outcomes) {
  /// What is run.
  ///
  /// @param experiment its name in the run
  /// @param source of the texts, for people
  record Asked(
      String experiment, String source, SamplingOptions sampling, TraceSettings settings) {}

  /// @return the exit code
  int go(Asked asked, Tracing tracing) throws InterruptedException {
    List<Problem> items = tracing.items();
    CotSettings cuts = asked.settings.cuts();
    TraceScripts scripts = new TraceScripts(model, asked.settings);
    if (options.dryRun.wanted) {
      CotSettings tried = DryRun.tried(cuts);
      if (!asked.settings.defences().isEmpty()) {
        console.err().println("note: what defences take is not in it");
      }
      return options.dryRun.say(console, scripts.with(tried), cuts, items);
    }
    // What cannot run at all is said before there is a folder.
    Runner.width(new FixedCuts(scripts), items);
    Manifest manifest =
        new NewRuns(console, options.model, model)
            .texts(
                asked.experiment,
                new NewRuns.Asked(asked.sampling, options.shard, outcomes),
                asked.settings,
                new Manifest.Items(asked.source, items.size()));
    Path folder =
        options.out.orElseGet(() -> RunFolders.fresh(asked.experiment, asked.source, model));
    Traffics.warn(console, model, cuts.sampling());
    Hubs.say(console, tracing.notes());
    try (RunFolder run = RunFolder.create(folder, manifest, items)) {
      return new Session(
              console,
              run,
              options.budget.read(),
              Traffics.of(model, options.model.server.price),
              outcomes,
              Redaction.of(run, options.redact.asked()))
          .go(model);
    }
  }

  /// As many tokens as the context leaves for every response, at most twice the longest one.
  ///
  /// @param usual limit where that is not longer
  static int most(Model opened, List<Problem> items, int usual) {
    int left = opened.contextLength();
    int longest = 0;
    for (Problem item : items) {
      GivenText text = item.given().orElseThrow();
      left = Math.min(left, opened.contextLength() - text.prompt().size());
      longest = Math.max(longest, text.response().map(Tokens::size).orElse(0));
    }
    return Math.min(left, Math.max(usual, 2 * longest));
  }
}
