package criticalwindows.bench;

import criticalwindows.monitor.MonitorReport;
import criticalwindows.monitor.Threshold;
import criticalwindows.monitor.Watched.When;
import criticalwindows.ratio.Score;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.List;
import java.util.Objects;

/// What scores of two models tell, as text.
final class RatioTables {
  private static final double LEVEL = .95;

  /// What a monitor by one score came to.
  ///
  /// @param fresh its false alarms on benign responses that it was not chosen on
  /// @param slow its alarms on responses that were decided late
  record Alarms(Score score, Threshold fresh, MonitorReport slow) {
    private String share(When when) {
      Proportion counts = Objects.requireNonNull(slow.when().get(when));
      return RatioTables.share(counts);
    }
  }

  private static final List<Column<Alarms>> ALARMS =
      List.of(
          new Column<>("score", "after each token of the response", row -> row.score.name()),
          new Column<>(
              "false alarms",
              "per benign response, with the exact binomial interval",
              row ->
                  Numbers.fine(row.fresh.responses().estimate())
                      + " "
                      + Numbers.fine(row.fresh.rate())),
          new Column<>(
              "per 1,000",
              "benign tokens watched",
              row -> Numbers.fine(row.fresh.perThousandTokens())),
          new Column<>(
              "early",
              "alarms before the token at which the exact probability rises most",
              row -> row.share(When.EARLY)),
          new Column<>("in time", "at that token", row -> row.share(When.IN_TIME)),
          new Column<>("late", "after it", row -> row.share(When.LATE)),
          new Column<>("missed", "no alarm", row -> row.share(When.MISSED)),
          new Column<>(
              "lead",
              "tokens from the alarm to that token, the median with its 95 % interval",
              row -> row.slow.lead().map(RatioTables::lead).orElse("–")),
          new Column<>(
              "to 0.5",
              "the same until P(complied) passes 0.5",
              row -> row.slow.leadOfPassing().map(RatioTables::lead).orElse("–")),
          new Column<>(
              "replies",
              "so many",
              row ->
                  Numbers.count(
                      Objects.requireNonNull(row.slow.when().get(When.MISSED)).trials())));

  private static final List<Column<KnownSteps.Row>> WINDOWS =
      List.of(
          new Column<>(
              "step",
              "of the exact curve, the largest in the direction of the window that was found",
              row ->
                  Numbers.share(row.from()) + " to " + Numbers.share(StrictMath.min(1, row.to()))),
          new Column<>("replies", "with such a step", row -> Numbers.count(row.claimed().trials())),
          new Column<>(
              "claimed", "of them a window, with its 95 % interval", row -> share(row.claimed())),
          new Column<>(
              "step held",
              "by the interval of the window's place, of the windows that are claimed",
              row -> share(row.held())),
          new Column<>(
              "stated",
              "mean of the probabilities that these intervals give themselves",
              row -> row.held().known() ? Numbers.fine(row.stated()) : "–"),
          new Column<>("rollouts", "mean of the replies", row -> Numbers.tenth(row.rollouts())));

  private static final List<Column<RepeatSampled.Row>> REPEATED =
      List.of(
          new Column<>("times", "that the word was given", row -> Numbers.count(row.times())),
          new Column<>(
              "sampled",
              "share that goes on with it, with its 95 % interval",
              row -> Numbers.fine(row.sampled().estimate(), row.sampled().wilson(LEVEL))),
          new Column<>(
              "scored",
              "the mean of the probabilities that the model itself gives",
              row -> Numbers.fine(row.scored())),
          new Column<>("n", "samples", row -> Numbers.count(row.sampled().trials())),
          new Column<>(
              "bar",
              "met where a 99.9 % interval holds what is scored",
              row -> row.met() ? "met" : "MISSED"));

  private RatioTables() {}

  /// A word once more.
  static List<String> repeated(List<RepeatSampled.Row> rows) {
    return new View<>(REPEATED, rows).lines();
  }

  private static String share(Proportion counts) {
    return counts.known()
        ? Numbers.share(counts.estimate()) + " " + Numbers.interval(counts.wilson(LEVEL))
        : "–";
  }

  /// Where searches placed the windows of replies.
  static List<String> windows(List<KnownSteps.Row> rows) {
    return new View<>(WINDOWS, rows).lines();
  }

  private static String lead(MonitorReport.Lead lead) {
    return Numbers.signed(lead.median()) + " " + Numbers.interval(lead.interval());
  }

  /// What monitors came to.
  static List<String> alarms(List<Alarms> lines) {
    return new View<>(ALARMS, lines).lines();
  }
}
