package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.console.ProgressLine;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.exact.ExactFinding;
import criticalwindows.exact.ExactStudy;
import criticalwindows.exact.WorldText;
import criticalwindows.grade.Grader;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Runner;
import criticalwindows.search.Decisions;
import criticalwindows.search.SearchedCuts;
import criticalwindows.window.WindowFinding;
import criticalwindows.world.Question;
import criticalwindows.world.Worlds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adaptive searches on a model of the world, held against the steps of its exact curves.
final class WorldSearch {
  private WorldSearch() {}

  /// What is searched.
  ///
  /// @param programs by the ids of their problems
  /// @param seed of every draw
  record Draw(List<Problem> problems, Map<String, Question> programs, long seed) {
    /// So many problems of a part of the world.
    ///
    /// @throws criticalwindows.error.UserError if there is no such part
    static Draw of(String dataset, int problems, long seed) {
      return new Draw(
          Worlds.dataset(dataset, problems, seed).problems(),
          Worlds.read(dataset, problems, seed).byId(),
          seed);
    }
  }

  static KnownSteps run(Console console, Model model, Draw draw) throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(draw.problems());
    AdaptiveSearch.Settings search = AdaptiveSearch.Settings.STANDARD;
    CutPlan plan = new CutPlan.Search(search.width(), search.confidence(), search.budget());
    PromptSet prompts = PromptSet.standard();
    int tokens = CotScripts.responseTokens(model, prompts, ledger.problems());
    CotSettings settings = new CotSettings(plan, 1, Sampling.PLAIN, tokens, draw.seed());
    Runner.run(
        new SearchedCuts(
            new CotScripts(model, prompts, settings), Grader.STANDARD, Decisions.inMemory()),
        ledger,
        Meter.unlimited(console.clock()),
        new ProgressLine(console, () -> ""));
    List<CotFinding> findings = new ArrayList<>();
    ledger.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows, plan, Grader.STANDARD).ifPresent(findings::add));
    ExactStudy exact = ExactStudy.of(Sampling.PLAIN, findings, WorldText.of(draw.programs()));
    return new KnownSteps(
        findings.stream().flatMap(finding -> trial(finding, exact).stream()).toList());
  }

  private static Optional<KnownSteps.Trial> trial(CotFinding finding, ExactStudy exact) {
    return exact
        .of(finding)
        .filter(ExactFinding.Drawn.class::isInstance)
        .map(ExactFinding.Drawn.class::cast)
        .flatMap(drawn -> WindowFinding.of(finding).map(found -> trial(drawn, found)));
  }

  private static KnownSteps.Trial trial(ExactFinding.Drawn drawn, WindowFinding found) {
    return new KnownSteps.Trial(
        drawn.decisive().map(step -> step.rise()).orElse(0.0),
        drawn.decisive().map(step -> step.kept() - .5).orElse(0.0),
        found.claimed(),
        found.window().place(),
        found.rollouts());
  }
}
