package criticalwindows.report;

import criticalwindows.cot.CotSummary;
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
import java.util.ArrayList;
import java.util.List;

/// What interventions at windows came to, as text.
public final class InterventionTable {
  private static final List<Integer> ROW = List.of(20, 14, 6, 21, 6, 17, 6, 17, 6);

  private InterventionTable() {}

  /// The table.
  ///
  /// @param title of the run
  /// @param problems of the run with a response
  public static String of(String title, int problems, Interventions interventions) {
    List<InterventionFinding> findings = interventions.findings();
    List<String> lines = new ArrayList<>();
    lines.add(Plain.line(title));
    lines.add("  windows    " + windows(problems, interventions, findings.size()));
    lines.add("  hint       \"" + Plain.line(interventions.hint()) + "\"");
    if (!findings.isEmpty()) {
      lines.add("");
      lines.addAll(study(InterventionStudy.of(findings), interventions.votes()));
      for (Outcome original : List.of(Outcome.FAILURE, Outcome.SUCCESS)) {
        lines.addAll(stratum(original, findings, interventions.votes()));
      }
      lines.addAll(legend(interventions));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String windows(int problems, Interventions interventions, int complete) {
    int places = interventions.places().size();
    String missing =
        complete == places ? "" : "; " + Plain.count(complete) + " of them have all their samples";
    return Plain.count(places)
        + " of "
        + Plain.count(problems)
        + " problems have one; the others are left out"
        + missing;
  }

  private static List<String> study(InterventionStudy study, int votes) {
    List<String> lines = new ArrayList<>();
    lines.add(
        CotTable.row(
            ROW,
            "policy",
            "right",
            "tokens",
            "plain vote",
            "tokens",
            "difference",
            "p",
            "against original",
            "p"));
    for (InterventionStudy.Row row : study.rows()) {
      List<String> cells = cells(row, votes);
      if (row.policy() != Policy.ORIGINAL) {
        cells.add(difference(row.original()));
        cells.add(p(row.original()));
      }
      lines.add(CotTable.row(ROW, cells.toArray(String[]::new)));
    }
    return lines;
  }

  /// Without the original, which has chosen these problems.
  private static List<String> stratum(
      Outcome original, List<InterventionFinding> findings, int votes) {
    InterventionStudy study = InterventionStudy.of(findings, original);
    List<String> lines = new ArrayList<>();
    if (study.problems() > 0) {
      String which = original == Outcome.SUCCESS ? "right" : "wrong";
      lines.add("");
      lines.add("  of these the " + Plain.count(study.problems()) + " whose original is " + which);
      study.rows().stream()
          .filter(row -> row.policy() != Policy.ORIGINAL)
          .map(row -> CotTable.row(ROW, cells(row, votes).toArray(String[]::new)))
          .forEach(lines::add);
    }
    return lines;
  }

  private static List<String> cells(InterventionStudy.Row row, int votes) {
    return new ArrayList<>(
        List.of(
            name(row.policy(), votes),
            right(row.plain().ofFirst()),
            Plain.count(Math.round(row.tokens())),
            right(row.plain().ofSecond()) + " of " + Plain.tenth(row.plainResponses()),
            Plain.count(Math.round(row.plainTokens())),
            difference(row.plain()),
            p(row.plain())));
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
    Interval interval = ProblemMean.of(right).interval(CotSummary.LEVEL);
    return Plain.share(right.estimate()) + " " + CotTable.interval(interval);
  }

  private static String difference(PairedProportions pair) {
    return (pair.difference() > 0 ? "+" : "")
        + Plain.share(pair.difference())
        + " "
        + CotTable.interval(pair.interval(CotSummary.LEVEL));
  }

  private static String p(PairedProportions pair) {
    return pair.pValue() < .001 ? "< .001" : Plain.thousandths(pair.pValue());
  }

  private static List<String> legend(Interventions interventions) {
    double rollouts =
        interventions.places().stream().mapToLong(InterventionPlace::rollouts).average().orElse(0);
    return List.of(
        "",
        "  (resample: from just before the window; hint: the same after the hint; plain vote: the",
        "  majority of so many whole responses, on average, that they take as many tokens, one at",
        "  the least; tokens: sampled for a problem, mean; difference: paired by problem;",
        "  intervals: 95 %; p: McNemar's exact test. All but the original is sampled anew, and not",
        "  by the draws that found the windows. The original has chosen the windows: the first",
        "  line, and what is gained against it, hold regression to the mean. No line counts the",
        "  continuations that found the windows, "
            + Plain.count(Math.round(rollouts))
            + " a problem)");
  }
}
