package criticalwindows.show;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.Depths;
import criticalwindows.cot.Episodes;
import criticalwindows.cot.Invariants;
import criticalwindows.cot.StudyTheory;
import criticalwindows.dataset.Problem;
import criticalwindows.defence.Defence;
import criticalwindows.defence.DefenceStudy;
import criticalwindows.defence.DefendedFinding;
import criticalwindows.exact.ExactStudy;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Scorer;
import criticalwindows.probe.AlongText;
import criticalwindows.report.CotPage;
import criticalwindows.report.CotStudy;
import criticalwindows.report.CotTable;
import criticalwindows.report.Heading;
import criticalwindows.report.JudgeTable;
import criticalwindows.report.SteepestFirst;
import criticalwindows.report.TheoryTable;
import criticalwindows.rollout.Faults;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.run.KnownWindows;
import criticalwindows.run.RunPrograms;
import criticalwindows.scoring.Calibration;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.RunFolder;
import criticalwindows.window.WindowStudy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// A run's reports, from its folder alone. Everything is counted from replies; what was written is
/// read for the problems that are shown, so that a large run takes no more memory than a small one.
/// Replies are read and graded once, and the window model is asked once, whatever is made of them.
public final class CotReports implements RunViews {
  /// Problems in the table of a run with more than that.
  private static final int LINES = 40;

  /// Problems whose exact curves a large run's page compares with the measured ones in all.
  private static final int COMPARED = 200;

  /// A folder in that of a run.
  private static final String RATIOS = "ratio";

  private final RunFolder run;
  private final Outcomes outcomes;
  private final Redaction redaction;
  private final Faults faults = new Faults();
  private final Map<Integer, CotStudy> studies = new HashMap<>();
  private final Map<String, List<CotFinding>> findings = new LinkedHashMap<>();
  private final Map<String, List<DefendedFinding>> defended = new HashMap<>();
  private final Map<String, List<Episodes.Of>> episodes = new HashMap<>();

  private CotReports(RunFolder run, Outcomes outcomes, Redaction redaction) {
    this.run = run;
    this.outcomes = outcomes;
    this.redaction = redaction;
  }

  /// By the outcomes that the run names.
  public static CotReports of(RunFolder run) {
    return of(run, Experiments.told(run));
  }

  /// By these outcomes; windows are those of the first.
  public static CotReports of(RunFolder run, Outcomes outcomes) {
    return new CotReports(run, outcomes, Redaction.SHOWN);
  }

  /// The same, with texts shown or blurred.
  CotReports redacted(Redaction how) {
    return new CotReports(run, outcomes, how);
  }

  @Override
  public Faults faults() {
    return faults;
  }

  @Override
  public String table(Optional<Integer> problems) {
    boolean small = findings().size() <= MANY;
    int lines = problems.orElse(small ? MANY : LINES);
    // Exact curves and the window model take longer than all the rest: only where asked for.
    return CotTable.of(
        redaction.of(
            small || problems.isPresent()
                ? study(lines)
                : study(lines, RunPrograms.NONE, WindowStudy.of(List.of()))));
  }

  @Override
  public String page(int problems) {
    return CotPage.of(redaction.of(study(problems)), ratios());
  }

  /// What two models made of the run's texts, where a run of their ratios lies in this one.
  private String ratios() {
    Path folder = run.folder().resolve(RATIOS);
    if (!Files.exists(folder.resolve("run.json"))) {
      return "";
    }
    try (RunFolder ratios = RunFolder.open(folder)) {
      return Experiments.isRatio(ratios)
          ? RatioReports.of(ratios).redacted(redaction).sections()
          : "";
    }
  }

  @Override
  public String theory(double epsilon) {
    // It is about responses of a class, each of its own.
    List<CotFinding> own =
        outcomes.follow().isEmpty()
            ? findings()
            : read(
                outcomes.all().getFirst().scorer(),
                new Beside(new ArrayList<>(), new ArrayList<>()));
    return TheoryTable.study(Headings.of(run).title(), StudyTheory.of(own, epsilon));
  }

  /// Every problem with an original, its continuations counted and not told.
  public List<CotFinding> findings() {
    return findings(outcomes.searched());
  }

  private List<CotFinding> findings(Outcomes.Named outcome) {
    if (!findings.containsKey(outcome.name())) {
      Beside beside = new Beside(new ArrayList<>(), new ArrayList<>());
      findings.put(outcome.name(), read(outcome.scorer(), beside));
      defended.put(outcome.name(), List.copyOf(beside.defended));
      episodes.put(outcome.name(), List.copyOf(beside.episodes));
    }
    return findings.getOrDefault(outcome.name(), List.of());
  }

  /// What defences a run was asked for.
  public static DefendedFinding.Asked asked(RunFolder run) {
    List<Defence> defences = Experiments.defences(run);
    int most = defences.isEmpty() ? 0 : run.settings(settings -> settings.integer("maxTokens"));
    return new DefendedFinding.Asked(defences, most);
  }

  /// What defences came to, by the outcome that windows are found by.
  public List<DefendedFinding> defended() {
    findings();
    return defended.getOrDefault(outcomes.searched().name(), List.of());
  }

  /// What is read of complete findings beside their counts, where curves follow a class.
  private record Beside(List<DefendedFinding> defended, List<Episodes.Of> episodes) {}

  private List<CotFinding> read(Scorer scorer, Beside beside) {
    List<CotFinding> read = new ArrayList<>();
    DefendedFinding.Asked asked = asked(run);
    if (scorer.repliesAlone() && !Experiments.isTrace(run)) {
      run.ledger()
          .forEachReplies(
              (problem, replies) ->
                  faults
                      .unless(
                          problem,
                          () -> CotFinding.of(problem, replies, Experiments.cuts(run), scorer))
                      .ifPresent(read::add));
    } else {
      run.ledger()
          .forEach(
              (problem, samples) ->
                  faults
                      .unless(
                          problem,
                          () -> CotFinding.of(problem, samples, Experiments.cuts(run), scorer))
                      .map(finding -> noted(finding, samples, new Noting(scorer, asked, beside)))
                      .ifPresent(read::add));
    }
    return List.copyOf(read);
  }

  private record Noting(Scorer scorer, DefendedFinding.Asked asked, Beside beside) {}

  /// The counts of a complete finding.
  private CotFinding noted(CotFinding finding, List<Sample> samples, Noting noting) {
    boolean follows = finding.fixed().isPresent();
    if (follows && Experiments.cuts(run) instanceof CutPlan.First) {
      noting.beside.episodes.add(Episodes.of(finding, noting.scorer));
    }
    if (follows && !noting.asked.defences().isEmpty()) {
      noting.beside.defended.add(DefendedFinding.of(finding, samples, noting.asked, noting.scorer));
    }
    return finding.counted();
  }

  /// What the original of each problem came to by the outcomes that are not searched for.
  private List<CotStudy.Also> also() {
    return outcomes.all().stream()
        .skip(1)
        .map(outcome -> CotStudy.Also.of(outcome.name(), findings(outcome)))
        .toList();
  }

  /// The outcomes that say what a success is, where one of them is a judge or was calibrated.
  private List<JudgeTable.Judge> judges() {
    boolean any =
        outcomes.all().stream().anyMatch(each -> each.judges() || each.calibration().isPresent());
    return any
        ? outcomes.all().stream()
            .filter(each -> each.positive().isPresent())
            .map(
                each ->
                    new JudgeTable.Judge(
                        each.name(),
                        each.positive().get(),
                        each.calibration().map(Calibration::errors),
                        findings(each),
                        defended.getOrDefault(each.name(), List.of())))
            .toList()
        : List.of();
  }

  /// What the window model says of them all; of the outcome that the run names first it is kept
  /// beside the run.
  public WindowStudy windows() {
    if (Experiments.isRepeat(run)) {
      return WindowStudy.of(List.of()); // Its items have one place each.
    }
    return outcomes.searched().name().equals(Experiments.outcomes(run).getFirst())
        ? KnownWindows.of(run.folder(), findings())
        : WindowStudy.of(findings());
  }

  private CotStudy study(int most) {
    if (!studies.containsKey(most)) {
      studies.put(most, study(most, RunPrograms.of(run), windows()));
    }
    return studies.get(most);
  }

  private CotStudy study(int most, RunPrograms programs, WindowStudy windows) {
    List<CotFinding> all = findings();
    // Of a large run these take as long as reading what is shown of it.
    CompletableFuture<CotSummary> summary = CompletableFuture.supplyAsync(() -> CotSummary.of(all));
    CompletableFuture<List<String>> violations =
        CompletableFuture.supplyAsync(() -> Invariants.violations(all, Experiments.cuts(run)));
    List<CotFinding> steepest = SteepestFirst.most(all, most);
    Set<String> ids = new HashSet<>();
    steepest.forEach(finding -> ids.add(finding.problem().id()));
    List<CotFinding> shown = withOriginals(steepest);
    List<CotFinding> rest =
        all.stream().filter(finding -> !ids.contains(finding.problem().id())).toList();
    ExactStudy exact = exact(shown, programs);
    boolean whole = rest.isEmpty() || programs.byId().isEmpty();
    Heading heading =
        Headings.of(run)
            .plus(programs.warnings())
            .plus(faults.lines())
            .plus(windows.faults())
            .plus(unmet(all))
            .plus(OffPolicy.warnings(run.ledger(), run.ledger().problems()))
            .plus(violations.join());
    return new CotStudy(
        heading,
        summary.join(),
        windows,
        shown,
        rest,
        this::complete,
        exact,
        whole ? exact : exact(withOriginals(sample(all)), programs),
        also(),
        judges(),
        depths(all),
        DefenceStudy.of(defended()),
        episodes(),
        along());
  }

  /// What probes forecast along the originals, by problem; empty where none was applied.
  public Map<String, AlongText> along() {
    return AlongTexts.of(run, run.folder().resolve(RATIOS));
  }

  /// Of runs by depth that are read by a judge who can tell them.
  public Episodes episodes() {
    findings();
    return Episodes.of(episodes.getOrDefault(outcomes.searched().name(), List.of()));
  }

  /// What runs that follow a class by how much was given are about.
  private Optional<Depths> depths(List<CotFinding> all) {
    boolean follows = !all.isEmpty() && outcomes.follow().isPresent();
    if (follows && Experiments.isRepeat(run)) {
      Map<String, Sample> runs = new LinkedHashMap<>();
      withOriginals(all.stream().filter(each -> Depths.times(each.problem().id()) == 0).toList())
          .forEach(each -> runs.put(each.problem().task(), each.original()));
      return Optional.of(Depths.byWords(all, runs));
    }
    return follows && Experiments.cuts(run) instanceof CutPlan.First
        ? Optional.of(Depths.byTokens(all))
        : Optional.empty();
  }

  /// The curves of prefills, attacks and repeated words, for figures; absent for other runs.
  public Optional<Depths> depths() {
    return depths(findings());
  }

  /// A class that nothing came to is perhaps one that was misspelt.
  private List<String> unmet(List<CotFinding> all) {
    boolean met =
        all.stream()
            .anyMatch(
                finding ->
                    finding.outcome().same(finding.followed())
                        || finding.levels().stream()
                            .anyMatch(level -> level.consistent().successes() > 0));
    return met || all.isEmpty() || outcomes.follow().isEmpty()
        ? List.of()
        : List.of(
            "nothing came to "
                + outcomes.follow().get()
                + "; responses came to "
                + all.stream()
                    .map(finding -> finding.outcome().show())
                    .distinct()
                    .sorted()
                    .limit(5)
                    .collect(Collectors.joining(", ")));
  }

  private ExactStudy exact(List<CotFinding> findings, RunPrograms programs) {
    return programs.byId().isEmpty()
        ? ExactStudy.NONE
        : ExactStudy.of(Experiments.sampling(run), findings, programs.byId());
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
    return withOriginals(run, findings);
  }

  /// Findings with their originals as they were sampled.
  static List<CotFinding> withOriginals(RunFolder run, List<CotFinding> findings) {
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
        .unless(
            problem,
            () ->
                CotFinding.of(
                    problem, samples, Experiments.cuts(run), outcomes.searched().scorer()))
        .orElse(finding);
  }
}
