package criticalwindows.bench;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.export.RunExport;
import criticalwindows.export.RunTables;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.localise.Move;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.noise.Written;
import criticalwindows.rollout.Budget;
import criticalwindows.run.Experiments;
import criticalwindows.run.RunWork;
import criticalwindows.show.CotReports;
import criticalwindows.show.Pages;
import criticalwindows.show.RunViews;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import criticalwindows.store.RunFolder;
import criticalwindows.tables.TableFolder;
import criticalwindows.tables.TableFolder.Format;
import criticalwindows.trace.Tracing;
import criticalwindows.window.WindowStudy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// One long text from its characters to its page, stage by stage.
final class LongRun {
  private final LongText text;
  private final int rollouts;
  private final Path folder;
  private final InstantSource clock;
  private final ToyModel model;

  /// @param rollouts of the search
  /// @param folder in which the run and its tables are written
  LongRun(LongText text, int rollouts, Path folder, InstantSource clock) {
    this.text = text;
    this.rollouts = rollouts;
    this.folder = folder;
    this.clock = clock;
    this.model = text.model();
  }

  /// A part of the work.
  ///
  /// @param work gives what was done, for people
  record Stage(String name, Work work) {}

  /// The work of a stage.
  interface Work {
    String run() throws InterruptedException;
  }

  /// All of them, in the order in which they build on each other.
  List<Stage> stages() {
    return List.of(
        new Stage("tokenise", this::tokenise),
        new Stage("score", this::score),
        new Stage("cuts", this::cuts),
        new Stage("decisions", this::decisions),
        new Stage("run", this::sample),
        new Stage("read", this::read),
        new Stage("window model", this::windows),
        new Stage("table", this::table),
        new Stage("page", this::page),
        new Stage("export", this::export));
  }

  private Problem item() {
    return Tracing.of(model, List.of(text.trace()), "long").items().getFirst();
  }

  private String tokenise() {
    GivenText given = item().given().orElseThrow();
    return given.response().map(Tokens::size).orElse(0) + " tokens";
  }

  private String score() throws InterruptedException {
    GivenText given = item().given().orElseThrow();
    Step step =
        new Step.Score(List.of(given.response().orElseThrow())).withPredictions(Sampling.PLAIN);
    int found =
        Models.run(model, new Script(given.prompt(), List.of(step), 1))
            .scores()
            .getFirst()
            .getFirst()
            .predictions()
            .size();
    return found + " predictions";
  }

  private String cuts() {
    Tokens tokens = model.vocabulary().encode(text.sentences());
    int cuts =
        new CutPlan.Sentences()
            .cuts(tokens.size(), () -> Written.of(model.vocabulary(), tokens))
            .size();
    return cuts + " sentences";
  }

  /// A search against the exact curve, with no model.
  private String decisions() {
    AdaptiveSearch search = AdaptiveSearch.of(.001, .95, rollouts);
    SplittableRandom random = new SplittableRandom(1);
    Map<Integer, Proportion> counts = new TreeMap<>();
    int made = 0;
    while (search.next(curve(counts), text.length() + 1) instanceof Move.Sample sample) {
      made++;
      for (Move.Draw draw : sample.draws()) {
        for (int i = 0; i < draw.count(); i++) {
          boolean same = draw.position() > text.decided() || random.nextDouble() < .4;
          counts.merge(draw.position(), new Proportion(same ? 1 : 0, 1), Proportion::plus);
        }
      }
    }
    return made + " decisions";
  }

  private Curve curve(Map<Integer, Proportion> counts) {
    List<Curve.Point> points = new ArrayList<>();
    counts.forEach((kept, count) -> points.add(new Curve.Point(kept, count)));
    return new Curve(points).endingAt(new Curve.End(text.length() + 1, true));
  }

  private Path run() {
    return folder.resolve("run");
  }

  private String sample() throws InterruptedException {
    try (RunFolder run = RunFolder.create(run(), text.manifest(rollouts), List.of(item()))) {
      RunWork.Limits limits = new RunWork.Limits(new Budget.Unlimited(), clock);
      new RunWork(run, model, limits, state -> {}).go();
      return run.ledger().keys().size() - 1 + " rollouts";
    }
  }

  private String read() {
    try (RunFolder run = RunFolder.open(run())) {
      CotFinding finding = CotReports.of(run).findings().getFirst();
      return finding.rollouts() + " outcomes";
    }
  }

  private String windows() {
    try (RunFolder run = RunFolder.open(run())) {
      return WindowStudy.of(CotReports.of(run).findings()).byProblem().values().stream()
          .findFirst()
          .map(known -> "at " + Math.round(known.window().place().mean()) + ", " + known.verdict())
          .orElse("nothing said");
    }
  }

  private String table() {
    try (RunFolder run = RunFolder.open(run())) {
      return RunViews.of(run).table(Optional.empty()).lines().count() + " lines";
    }
  }

  private String page() {
    try (RunFolder run = RunFolder.open(run())) {
      Path page = Pages.write(folder.resolve("page.html"), RunViews.of(run).page(RunViews.MANY));
      return page.toFile().length() + " bytes";
    }
  }

  private String export() {
    Path path = folder.resolve("tables");
    try (RunFolder run = RunFolder.open(run());
        TableFolder tables = TableFolder.create(path, Format.PARQUET, RunTables.ALL)) {
      CutPlan cuts = run.settings(CotSettings::of).cuts();
      RunExport.Sampled sampled =
          new RunExport.Sampled(run.ledger(), cuts, Experiments.scorers(run).searched().scorer());
      RunExport.write(sampled, CotReports.of(run).windows(), tables);
      return tables.finish().size() + " tables";
    }
  }
}
