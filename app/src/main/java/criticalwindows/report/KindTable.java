package criticalwindows.report;

import criticalwindows.explain.KindStudy;
import criticalwindows.explain.TokenKind;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.ShareRatio;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What the windows of a run have in common, as text.
public final class KindTable {
  private static final List<Column<KindStudy.Row>> ROWS =
      List.of(
          new Column<>("kind of token", "what it does in the text", row -> row.kind().show()),
          new Column<>(
              "in",
              "mean share of the tokens in windows, each window counted once",
              row -> Numbers.share(row.found().observed())),
          new Column<>(
              "matched",
              "of the tokens outside, at the same tenth of these responses",
              row -> Numbers.share(row.found().expected())),
          new Column<>("times (95 %)", "in ÷ matched", row -> times(row.found())),
          new Column<>(
              "places swapped",
              "each response with the place of another's window, which is what chance alone gives",
              row -> times(row.swapped())),
          new Column<>(
              "all kinds",
              "whether the interval leaves out 1 when it holds for all kinds together, and windows"
                  + " anywhere in their tenth of the response would hardly hold as many, or as few",
              row ->
                  switch (row.verdict()) {
                    case MORE -> "more";
                    case LESS -> "less";
                    case OPEN -> "open";
                  }));

  private KindTable() {}

  /// The table.
  ///
  /// @param title of the run
  /// @param problems how many the window model could say something of
  public static String of(String title, KindStudy study, int problems) {
    List<String> lines = new ArrayList<>();
    lines.add(TerminalText.line(title));
    lines.add("");
    lines.add(
        "  windows   "
            + Numbers.count(study.windows())
            + " of "
            + Numbers.count(problems)
            + (problems == 1 ? " problem" : " problems")
            + " at a false discovery rate of 5 %, "
            + Numbers.count(study.tokens())
            + " tokens in all");
    lines.add("");
    if (study.windows() < KindStudy.FEWEST) {
      lines.add(few(study.windows()));
    } else {
      lines.addAll(kinds(study));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String few(int windows) {
    return windows == 0
        ? "There is nothing to explain: no window survives."
        : "Too few windows to say what they have in common: "
            + windows
            + ", and it takes "
            + KindStudy.FEWEST
            + ". One of them: cw explain RUN PROBLEM";
  }

  private static List<String> kinds(KindStudy study) {
    List<String> lines =
        new View<>(ROWS, study.rows())
            .lines(
                "intervals are over the "
                    + study.windows()
                    + " windows, and there are "
                    + study.rows().size()
                    + " kinds");
    if (!study.rare().isEmpty()) {
      lines.add("  too rare to say: " + rare(study.rare()));
    }
    lines.add("");
    lines.addAll(least(study));
    return lines;
  }

  private static String rare(List<TokenKind> kinds) {
    return kinds.stream().map(TokenKind::show).collect(Collectors.joining("; "));
  }

  /// A ratio and its interval, such as `2.1 [1.4, 3.2]`.
  private static String times(ShareRatio ratio) {
    return Numbers.times(ratio.ratio())
        + " ["
        + Numbers.times(ratio.interval().low())
        + ", "
        + Numbers.times(ratio.interval().high())
        + "]";
  }

  private static List<String> least(KindStudy study) {
    if (!study.least().known()) {
      return List.of("  least likely token of the response: log-probabilities are not known");
    }
    return List.of(
        "  the response's least likely token lies in the window in " + share(study.least()),
        "  with places swapped in " + share(study.leastSwapped()));
  }

  private static String share(Proportion share) {
    return share.successes()
        + " of "
        + share.trials()
        + ", "
        + Numbers.share(share.estimate(), ProblemMean.of(share).interval(KindStudy.LEVEL));
  }
}
