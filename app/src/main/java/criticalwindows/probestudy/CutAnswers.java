package criticalwindows.probestudy;

import criticalwindows.activation.WantedText;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.EarlyAnswerReading;
import criticalwindows.cot.FixedCuts;
import criticalwindows.exact.ExactFinding;
import criticalwindows.exact.ExactStudy;
import criticalwindows.exact.WorldText;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.stats.SoftProportion;
import criticalwindows.study.Lab;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Responses to problems with options, one each, cut at some places: what continuations came to,
/// what was asked at the cuts, and P(right) exactly.
///
/// @param answers those whose probabilities are exactly known
/// @param outside how many responses no program writes, or have no readable answer
record CutAnswers(List<CutAnswer> answers, int outside) {
  private static final int MOST_TOKENS = 300;

  /// A response.
  ///
  /// @param key short, for files
  /// @param family of its problem
  /// @param exact with P(right) after each token
  record CutAnswer(
      String key, String family, Tokens prompt, CotFinding finding, ExactFinding.Drawn exact) {
    Tokens response() {
      return finding.original().tokens();
    }

    /// One level for each different cut.
    List<CotLevel> levels() {
      Map<Integer, CotLevel> levels = new TreeMap<>();
      finding.levels().forEach(level -> levels.putIfAbsent(level.cut().kept(), level));
      return levels.values().stream().filter(level -> level.right().trials() > 1).toList();
    }

    /// For reading at these places.
    WantedText wanted(List<Integer> kept) {
      return new WantedText(key, family, prompt, response(), kept);
    }

    /// For reading at the cuts.
    WantedText cut() {
      return wanted(levels().stream().map(level -> level.cut().kept()).toList());
    }

    /// For reading at every token from the prompt's last one.
    WantedText whole() {
      return wanted(IntStream.rangeClosed(0, response().size()).boxed().toList());
    }

    /// What is known at a cut without activations.
    Map<String, Double> columns(CotLevel level) {
      int kept = level.cut().kept();
      Map<String, Double> columns = new LinkedHashMap<>();
      for (EarlyAnswerReading reading : EarlyAnswerReading.values()) {
        columns.put("early " + reading.name(), early(level, reading));
      }
      LogProbs written = finding.original().logProbs();
      double sum = IntStream.range(0, kept).mapToDouble(written::at).sum();
      columns.put("logprob last", kept == 0 ? 0.0 : written.at(kept - 1));
      columns.put("logprob mean", kept == 0 ? 0.0 : sum / kept);
      columns.put("entropy last", kept == 0 ? 0.0 : entropy(kept - 1));
      columns.put("entropy next", entropy(kept));
      return columns;
    }

    /// Where one reading has none, the other has; and where none has, each option is as likely.
    private double early(CotLevel level, EarlyAnswerReading reading) {
      SoftProportion read = finding.probability(level, reading);
      SoftProportion forced = finding.probability(level, EarlyAnswerReading.FORCED);
      SoftProportion known = read.known() ? read : forced;
      return known.known() ? known.estimate() : 1.0 / finding.problem().choices().size();
    }

    private double entropy(int token) {
      return finding.original().predictions().get(token).prediction().entropy();
    }

    /// The token after which P(right) has changed most; absent where it is certain throughout.
    OptionalDouble decisive() {
      return exact.decisive().stream().mapToDouble(step -> step.kept()).findFirst();
    }
  }

  /// Samples them.
  static CutAnswers sample(Lab lab, ProbesScale scale, long seed) throws InterruptedException {
    ChoiceProblems drawn = ChoiceProblems.draw(scale.problems(), seed);
    CutPlan plan = CutPlan.parse(scale.cuts());
    MemoryLedger ledger = new MemoryLedger(drawn.problems());
    List<CotFinding> findings = new ArrayList<>();
    Map<String, Tokens> prompts = new LinkedHashMap<>();
    try (Model model = lab.engine(scale.base())) {
      PromptSet words = PromptSet.standard();
      int most = Math.min(MOST_TOKENS, CotScripts.responseTokens(model, words, drawn.problems()));
      CotScripts scripts =
          new CotScripts(
              model, words, new CotSettings(plan, scale.rollouts(), Sampling.PLAIN, most, seed));
      Runner.run(new FixedCuts(scripts), ledger, lab.clock(), state -> {});
      drawn
          .problems()
          .forEach(each -> prompts.put(each.id(), scripts.rollout(each, Tokens.none()).whole()));
    }
    ledger.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows, plan, new FollowsTheRight()).ifPresent(findings::add));
    ExactStudy exact = ExactStudy.of(Sampling.PLAIN, findings, WorldText.of(drawn.questions()));
    return of(findings, exact, prompts);
  }

  private static CutAnswers of(
      List<CotFinding> findings, ExactStudy exact, Map<String, Tokens> prompts) {
    List<CutAnswer> answers = new ArrayList<>();
    for (CotFinding finding : findings) {
      if (exact.of(finding).orElseThrow() instanceof ExactFinding.Drawn drawn
          && finding.length() > 0) {
        String key = Keys.text(answers.size());
        Tokens prompt = prompts.getOrDefault(finding.problem().id(), Tokens.none());
        answers.add(new CutAnswer(key, finding.problem().dataset(), prompt, finding, drawn));
      }
    }
    return new CutAnswers(answers, findings.size() - answers.size());
  }
}
