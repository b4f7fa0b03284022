package criticalwindows.report;

import criticalwindows.experiment.CotSummary;
import criticalwindows.experiment.InterventionFinding;
import criticalwindows.experiment.InterventionFinding.Policy;
import criticalwindows.experiment.InterventionStudy;
import criticalwindows.experiment.Interventions;
import criticalwindows.stats.PairedProportions;
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
      lines.addAll(study("", InterventionStudy.of(findings), interventions.votes()));
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

  private static List<String> stratum(
      Outcome original, List<InterventionFinding> findings, int votes) {
    InterventionStudy study = InterventionStudy.of(findings, original);
    String which = original == Outcome.SUCCESS ? "right" : "wrong";
    List<String> lines = new ArrayList<>();
    if (study.problems() > 0) {
      lines.add("");
      lines.add("  of these the " + Plain.count(study.problems()) + " whose original is " + which);
      lines.addAll(study(which, study, votes));
    }
    return lines;
  }

  /// @param chosen by what the original came to, so that nothing can be said against it; or empty
  private static List<String> study(String chosen, InterventionStudy study, int votes) {
    List<String> lines = new ArrayList<>();
    if (chosen.isEmpty()) {
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
    }
    study.rows().stream()
        .filter(row -> chosen.isEmpty() || row.policy() != Policy.ORIGINAL)
        .forEach(row -> lines.add(row(chosen, row, votes)));
    return lines;
  }

  private static String row(String chosen, InterventionStudy.Row row, int votes) {
    boolean against = chosen.isEmpty() && row.policy() != Policy.ORIGINAL;
    return CotTable.row(
        ROW,
        name(row.policy(), votes),
        right(row.plain().ofFirst()),
        Plain.count(Math.round(row.tokens())),
        right(row.plain().ofSecond()) + " of " + Plain.tenth(row.plainResponses()),
        Plain.count(Math.round(row.plainTokens())),
        difference(row.plain()),
        p(row.plain()),
        against ? difference(row.original()) : "",
        against ? p(row.original()) : "");
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
    return Plain.share(right.estimate()) + " " + CotTable.interval(right.wilson(CotSummary.LEVEL));
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
        interventions.places().stream().mapToLong(place -> place.rollouts()).average().orElse(0);
    return List.of(
        "",
        "  (resample: from just before the window; hint: the same after the hint; plain vote: the",
        "  majority of fresh whole responses that take as many tokens, one at the least; tokens:",
        "  sampled for a problem, mean; difference: paired by problem; intervals: 95 %; p:"
            + " McNemar's",
        "  exact test. All but the original is sampled anew, and not by the draws that found the",
        "  windows. The windows were chosen by the original: the first line, and what is gained",
        "  against it, hold regression to the mean. No line counts the "
            + Plain.count(Math.round(rollouts))
            + " continuations a problem",
        "  that it took to find the windows)");
  }
}
