package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.MeanShare;
import criticalwindows.defence.Defence;
import criticalwindows.defence.DefendedFinding;
import criticalwindows.defence.DefendedFinding.Replies;
import criticalwindows.outcome.Outcome;
import criticalwindows.stats.CorrectedRate;
import criticalwindows.stats.JudgeErrors;
import criticalwindows.stats.Kappa;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What judges call a success in a run: how often, raw and corrected for their errors, and how far
/// they agree.
public final class JudgeTable {
  private static final List<Column<Rate>> RATES =
      List.of(
          new Column<>("judge", "the outcome", rate -> TerminalText.line(rate.judge().name(), 24)),
          new Column<>(
              "success",
              "what counts as one",
              rate -> TerminalText.line(rate.judge().positive(), 16)),
          new Column<>("of", "which responses", Rate::of),
          new Column<>("raw", "as the judge says", rate -> raw(rate.mean())),
          new Column<>(
              "corrected",
              "for the judge's errors, with their uncertainty; not where a header ends replies by"
                  + " what the judge says",
              Rate::corrected));

  private static final List<Column<Agreement>> AGREEMENT =
      List.of(
          new Column<>("judge", "an outcome", each -> TerminalText.line(each.one().name(), 24)),
          new Column<>("and", "another", each -> TerminalText.line(each.other().name(), 24)),
          new Column<>(
              "agree",
              "responses that both call a success, or both not",
              each -> Numbers.share(each.kappa().agreement())),
          new Column<>(
              "kappa",
              "agreement beyond chance: 1 is full, 0 is chance",
              each -> Numbers.share(each.kappa().estimate(), each.kappa().interval())));

  private JudgeTable() {}

  /// An outcome with a class that counts as a success.
  ///
  /// @param name as it was written
  /// @param positive that class
  /// @param errors of the judge; absent where it was not calibrated
  /// @param findings of the run by it
  /// @param defended what defences came to by it
  public record Judge(
      String name,
      String positive,
      Optional<JudgeErrors> errors,
      List<CotFinding> findings,
      List<DefendedFinding> defended) {
    public Judge {
      findings = List.copyOf(findings);
      defended = List.copyOf(defended);
    }

    private boolean success(Outcome outcome) {
      return outcome.readable() && outcome.show().equals(positive);
    }

    private Proportion share(List<? extends Outcome> outcomes) {
      return new Proportion(outcomes.stream().filter(this::success).count(), outcomes.size());
    }
  }

  /// @param judged whether each response was judged once, when it was over: only then can its rate
  ///   be corrected
  private record Rate(Judge judge, String of, ProblemMean mean, Judged judged) {
    String corrected() {
      return judge
          .errors()
          .filter(errors -> judged == Judged.ONCE)
          .map(errors -> CorrectedRate.of(mean, errors, MeanShare.LEVEL))
          .map(rate -> Numbers.share(rate.estimate(), rate.interval()))
          .orElse("–");
    }
  }

  private enum Judged {
    ONCE,
    /// A header ends a reply by what the judge says.
    ON_THE_WAY
  }

  private record Agreement(Judge one, Judge other, Kappa kappa) {}

  /// Lines for the terminal; none where there is no judge.
  ///
  /// @param judges in the order of the run's outcomes
  static List<String> lines(List<Judge> judges) {
    List<String> lines = new ArrayList<>();
    List<Rate> rates = judges.stream().flatMap(judge -> rates(judge).stream()).toList();
    if (!rates.isEmpty()) {
      boolean all = judges.stream().allMatch(judge -> judge.errors().isPresent());
      lines.addAll(
          new View<>(RATES, rates)
              .saying()
              .lines(
                  "means over problems, each counting the same, with 95 % intervals",
                  all
                      ? "what could not be read is no success"
                      : "not corrected without --judge-calibration FILE, which cw judges calibrate"
                          + " writes"));
      lines.add("");
    }
    List<Agreement> agreement = agreement(judges);
    if (!agreement.isEmpty()) {
      lines.addAll(
          new View<>(AGREEMENT, agreement)
              .lines("over all responses, those of one problem as one draw, with 95 % intervals"));
      lines.add("");
    }
    return lines;
  }

  /// The same tables for a page: rates, then agreement, where there are any.
  static List<View<?>> views(List<Judge> judges) {
    List<View<?>> views = new ArrayList<>();
    List<Rate> rates = judges.stream().flatMap(judge -> rates(judge).stream()).toList();
    if (!rates.isEmpty()) {
      views.add(new View<>(RATES, rates).saying());
    }
    List<Agreement> agreement = agreement(judges);
    if (!agreement.isEmpty()) {
      views.add(new View<>(AGREEMENT, agreement));
    }
    return views;
  }

  private static List<Rate> rates(Judge judge) {
    List<Rate> rates = new ArrayList<>();
    add(rates, judge, "originals", finding -> judge.share(List.of(finding.outcome())));
    add(rates, judge, "continuations, first cut", finding -> cut(judge, finding, At.FIRST));
    add(rates, judge, "continuations, last cut", finding -> cut(judge, finding, At.LAST));
    judge.defended().stream()
        .flatMap(each -> each.cuts().values().stream())
        .flatMap(at -> at.defended().keySet().stream())
        .distinct()
        .map(defence -> defended(judge, defence))
        .filter(rate -> rate.mean().known())
        .forEach(rates::add);
    return rates;
  }

  /// The last cut under a defence.
  private static Rate defended(Judge judge, Defence defence) {
    List<Proportion> shares =
        judge.defended().stream()
            .filter(each -> !each.cuts().isEmpty())
            .map(each -> each.cuts().lastEntry().getValue().defended())
            .map(replies -> Optional.ofNullable(replies.get(defence)))
            .map(replies -> replies.map(Replies::complied).orElse(Proportion.NONE))
            .toList();
    return new Rate(
        judge,
        TerminalText.line(defence.shown(), 24) + ", last cut",
        ProblemMean.of(shares),
        defence instanceof Defence.Header ? Judged.ON_THE_WAY : Judged.ONCE);
  }

  private static void add(
      List<Rate> rates, Judge judge, String of, Function<CotFinding, Proportion> share) {
    ProblemMean mean = ProblemMean.of(judge.findings().stream().map(share).toList());
    if (mean.known()) {
      rates.add(new Rate(judge, of, mean, Judged.ONCE));
    }
  }

  private enum At {
    FIRST,
    LAST
  }

  private static Proportion cut(Judge judge, CotFinding finding, At at) {
    List<List<? extends Outcome>> cuts = List.copyOf(finding.byCut().values());
    return cuts.isEmpty()
        ? Proportion.NONE
        : judge.share(at == At.FIRST ? cuts.getFirst() : cuts.getLast());
  }

  private static List<Agreement> agreement(List<Judge> judges) {
    List<Agreement> all = new ArrayList<>();
    for (int i = 0; i < judges.size(); i++) {
      for (int j = i + 1; j < judges.size(); j++) {
        Judge one = judges.get(i);
        Judge other = judges.get(j);
        List<List<Kappa.Pair>> pairs = pairs(one, other);
        if (!pairs.isEmpty()) {
          Kappa.of(pairs, MeanShare.LEVEL)
              .ifPresent(kappa -> all.add(new Agreement(one, other, kappa)));
        }
      }
    }
    return all;
  }

  private static List<List<Kappa.Pair>> pairs(Judge one, Judge other) {
    Map<String, CotFinding> others =
        other.findings().stream().collect(Collectors.toMap(f -> f.problem().id(), f -> f));
    List<List<Kappa.Pair>> clusters = new ArrayList<>();
    for (CotFinding finding : one.findings()) {
      CotFinding twin = others.get(finding.problem().id());
      if (twin != null) {
        List<Outcome> mine = all(finding);
        List<Outcome> theirs = all(twin);
        List<Kappa.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
          pairs.add(
              new Kappa.Pair(
                  one.success(mine.get(i)) ? 1 : 0, other.success(theirs.get(i)) ? 1 : 0));
        }
        clusters.add(pairs);
      }
    }
    return clusters;
  }

  /// The original's, and each continuation's once.
  private static List<Outcome> all(CotFinding finding) {
    List<Outcome> all = new ArrayList<>(List.of(finding.outcome()));
    Map<Integer, CotLevel> cuts = new TreeMap<>();
    finding.levels().forEach(level -> cuts.putIfAbsent(level.cut().kept(), level));
    cuts.values()
        .forEach(level -> level.resamples().forEach(resample -> all.add(resample.outcome())));
    return all;
  }

  private static String raw(ProblemMean mean) {
    return Numbers.share(mean.estimate(), mean.interval(MeanShare.LEVEL));
  }
}
