package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.Depths;
import criticalwindows.cot.Episodes;
import criticalwindows.defence.DefenceStudy;
import criticalwindows.exact.ExactStudy;
import criticalwindows.probe.AlongText;
import criticalwindows.window.WindowStudy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What there is to report of a run, large or small.
///
/// @param summary over all problems
/// @param windows what the window model says of all problems; of none where that was not asked for
/// @param shown the findings to show each by itself, in order; with their originals, but their
///   continuations may be empty
/// @param rest all other findings, in the run's order
/// @param complete gives a shown finding with all its samples, one at a time
/// @param exact what is exactly known of those shown
/// @param sample the same of a fair sample of all problems, for totals
/// @param also the run's other outcomes
/// @param judges outcomes that say what a success is
/// @param depths the share of the class that is followed by how much was given; absent where the
///   run is not about that
/// @param defences what was tried beside plain replies
/// @param episodes responses that had begun to comply and were refused, of runs by depth
/// @param along what probes forecast along the originals, by problem
public record CotStudy(
    Heading heading,
    CotSummary summary,
    WindowStudy windows,
    List<CotFinding> shown,
    List<CotFinding> rest,
    UnaryOperator<CotFinding> complete,
    ExactStudy exact,
    ExactStudy sample,
    List<Also> also,
    List<JudgeTable.Judge> judges,
    Optional<Depths> depths,
    DefenceStudy defences,
    Episodes episodes,
    Map<String, AlongText> along) {
  public CotStudy {
    judges = List.copyOf(judges);
    also = List.copyOf(also);
    shown = List.copyOf(shown);
    rest = List.copyOf(rest);
  }

  /// A run whose complete findings are all shown.
  public static CotStudy of(Heading heading, List<CotFinding> findings, ExactStudy exact) {
    return new CotStudy(
        heading,
        CotSummary.of(findings),
        WindowStudy.of(findings),
        findings,
        List.of(),
        UnaryOperator.identity(),
        exact,
        exact,
        List.of(),
        List.of(),
        Optional.empty(),
        DefenceStudy.NONE,
        Episodes.NONE,
        Map.of());
  }

  /// Whether it is about depth alone, and each item has one place: no windows.
  public boolean depthAlone() {
    return depths.filter(each -> each.unit() == Depths.Unit.WORDS).isPresent();
  }

  /// One more outcome of a run, beside the one that windows are found by.
  ///
  /// @param byProblem findings by it
  public record Also(String name, Map<String, CotFinding> byProblem) {
    public Also {
      byProblem = Map.copyOf(byProblem);
    }

    /// What the problem of a finding came to by it.
    public Optional<CotFinding> of(CotFinding finding) {
      return Optional.ofNullable(byProblem.get(finding.problem().id()));
    }

    /// Of these findings.
    public static Also of(String name, List<CotFinding> findings) {
      return new Also(
          name, findings.stream().collect(Collectors.toMap(f -> f.problem().id(), f -> f)));
    }
  }
}
