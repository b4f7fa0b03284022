package criticalwindows.cli;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.Invariants;
import criticalwindows.cot.WindowStudy;
import criticalwindows.dataset.Problem;
import criticalwindows.exact.ExactStudy;
import criticalwindows.grade.Grader;
import criticalwindows.report.CotPage;
import criticalwindows.report.CotStudy;
import criticalwindows.report.CotTable;
import criticalwindows.report.Heading;
import criticalwindows.report.Interest;
import criticalwindows.rollout.Faults;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.run.RunPrograms;
import criticalwindows.run.RunWork;
import criticalwindows.store.RunFolder;
import criticalwindows.view.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// A run's reports, from its folder alone. Everything is counted from replies; what was written is
/// read for the problems that are shown, so that a large run takes no more memory than a small one.
///
/// @param grader by which answers are read and compared
/// @param faults what could not be worked out of single problems, so far
record CotReports(RunFolder run, Grader grader, Faults faults) {
  /// Problems of which a page tells everything, and up to which a table has them all.
  static final int MANY = 100;

  /// Problems in the table of a run with more than that.
  private static final int LINES = 40;

  /// Problems whose exact curves a large run's page compares with the measured ones in all.
  private static final int COMPARED = 200;

  static CotReports of(RunFolder run) {
    return of(run, RunWork.GRADER);
  }

  static CotReports of(RunFolder run, Grader grader) {
    return new CotReports(run, grader, new Faults());
  }

  /// The table.
  ///
  /// @param problems so many of them in a line each; absent for all of a small run, or the most
  ///   interesting of a large one
  String table(Optional<Integer> problems) {
    return Experiments.isForm(run) ? FormReports.table(run) : table(findings(), problems);
  }

  String table(List<CotFinding> findings, Optional<Integer> problems) {
    boolean small = findings.size() <= MANY;
    int lines = problems.orElse(small ? MANY : LINES);
    // Exact curves and the window model take longer than all the rest: only where asked for.
    return CotTable.of(
        small || problems.isPresent()
            ? study(findings, lines)
            : study(findings, lines, RunPrograms.NONE, WindowStudy.of(List.of())));
  }

  /// Writes the page into the run's folder, whole or not at all.
  Path write() {
    return write(run.folder().resolve("report.html"), MANY);
  }

  /// Writes the page.
  ///
  /// @param problems so many of them with all that was written
  Path write(Path page, int problems) {
    if (Experiments.isForm(run)) {
      return FormReports.write(run, page);
    }
    return Pages.write(page, CotPage.of(study(findings(), problems)));
  }

  /// Every problem with an original, its continuations counted and not told.
  List<CotFinding> findings() {
    List<CotFinding> findings = new ArrayList<>();
    run.ledger()
        .forEachReplies(
            (problem, replies) ->
                faults
                    .unless(
                        problem, () -> CotFinding.of(problem, replies, settings().cuts(), grader))
                    .ifPresent(findings::add));
    return findings;
  }

  /// Says what could not be worked out of single problems.
  static void warn(Console console, List<String> faults) {
    faults.forEach(fault -> console.err().println("warning: " + TerminalText.line(fault)));
  }

  private CotSettings settings() {
    return run.settings(CotSettings::of);
  }

  private CotStudy study(List<CotFinding> all, int most) {
    return study(all, most, RunPrograms.of(run), WindowStudy.of(all));
  }

  private CotStudy study(
      List<CotFinding> all, int most, RunPrograms programs, WindowStudy windows) {
    // Of a large run these take as long as reading what is shown of it.
    CompletableFuture<CotSummary> summary = CompletableFuture.supplyAsync(() -> CotSummary.of(all));
    CompletableFuture<List<String>> violations =
        CompletableFuture.supplyAsync(() -> Invariants.violations(all, settings().cuts()));
    List<CotFinding> interesting = Interest.most(all, most);
    Set<String> ids = new HashSet<>();
    interesting.forEach(finding -> ids.add(finding.problem().id()));
    List<CotFinding> shown = withOriginals(interesting);
    List<CotFinding> rest =
        all.stream().filter(finding -> !ids.contains(finding.problem().id())).toList();
    ExactStudy exact = exact(shown, programs);
    boolean whole = rest.isEmpty() || programs.byId().isEmpty();
    Heading heading =
        Headings.of(run)
            .plus(programs.warnings())
            .plus(faults.lines())
            .plus(windows.faults())
            .plus(violations.join());
    return new CotStudy(
        heading,
        summary.join(),
        windows,
        shown,
        rest,
        this::complete,
        exact,
        whole ? exact : exact(withOriginals(sample(all)), programs));
  }

  private ExactStudy exact(List<CotFinding> findings, RunPrograms programs) {
    return ExactStudy.of(settings().sampling(), findings, programs.byId());
  }

  /// Problems are known by hashes of their content, so the first of these are a fair sample, and
  /// the same one each time.
  private static List<CotFinding> sample(List<CotFinding> all) {
    return all.stream()
        .sorted(Comparator.comparing(finding -> finding.problem().id()))
        .limit(COMPARED)
        .toList();
  }

  private List<CotFinding> withOriginals(List<CotFinding> findings) {
    List<Problem> problems = findings.stream().map(CotFinding::problem).toList();
    Map<String, Sample> originals = run.ledger().originals(problems);
    return findings.stream()
        .map(
            finding ->
                finding.with(originals.getOrDefault(finding.problem().id(), finding.original())))
        .collect(Collectors.toList());
  }

  private CotFinding complete(CotFinding finding) {
    Problem problem = finding.problem();
    List<Sample> samples = run.ledger().samples(problem.id());
    return faults
        .unless(problem, () -> CotFinding.of(problem, samples, settings().cuts(), grader))
        .orElse(finding);
  }
}
