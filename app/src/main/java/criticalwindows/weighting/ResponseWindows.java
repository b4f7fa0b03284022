package criticalwindows.weighting;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.localise.Verdict;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.search.Decisions;
import criticalwindows.search.SearchedCuts;
import criticalwindows.study.Measured;
import criticalwindows.trace.TraceScripts;
import criticalwindows.trace.TraceSettings;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Windows of responses, as the adaptive search finds them: where their own answers were decided.
///
/// @param findings of each response
/// @param windows of all together
/// @param tokens that the search sampled
record ResponseWindows(List<CotFinding> findings, WindowStudy windows, long tokens) {
  static final String CLAIMED = "windows";
  static final String PLACE = "place";
  static final String HEIGHT = "height";

  ResponseWindows {
    findings = List.copyOf(findings);
  }

  /// How responses are searched; all else is as usual.
  ///
  /// @param rollouts that may be spent on a response
  /// @param seed of the continuations
  /// @param clock has no influence on what is found
  record Search(int rollouts, long seed, InstantSource clock) {}

  /// Searches responses of a model.
  ///
  /// @param responses one of each problem
  static ResponseWindows of(Model model, List<OwnResponse> responses, Search how)
      throws InterruptedException {
    List<Problem> items = responses.stream().map(OwnResponse::given).toList();
    MemoryLedger ledger = new MemoryLedger(items);
    AdaptiveSearch.Settings usual = AdaptiveSearch.Settings.STANDARD;
    CutPlan plan = new CutPlan.Search(usual.width(), usual.confidence(), how.rollouts);
    CotSettings settings =
        new CotSettings(plan, 1, Sampling.PLAIN, OwnResponse.MOST_TOKENS, how.seed);
    TraceScripts scripts = new TraceScripts(model, new TraceSettings(settings, List.of()));
    Runner.run(
        new SearchedCuts(scripts, Grader.STANDARD, Decisions.inMemory()),
        ledger,
        how.clock,
        state -> {});
    List<CotFinding> findings = new ArrayList<>();
    long[] tokens = {0};
    ledger.forEach(
        (item, rows) -> {
          CotFinding.of(item, rows, plan, Grader.STANDARD).ifPresent(findings::add);
          tokens[0] += sampled(rows);
        });
    return new ResponseWindows(findings, WindowStudy.of(findings), tokens[0]);
  }

  private static long sampled(List<Sample> rows) {
    return rows.stream().filter(row -> !row.cut()).mapToLong(row -> row.tokens().size()).sum();
  }

  /// Adds the measures of each problem:
  ///
  /// - `windows`: 1 where a window is claimed, or else 0;
  /// - `place`: its centre as a share of the response, where there is one;
  /// - `height`: how far the curve rises over it, where there is one.
  void add(Measured.Builder measured) {
    for (CotFinding finding : findings) {
      String item = finding.item().id();
      boolean claimed = claimed(finding);
      measured.value(CLAIMED, item, claimed ? 1 : 0);
      if (claimed) {
        WindowFinding found = windows.of(finding).orElseThrow();
        measured.value(PLACE, item, found.window().place().mean() / finding.length());
        measured.value(HEIGHT, item, found.window().rise().mean());
      }
    }
  }

  /// How many windows are claimed.
  long claimed() {
    return findings.stream().filter(this::claimed).count();
  }

  private boolean claimed(CotFinding finding) {
    return windows.verdict(finding).filter(Verdict.CLAIMED::equals).isPresent();
  }
}
