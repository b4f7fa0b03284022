package criticalwindows.export;

import criticalwindows.cot.Blurred;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.EarlyAnswerReading;
import criticalwindows.cot.MeanShare;
import criticalwindows.dataset.Problem;
import criticalwindows.defence.Defence;
import criticalwindows.defence.DefendedFinding;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.grade.Rule;
import criticalwindows.localise.Credible;
import criticalwindows.localise.Window;
import criticalwindows.model.LogProbs;
import criticalwindows.model.WatchedLogProbs;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.ChoiceProbs;
import criticalwindows.rollout.Faults;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.SoftProportion;
import criticalwindows.tables.Table.Cell;
import criticalwindows.tables.TableFolder;
import criticalwindows.window.DecidingDraw;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/// Fills [RunTables] from a ledger, problem by problem: no more than one problem is held at a time.
public final class RunExport {
  private static final Cell ABSENT = new Cell.Absent();

  private final TableFolder tables;
  private final Sampled run;
  private final WindowStudy windows;
  private final Faults faults = new Faults();
  private int position;

  private RunExport(TableFolder tables, Sampled run, WindowStudy windows) {
    this.tables = tables;
    this.run = run;
    this.windows = windows;
  }

  /// What was sampled, and how it is read.
  ///
  /// @param plan the run's cuts
  /// @param scorer says what responses came to
  ///
  /// @param asked which defences it has tried
  /// @param texts of problems and samples, as they are written
  public record Sampled(
      Ledger ledger, CutPlan plan, Scorer scorer, DefendedFinding.Asked asked, Texts texts) {
    /// Without defences, and with its texts.
    public Sampled(Ledger ledger, CutPlan plan, Scorer scorer) {
      this(ledger, plan, scorer, new DefendedFinding.Asked(List.of(), 0), Texts.SHOWN);
    }
  }

  /// How texts are written.
  public enum Texts {
    SHOWN,
    /// Each letter is a block.
    BLURRED;

    Problem of(Problem problem) {
      return this == SHOWN ? problem : Blurred.of(problem);
    }

    Sample of(Sample sample) {
      return this == SHOWN ? sample : Blurred.of(sample);
    }

    CotFinding of(CotFinding finding) {
      return this == SHOWN ? finding : Blurred.of(finding);
    }
  }

  /// Writes all rows.
  ///
  /// @param tables made for [RunTables#of]
  /// @param windows what the window model says of its problems; of those that are left out the
  ///   model's cells are absent
  /// @return a line for each problem that could not be worked out: it has its samples alone
  public static List<String> write(Sampled run, WindowStudy windows, TableFolder tables) {
    RunExport export = new RunExport(tables, run, windows);
    run.ledger.forEach(export::add);
    return export.faults.lines();
  }

  private void add(Problem problem, List<Sample> rows) {
    Optional<CotFinding> finding =
        faults.unless(problem, () -> CotFinding.of(problem, rows, run.plan, run.scorer));
    tables.add(RunTables.PROBLEMS, problem(run.texts.of(problem), finding));
    position++;
    finding.ifPresent(this::windowAndPoints);
    finding.ifPresent(each -> defences(each, rows));
    Map<Key, List<Sample>> scripts = new TreeMap<>();
    for (Sample row : rows) {
      scripts.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row);
    }
    Scripts reader = new Scripts(problem, run, finding);
    scripts.forEach((key, turns) -> tables.add(RunTables.SAMPLES, reader.row(key, turns)));
  }

  private List<Cell> problem(Problem problem, Optional<CotFinding> finding) {
    List<String> choices =
        problem.choices().stream().map(c -> "(" + c.label() + ") " + c.text()).toList();
    Optional<Outcome> direct = finding.flatMap(CotFinding::direct);
    return List.of(
        new Cell.Whole(position),
        new Cell.Text(problem.id()),
        new Cell.Text(problem.dataset()),
        new Cell.Text(problem.task()),
        new Cell.Text(problem.question()),
        new Cell.Text(String.join("\n", choices)),
        cell(problem.answer(), Cell.Text::new),
        cell(finding, f -> new Cell.Text(f.outcome().show())),
        cell(finding.flatMap(CotFinding::fixed), each -> new Cell.Text(each.show())),
        cell(finding, f -> new Cell.Flag(f.readable())),
        cell(finding, f -> cell(f.right(f.outcome()), Cell.Flag::new)),
        cell(direct, answer -> new Cell.Text(answer.show())),
        cell(finding, f -> cell(direct.flatMap(f::right), Cell.Flag::new)),
        cell(finding, f -> new Cell.Whole(f.original().tokens().size())),
        cell(finding, f -> new Cell.Text(f.original().finish().name())),
        cell(finding, f -> new Cell.Flag(f.window().isPresent())),
        cell(finding, f -> score(f.outcome())));
  }

  private static <T> Cell cell(Optional<T> value, Function<T, Cell> cell) {
    return value.map(cell).orElse(ABSENT);
  }

  private void windowAndPoints(CotFinding finding) {
    Optional<WindowFinding> model = windows.of(finding);
    if (model.isPresent() || finding.window().isPresent()) {
      tables.add(RunTables.WINDOWS, window(finding, model));
    }
    for (int level = 0; level < finding.levels().size(); level++) {
      tables.add(RunTables.POINTS, point(finding, level));
    }
  }

  private void defences(CotFinding finding, List<Sample> rows) {
    if (run.asked.defences().isEmpty() || finding.fixed().isEmpty()) {
      return;
    }
    DefendedFinding defended = DefendedFinding.of(finding, rows, run.asked, run.scorer);
    defended
        .cuts()
        .forEach(
            (kept, at) ->
                at.defended()
                    .forEach(
                        (defence, replies) -> {
                          List<Cell> cells = new ArrayList<>();
                          cells.add(new Cell.Text(defended.item()));
                          cells.add(new Cell.Text(defended.family()));
                          cells.add(new Cell.Whole(kept));
                          cells.add(new Cell.Text(defence.spec()));
                          cells.addAll(share(replies.complied()));
                          cells.add(new Cell.Whole(replies.stopped()));
                          cells.add(new Cell.Whole(replies.tokens()));
                          cells.addAll(share(at.plain().complied()));
                          cells.add(new Cell.Whole(at.plain().tokens()));
                          tables.add(RunTables.DEFENCES, cells);
                        }));
  }

  private List<Cell> window(CotFinding finding, Optional<WindowFinding> model) {
    Optional<Window> rule = finding.window();
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell.Text(finding.problem().id()));
    cells.add(cell(finding.right(finding.outcome()), Cell.Flag::new));
    cells.add(cell(rule, window -> new Cell.Whole(window.from())));
    cells.add(cell(rule, window -> new Cell.Whole(window.to())));
    cells.add(cell(rule, window -> new Cell.Real(window.rise())));
    cells.add(cell(model, known -> new Cell.Real(known.noWindow())));
    cells.add(cell(windows.q(finding), Cell.Real::new));
    cells.add(cell(windows.verdict(finding), verdict -> new Cell.Text(verdict.name())));
    cells.add(cell(model, known -> new Cell.Flag(windows.averaged(finding))));
    cells.add(cell(model, known -> new Cell.Flag(known.gradual())));
    cells.add(cell(model, known -> new Cell.Flag(known.stating(finding))));
    cells.addAll(credible(model.map(known -> known.window().place())));
    cells.addAll(credible(model.map(known -> known.window().rise())));
    cells.addAll(credible(model.map(known -> known.window().width())));
    cells.addAll(
        draw(model.flatMap(known -> DecidingDraw.of(known, run.texts.of(finding.original())))));
    return cells;
  }

  private static List<Cell> draw(Optional<DecidingDraw> draw) {
    return List.of(
        cell(draw, known -> new Cell.Whole(known.token())),
        cell(draw, known -> new Cell.Text(known.text())),
        cell(draw, known -> new Cell.Real(known.drawn())),
        cell(draw, known -> new Cell.Text(known.mostOften())),
        cell(draw, known -> new Cell.Real(known.likeliest())),
        cell(draw, known -> new Cell.Real(known.entropy())),
        cell(draw, known -> new Cell.Text(known.kind().word())));
  }

  private static List<Cell> credible(Optional<Credible> known) {
    return List.of(
        cell(known, value -> new Cell.Real(value.mean())),
        cell(known, value -> new Cell.Real(value.interval().low())),
        cell(known, value -> new Cell.Real(value.interval().high())));
  }

  private static List<Cell> point(CotFinding finding, int at) {
    CotLevel level = finding.levels().get(at);
    Optional<Outcome> known = level.early().filter(early -> finding.readable());
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell.Text(finding.problem().id()));
    cells.add(new Cell.Whole(at));
    cells.add(new Cell.Real(level.cut().fraction()));
    cells.add(new Cell.Whole(level.cut().kept()));
    cells.addAll(share(finding.readable() ? level.consistent() : Proportion.NONE));
    cells.addAll(share(finding.readable() ? level.pooled() : Proportion.NONE));
    cells.addAll(share(level.right()));
    cells.add(cell(level.early(), early -> new Cell.Text(early.show())));
    cells.add(cell(known, early -> new Cell.Flag(early.same(finding.followed()))));
    cells.add(cell(level.early().flatMap(finding::right), Cell.Flag::new));
    cells.addAll(share(level.foreseen()));
    SoftProportion same = finding.probability(level);
    Optional<Interval> interval =
        Optional.of(same).filter(SoftProportion::known).map(p -> p.interval(MeanShare.LEVEL));
    cells.add(estimate(same));
    cells.add(cell(interval, i -> new Cell.Real(i.low())));
    cells.add(cell(interval, i -> new Cell.Real(i.high())));
    cells.add(estimate(finding.probability(level, EarlyAnswerReading.OWN)));
    cells.add(estimate(finding.probability(level, EarlyAnswerReading.FORCED)));
    SoftProportion scores = level.scores();
    Optional<Interval> around =
        Optional.of(scores).filter(SoftProportion::known).map(p -> p.interval(MeanShare.LEVEL));
    cells.add(estimate(scores));
    cells.add(cell(around, i -> new Cell.Real(i.low())));
    cells.add(cell(around, i -> new Cell.Real(i.high())));
    return cells;
  }

  private static Cell score(Outcome outcome) {
    return outcome.score().stream().boxed().findFirst().<Cell>map(Cell.Real::new).orElse(ABSENT);
  }

  private static Cell estimate(SoftProportion probability) {
    return probability.known() ? new Cell.Real(probability.estimate()) : ABSENT;
  }

  private static List<Cell> share(Proportion share) {
    if (!share.known()) {
      return List.of(ABSENT, ABSENT, ABSENT, ABSENT);
    }
    Interval interval = share.wilson(MeanShare.LEVEL);
    return List.of(
        new Cell.Whole(share.successes()),
        new Cell.Whole(share.trials()),
        new Cell.Real(interval.low()),
        new Cell.Real(interval.high()));
  }

  /// The rows of one problem's scripts.
  ///
  /// @param finding absent where the original is not sampled
  private record Scripts(Problem problem, Sampled run, Optional<CotFinding> finding) {
    List<Cell> row(Key key, List<Sample> turns) {
      Optional<Sample> response = turn(turns, Sample.Turn.RESPONSE);
      Optional<Sample> reply = turn(turns, Sample.Turn.ANSWER);
      Sample any = turns.getFirst();
      List<Cell> cells = new ArrayList<>();
      cells.add(new Cell.Text(problem.id()));
      cells.add(new Cell.Text(key.arm().name()));
      cells.add(new Cell.Whole(key.kept()));
      cells.add(new Cell.Whole(key.index()));
      cells.addAll(
          outcome(
              finding
                  .map(f -> Defence.said(run.asked.defences(), turns, f.original()))
                  .orElseGet(() -> Said.alone(turns))));
      WatchedLogProbs probs = reply.map(Sample::probs).orElse(WatchedLogProbs.NONE);
      cells.add(estimate(same(probs.written())));
      cells.add(estimate(same(probs.forced())));
      cells.add(cell(response, r -> new Cell.Text(run.texts.of(r).text())));
      cells.add(cell(reply, r -> new Cell.Text(run.texts.of(r).text())));
      cells.add(cell(response, r -> new Cell.Whole(r.tokens().size())));
      cells.add(cell(reply, r -> new Cell.Whole(r.tokens().size())));
      cells.add(cell(response, r -> new Cell.Text(r.finish().name())));
      cells.add(logProb(response));
      cells.add(logProb(reply));
      cells.add(new Cell.Text(Long.toString(any.seed())));
      cells.add(new Cell.Text(any.engine()));
      cells.add(new Cell.Whole(any.wave()));
      cells.add(new Cell.Real(any.elapsed().toNanos() / 1e9));
      return cells;
    }

    /// Absent where nobody knows it, as in an imported run.
    private static Cell logProb(Optional<Sample> row) {
      return cell(
          row.map(Sample::logProbs).filter(known -> !known.isEmpty()),
          known -> new Cell.Real(known.sum()));
    }

    /// The probability of the original's answer.
    private SoftProportion same(LogProbs probs) {
      OptionalInt choice =
          finding.map(f -> f.followed().among(problem)).orElse(OptionalInt.empty());
      return probs.isEmpty() || choice.isEmpty()
          ? SoftProportion.NONE
          : ChoiceProbs.of(probs).choices().get(choice.getAsInt());
    }

    private List<Cell> outcome(Said said) {
      Outcome outcome = run.scorer.of(problem, said);
      return List.of(
          new Cell.Text(outcome.show()),
          new Cell.Text(kind(outcome)),
          cell(type(outcome), Cell.Text::new),
          cell(rule(said), rule -> new Cell.Text(rule.name().toLowerCase(Locale.ROOT))),
          cell(
              finding.filter(CotFinding::readable), f -> new Cell.Flag(outcome.same(f.followed()))),
          cell(finding.flatMap(f -> f.right(outcome)), Cell.Flag::new),
          score(outcome),
          run.scorer.turned(said).stream()
              .boxed()
              .findFirst()
              .<Cell>map(Cell.Whole::new)
              .orElse(ABSENT));
    }

    private Optional<Rule> rule(Said said) {
      return run.scorer instanceof Grader grader
          ? grader.of(problem, said.finish(), said.last()).rule()
          : Optional.empty();
    }

    private static Optional<Sample> turn(List<Sample> turns, Sample.Turn turn) {
      return turns.stream().filter(row -> row.turn() == turn).findFirst();
    }

    private static String kind(Outcome outcome) {
      return switch (outcome) {
        case Answer.Label label -> "choice";
        case Answer.Value value -> "value";
        case Answer.CutOff cutOff -> "cut off";
        case Answer.Refused refused -> "refused";
        default -> outcome.readable() ? "class" : "unread";
      };
    }

    private static Optional<String> type(Outcome outcome) {
      return switch (outcome) {
        case Answer.Label label -> Optional.of(label.label());
        case Answer.Value value -> Optional.of(value.form().kind() + " " + value.form().key());
        default -> outcome.readable() ? Optional.of(outcome.show()) : Optional.empty();
      };
    }
  }
}
