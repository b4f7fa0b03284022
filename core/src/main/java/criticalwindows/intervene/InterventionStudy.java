package criticalwindows.intervene;

import criticalwindows.intervene.InterventionFinding.Policy;
import criticalwindows.stats.PairedProportions;
import criticalwindows.stats.Proportion.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Interventions over problems, each beside a plain vote that costs as many tokens. The unit is the
/// problem: every comparison is paired within problems.
///
/// @param rows one for each policy
public record InterventionStudy(int problems, List<Row> rows) {
  public InterventionStudy {
    rows = List.copyOf(rows);
  }

  /// One policy.
  ///
  /// @param plain its right answers (first) and those of the plain vote (second)
  /// @param original the same against the original response
  /// @param tokens sampled for a problem, on average
  /// @param plainTokens the same for the plain vote
  /// @param plainResponses whole responses in it, on average
  public record Row(
      Policy policy,
      PairedProportions plain,
      PairedProportions original,
      double tokens,
      double plainTokens,
      double plainResponses) {}

  /// The study of these problems.
  ///
  /// @param findings complete ones
  public static InterventionStudy of(List<InterventionFinding> findings) {
    return new InterventionStudy(
        findings.size(),
        Arrays.stream(Policy.values()).map(policy -> row(policy, findings)).toList());
  }

  /// The study of those whose original is right, or of those whose is not.
  public static InterventionStudy of(List<InterventionFinding> findings, Outcome original) {
    return of(findings.stream().filter(finding -> finding.original() == original).toList());
  }

  private static Row row(Policy policy, List<InterventionFinding> findings) {
    PairedProportions plain = PairedProportions.NONE;
    PairedProportions original = PairedProportions.NONE;
    for (InterventionFinding finding : findings) {
      Outcome right = finding.result(policy).right();
      plain = plain.plus(right, finding.plain(policy).right());
      original = original.plus(right, finding.original());
    }
    return new Row(
        policy,
        plain,
        original,
        mean(findings, finding -> finding.result(policy).tokens()),
        mean(findings, finding -> finding.plain(policy).tokens()),
        mean(findings, finding -> finding.plain(policy).responses()));
  }

  private static double mean(
      List<InterventionFinding> findings, ToDoubleFunction<InterventionFinding> value) {
    return findings.stream().mapToDouble(value).average().orElse(0);
  }
}
