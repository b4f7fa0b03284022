package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.console.ProgressLine;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Runner;
import criticalwindows.search.Decisions;
import criticalwindows.search.SearchedCuts;
import criticalwindows.trace.TraceScripts;
import criticalwindows.trace.TraceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Adaptive searches on texts whose steps are known.
///
/// @param items with prompts, and responses where they are given
/// @param most tokens of a response; fewer where the context leaves fewer to one of them
/// @param seed of every draw
record SearchedTexts(Model model, List<Problem> items, int most, long seed) {
  /// Searches all of them.
  ///
  /// @param scorer by which windows are found
  /// @param trial what came of one text; absent where its curve is not known
  KnownSteps run(
      Console console, Scorer scorer, Function<CotFinding, Optional<KnownSteps.Trial>> trial)
      throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(items);
    AdaptiveSearch.Settings search = AdaptiveSearch.Settings.STANDARD;
    CutPlan plan = new CutPlan.Search(search.width(), search.confidence(), search.budget());
    CotSettings settings = new CotSettings(plan, 1, Sampling.PLAIN, tokens(), seed);
    Runner.run(
        new SearchedCuts(
            new TraceScripts(model, new TraceSettings(settings, List.of())),
            scorer,
            Decisions.inMemory()),
        ledger,
        Meter.unlimited(console.clock()),
        new ProgressLine(console, () -> ""));
    List<KnownSteps.Trial> trials = new ArrayList<>();
    ledger.forEach(
        (item, rows) ->
            CotFinding.of(item, rows, plan, scorer).flatMap(trial).ifPresent(trials::add));
    return new KnownSteps(trials);
  }

  private int tokens() {
    return items.stream()
        .map(item -> item.given().orElseThrow().prompt().size())
        .map(prompt -> Math.min(most, model.contextLength() - prompt))
        .min(Integer::compare)
        .orElse(1);
  }
}
