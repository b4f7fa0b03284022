package criticalwindows.reminders;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.defence.Defence;
import criticalwindows.defence.DefendedCuts;
import criticalwindows.defence.DefendedFinding;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.trace.TraceScripts;
import criticalwindows.trace.TraceSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns that are begun with the tokens of a text, and written on from several depths.
///
/// @param items whose given texts are begun with: all before it, and the text
/// @param every so many tokens of the text is a depth, from 0 to below its length
/// @param samples written on from each depth
/// @param longest tokens of a turn, or fewer where the context leaves fewer
/// @param seed of every draw
record BegunTurns(List<Problem> items, int every, int samples, int longest, long seed) {

  /// Who writes on.
  ///
  /// @param defences none, or one
  /// @param scorer by which the defence ends a reply, and shares are counted
  record Writer(Model model, List<Defence> defences, Scorer scorer, InstantSource clock) {}

  /// One turn that was written on.
  ///
  /// @param depth tokens it was begun with
  /// @param text that was written, without what it was begun with
  /// @param tokens that were written, without the one that ends the turn
  record Reply(int depth, String text, int tokens) {}

  /// What came of an item.
  ///
  /// @param shares of what is followed by depth, with the defence where there is one
  /// @param replies without the defence
  record Found(Map<Integer, DefendedFinding.Replies> shares, List<Reply> replies) {}

  /// An item.
  ///
  /// @param begun at least one token
  static Problem item(String id, Tokens prompt, Tokens begun) {
    GivenText text = new GivenText(prompt, Optional.of(begun), FinishReason.LENGTH);
    return new Problem(id, "study", "begun", id, List.of(), Optional.empty(), Optional.of(text));
  }

  /// What comes of each item.
  Map<String, Found> writtenBy(Writer writer) throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(items);
    CutPlan plan = new CutPlan.Every(every);
    CotSettings cuts = new CotSettings(plan, samples, Sampling.PLAIN, most(writer), seed);
    TraceScripts scripts = new TraceScripts(writer.model, new TraceSettings(cuts, List.of()));
    Runner.run(
        new DefendedCuts(scripts, writer.defences, writer.scorer),
        ledger,
        writer.clock,
        state -> {});
    DefendedFinding.Asked asked = new DefendedFinding.Asked(writer.defences, cuts.maxTokens());
    Map<String, Found> found = new LinkedHashMap<>();
    ledger.forEach(
        (item, rows) -> {
          CotFinding read = CotFinding.of(item, rows, plan, writer.scorer).orElseThrow();
          found.put(item.id(), found(DefendedFinding.of(read, rows, asked, writer.scorer), rows));
        });
    return found;
  }

  /// Tokens of a whole response that leave room for what a defence puts beside it.
  private int most(Writer writer) {
    int prompt =
        items.stream().mapToInt(item -> item.given().orElseThrow().prompt().size()).max().orElse(0);
    int room =
        writer.model.contextLength()
            - prompt
            - DefendedCuts.besides(writer.model, List.of(new Defence.Header(1)));
    return Math.min(longest, room);
  }

  private static Found found(DefendedFinding finding, List<Sample> rows) {
    Map<Integer, DefendedFinding.Replies> shares = new LinkedHashMap<>();
    finding
        .cuts()
        .forEach(
            (depth, at) ->
                shares.put(depth, at.defended().values().stream().findFirst().orElse(at.plain())));
    List<Reply> replies = new ArrayList<>();
    for (Sample row : rows) {
      if (row.key().is(Arm.RESAMPLE)) {
        replies.add(new Reply(row.key().kept(), row.text(), row.tokens().size()));
      }
    }
    return new Found(shares, replies);
  }
}
