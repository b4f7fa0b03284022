package criticalwindows.report;

import criticalwindows.explain.KindStudy;
import criticalwindows.explain.TokenKind;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.ShareRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the windows of a run have in common, as text.
public final class KindTable {
  private static final List<Integer> ROW = List.of(30, 6, 8, 21, 23, 0);

  private KindTable() {}

  /// The table.
  ///
  /// @param title of the run
  /// @param problems how many the window model could say something of
  public static String of(String title, KindStudy study, int problems) {
    List<String> lines = new ArrayList<>();
    lines.add(Plain.line(title));
    lines.add("");
    lines.add(
        "  windows   "
            + Plain.count(study.windows())
            + " of "
            + Plain.count(problems)
            + (problems == 1 ? " problem" : " problems")
            + " at a false discovery rate of 5 %, "
            + Plain.count(study.tokens())
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
    List<String> lines = new ArrayList<>();
    lines.add(
        CotTable.row(
            ROW, "kind of token", "in", "matched", "times (95 %)", "places swapped", "all kinds"));
    study.rows().forEach(row -> lines.add(row(row)));
    if (!study.rare().isEmpty()) {
      lines.add("  too rare to say: " + rare(study.rare()));
    }
    lines.addAll(legend(study));
    lines.add("");
    lines.addAll(least(study));
    return lines;
  }

  private static String row(KindStudy.Row row) {
    return CotTable.row(
        ROW,
        row.kind().show(),
        Plain.share(row.found().observed()),
        Plain.share(row.found().expected()),
        times(row.found()),
        times(row.swapped()),
        switch (row.verdict()) {
          case MORE -> "more";
          case LESS -> "less";
          case OPEN -> "open";
        });
  }

  private static String rare(List<TokenKind> kinds) {
    return kinds.stream().map(TokenKind::show).collect(Collectors.joining("; "));
  }

  /// A ratio and its interval, such as `2.1 [1.4, 3.2]`.
  private static String times(ShareRatio ratio) {
    return number(ratio.ratio())
        + " ["
        + number(ratio.interval().low())
        + ", "
        + number(ratio.interval().high())
        + "]";
  }

  private static String number(double value) {
    return Double.isInfinite(value)
        ? "∞"
        : value >= 10 ? String.format(Locale.ROOT, "%.0f", value) : Plain.share(value);
  }

  private static List<String> legend(KindStudy study) {
    return List.of(
        "  (in: mean share of the tokens in windows, each window counted once; matched: of the",
        "  tokens outside, at the same tenth of these responses; times: in ÷ matched, with",
        "  intervals over the " + study.windows() + " windows; places swapped: each response with",
        "  the place of another's window, which is what chance alone gives; all kinds: whether the",
        "  interval leaves out 1 when it holds for all "
            + study.rows().size()
            + " kinds together, and windows",
        "  anywhere in their tenth of the response would hardly hold as many, or as few)");
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
        + Plain.share(share.estimate())
        + " "
        + CotTable.interval(ProblemMean.of(share).interval(KindStudy.LEVEL));
  }
}
