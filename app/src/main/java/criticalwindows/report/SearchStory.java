package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.Resample;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.localise.AdaptiveSearch.Belief;
import criticalwindows.localise.Move;
import criticalwindows.localise.Prior;
import criticalwindows.localise.Verdict;
import criticalwindows.search.Decision;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.window.WindowFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How a search went on one problem, in plain words: what it knew before each round, what it did,
/// and what came of it.
public final class SearchStory {
  private final CotFinding finding;
  private final Map<Integer, Integer> drawn = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();

  private SearchStory(CotFinding finding) {
    this.finding = finding;
  }

  /// The story.
  ///
  /// @param decisions of this problem, in order
  public static String of(CotFinding finding, List<Decision> decisions) {
    SearchStory story = new SearchStory(finding);
    story.beginning();
    decisions.forEach(story::round);
    story.end(decisions);
    return String.join("\n", story.lines) + "\n";
  }

  private void beginning() {
    lines.add("problem " + finding.problem().id() + ": " + question());
    lines.add(
        "The response has "
            + Numbers.count(finding.length())
            + " tokens and comes to "
            + TerminalText.line(finding.outcome().show(), 40)
            + finding
                .right(finding.outcome())
                .map(right -> right ? ", which is right." : ", which is wrong.")
                .orElse("."));
    lines.add("");
  }

  private String question() {
    return TerminalText.line(finding.problem().question(), 70);
  }

  private void round(Decision decision) {
    String before = decision.belief().map(this::known).orElse("");
    String round = Integer.toString(decision.round());
    lines.add(" ".repeat(Math.max(0, 3 - round.length())) + round + "  " + before + move(decision));
    if (decision.move() instanceof Move.Sample sample) {
      lines.add("     " + outcomes(sample));
    }
  }

  private String known(Belief belief) {
    String none = "Chance of no window " + Numbers.chance(belief.noWindow());
    return belief.noWindow() > Verdict.SHOWN || belief.places().isEmpty()
        ? none + ". "
        : none + "; if there is one, at " + places(belief) + ". ";
  }

  private static String places(Belief belief) {
    return belief.places().stream()
        .map(
            at ->
                WindowModelTable.place(at.interval())
                    + " ("
                    + Numbers.chance(at.probability())
                    + ")")
        .collect(Collectors.joining(" or "));
  }

  private static String move(Decision decision) {
    return switch (decision.move()) {
      case Move.Stop stop ->
          "Stop: "
              + TerminalText.line(stop.reason())
              + ", after "
              + rollouts(decision.spent())
              + ".";
      case Move.Sample sample when sample.draws().size() == 1 -> one(decision, sample);
      case Move.Sample sample ->
          "A coarse grid first: "
              + continuations(sample.draws().getFirst().count())
              + " from each of "
              + sample.draws().size()
              + " places.";
    };
  }

  private static String continuations(int count) {
    return count + (count == 1 ? " continuation" : " continuations");
  }

  private static String one(Decision decision, Move.Sample sample) {
    Move.Draw draw = sample.draws().getFirst();
    String nats =
        decision.belief().map(belief -> " (" + Numbers.fine(belief.nats()) + " nats)").orElse("");
    return "The next outcome says most"
        + nats
        + " with "
        + Numbers.count(draw.position())
        + " tokens kept: "
        + draw.count()
        + " more from there.";
  }

  private static String rollouts(long count) {
    return Numbers.count(count) + (count == 1 ? " rollout" : " rollouts");
  }

  /// What came of a round: the share of the same answer, by tokens kept.
  private String outcomes(Move.Sample sample) {
    List<String> parts = new ArrayList<>();
    for (Move.Draw draw : sample.draws()) {
      int from = drawn.merge(draw.position(), draw.count(), Integer::sum) - draw.count();
      Proportion same = same(draw, from);
      String at = sample.draws().size() == 1 ? "" : Numbers.count(draw.position()) + " kept ";
      parts.add(at + same.successes() + " of " + same.trials());
    }
    return Followed.name(finding).orElse("same answer") + ": " + String.join(", ", parts);
  }

  private Proportion same(Move.Draw draw, int from) {
    Proportion same = Proportion.NONE;
    for (CotLevel level : finding.levels()) {
      for (Resample resample : level.resamples()) {
        int index = resample.response().key().index();
        if (level.cut().kept() == draw.position() && index >= from && index < from + draw.count()) {
          same = same.plus(Proportion.Outcome.of(resample.outcome().same(finding.followed())));
        }
      }
    }
    return same;
  }

  private void end(List<Decision> decisions) {
    lines.add("");
    if (decisions.isEmpty() || !decisions.getLast().last()) {
      lines.add("The search has not ended yet.");
    }
    WindowFinding.of(finding).ifPresent(this::verdict);
  }

  private void verdict(WindowFinding known) {
    lines.add(
        "Beforehand a search gives a window a chance of "
            + Numbers.chance(1 - AdaptiveSearch.STANDARD.prior().none())
            + ", a report of "
            + Numbers.chance(1 - Prior.STANDARD.none())
            + ". So the report says:");
    lines.add(
        switch (known.verdict()) {
          case CLAIMED ->
              (known.stating(finding) ? "Decided while stating the answer, at " : "Decided at ")
                  + WindowModelTable.sentence(known)
                  + ".";
          case UNSURE -> "Unsure, perhaps decided at " + WindowModelTable.sentence(known) + ".";
          case BEFORE -> "Decided before the response.";
          case NONE -> "No window is likely.";
        });
    lines.add(
        "Chance that there is no window "
            + Numbers.chance(known.noWindow())
            + ", for "
            + rollouts(known.rollouts())
            + ".");
    text(known).ifPresent(text -> lines.add("There it says: “" + text + "”"));
    String moved = WindowModelTable.classes(known.classes());
    if (!moved.isEmpty()) {
      lines.add("Answers before and after: " + moved + ".");
    }
  }

  /// What is written where it was decided.
  private Optional<String> text(WindowFinding known) {
    List<Integer> ends = finding.original().ends();
    Interval place = known.window().place().interval();
    int from = (int) place.low();
    int to = Math.min(ends.size(), Math.max(from + 1, (int) place.high()));
    if (!known.verdict().shown() || from >= to) {
      return Optional.empty();
    }
    int begin = from == 0 ? 0 : ends.get(from - 1);
    String text = finding.original().text().substring(begin, Math.max(begin, ends.get(to - 1)));
    return Optional.of(TerminalText.line(text, 200));
  }
}
