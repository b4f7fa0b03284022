package criticalwindows.bench;

import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How many tokens a chain-of-thought run computed, and the fewest it could have: each problem's
/// two prompts once, every sampled token, a follow-up turn for each script but the direct one, and
/// one token at each cut.
///
/// @param computed by the engine
/// @param fewest possible
record FewestTokens(long computed, long fewest) {
  double ratio() {
    return (double) computed / fewest;
  }

  /// Runs four problems with six cuts and 25 continuations.
  static FewestTokens measure(LlamaModel model, Dataset dataset) throws InterruptedException {
    List<Problem> problems = dataset.problems().subList(0, 4);
    PromptSet prompts = PromptSet.standard();
    int tokens = CotScripts.responseTokens(model, prompts, problems);
    CotSettings settings =
        new CotSettings(CutPlan.parse("0.05,0.1,0.3,0.5,0.7,0.9"), 25, Sampling.PLAIN, tokens, 1);
    MemoryLedger ledger = new MemoryLedger(problems);
    long before = model.counters().computedTokens();
    Runner.run(
        new FixedCuts(new CotScripts(model, prompts, settings)),
        ledger,
        InstantSource.system(),
        state -> {});
    Prompter prompter = new Prompter(model, prompts);
    long fewest = 0;
    for (Problem problem : problems) {
      fewest += fewest(prompter, problem, ledger.samples(problem.id()));
    }
    return new FewestTokens(model.counters().computedTokens() - before, fewest);
  }

  private static long fewest(Prompter prompter, Problem problem, List<Sample> samples) {
    long tokens = prompter.reasoning(problem).size();
    tokens += prompter.direct(problem).size();
    Set<Integer> cuts = new TreeSet<>();
    for (Sample sample : samples) {
      tokens += sample.tokens().size();
      Key key = sample.key();
      if (sample.turn() == Sample.Turn.ANSWER && !key.is(Arm.DIRECT)) {
        tokens += prompter.followUp(problem).size();
      }
      if (key.is(Arm.RESAMPLE)) {
        cuts.add(sample.key().kept());
      }
    }
    return tokens + cuts.size();
  }
}
