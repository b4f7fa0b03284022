package criticalwindows.report;

import criticalwindows.cot.MeanShare;
import criticalwindows.intervene.InterventionFinding;
import criticalwindows.intervene.InterventionFinding.Policy;
import criticalwindows.intervene.InterventionPlace;
import criticalwindows.intervene.InterventionStudy;
import criticalwindows.intervene.Interventions;
import criticalwindows.stats.Interval;
import criticalwindows.stats.PairedProportions;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Proportion.Outcome;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What interventions at windows came to, as text.
public final class InterventionTable {
  private static final List<Column<Line>> COLUMNS =
      List.of(
          new Column<>(
              "policy",
              "resample: from just before the window; hint: the same after the hint",
              line -> name(line.row.policy(), line.votes)),
          new Column<>("right", "share", line -> right(line.row.plain().ofFirst())),
          new Column<>("tokens", "sampled for a problem, mean", l -> tokens(l.row.tokens())),
          new Column<>(
              "plain vote",
              "the majority of so many whole responses, on average, that they take as many tokens,"
                  + " one at the least",
              line ->
                  right(line.row.plain().ofSecond())
                      + " of "
                      + Numbers.tenth(line.row.plainResponses())),
          new Column<>("its tokens", "of that vote", l -> tokens(l.row.plainTokens())),
          new Column<>("difference", "paired by problem", line -> difference(line.row.plain())),
          new Column<>("p", "McNemar's exact test", line -> p(line.row.plain())));

  private static final List<Column<Line>> AGAINST =
      Stream.concat(
              COLUMNS.stream(),
              Stream.of(
                  new Column<Line>(
                      "against original",
                      "the same difference",
                      line -> line.original() ? "" : difference(line.row.original())),
                  new Column<Line>(
                      "its p", "of that", l -> l.original() ? "" : p(l.row.original()))))
          .toList();

  private InterventionTable() {}

  /// The table.
  ///
  /// @param title of the run
  /// @param problems of the run with a response
  public static String of(String title, int problems, Interventions interventions) {
    List<InterventionFinding> findings = interventions.findings();
    List<String> lines = new ArrayList<>();
    lines.add(TerminalText.line(title));
    lines.add("  windows    " + windows(problems, interventions, findings.size()));
    lines.add("  hint       \"" + TerminalText.line(interventions.hint()) + "\"");
    if (!findings.isEmpty()) {
      lines.add("");
      lines.addAll(tables(findings, interventions));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String windows(int problems, Interventions interventions, int complete) {
    int places = interventions.places().size();
    String missing =
        complete == places
            ? ""
            : "; " + Numbers.count(complete) + " of them have all their samples";
    return Numbers.count(places)
        + " of "
        + Numbers.count(problems)
        + " problems have one; the others are left out"
        + missing;
  }

  /// One line of a policy.
  private record Line(InterventionStudy.Row row, int votes) {
    boolean original() {
      return row.policy() == Policy.ORIGINAL;
    }
  }

  /// All policies, and again by whether the original is right, without the original, which has
  /// chosen these problems.
  private static List<String> tables(
      List<InterventionFinding> findings, Interventions interventions) {
    int votes = interventions.votes();
    List<String> lines =
        new View<>(AGAINST, rows(InterventionStudy.of(findings), votes)).lines("intervals: 95 %");
    for (Outcome original : List.of(Outcome.FAILURE, Outcome.SUCCESS)) {
      InterventionStudy study = InterventionStudy.of(findings, original);
      if (study.problems() > 0) {
        String which = original == Outcome.SUCCESS ? "right" : "wrong";
        lines.add("");
        lines.add(
            "  of these the " + Numbers.count(study.problems()) + " whose original is " + which);
        View<Line> view =
            new View<>(
                COLUMNS, rows(study, votes).stream().filter(line -> !line.original()).toList());
        List<List<String>> all = new ArrayList<>(List.of(view.names()));
        all.addAll(view.cells());
        lines.addAll(View.aligned(all));
      }
    }
    lines.add("");
    lines.addAll(note(interventions));
    return lines;
  }

  private static List<Line> rows(InterventionStudy study, int votes) {
    return study.rows().stream().map(row -> new Line(row, votes)).toList();
  }

  private static String tokens(double mean) {
    return Numbers.count(Math.round(mean));
  }

  private static String name(Policy policy, int votes) {
    return switch (policy) {
      case ORIGINAL -> "original";
      case AGAIN -> "resample, once";
      case AGAIN_VOTE -> "resample, vote of " + votes;
      case HINT -> "hint, once";
      case HINT_VOTE -> "hint, vote of " + votes;
    };
  }

  private static String right(Proportion right) {
    Interval interval = ProblemMean.of(right).interval(MeanShare.LEVEL);
    return Numbers.share(right.estimate(), interval);
  }

  private static String difference(PairedProportions pair) {
    return Numbers.signed(pair.difference())
        + " "
        + Numbers.interval(pair.interval(MeanShare.LEVEL));
  }

  private static String p(PairedProportions pair) {
    return Numbers.fine(pair.pValue());
  }

  private static List<String> note(Interventions interventions) {
    double rollouts =
        interventions.places().stream().mapToLong(InterventionPlace::rollouts).average().orElse(0);
    return View.wrapped(
        "(All but the original is sampled anew, and not by the draws that found the windows. The"
            + " original has chosen the windows: the first line, and what is gained against it,"
            + " hold regression to the mean. No line counts the continuations that found the"
            + " windows, "
            + Numbers.count(Math.round(rollouts))
            + " a problem)");
  }
}
