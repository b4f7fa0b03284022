package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.localise.ClassChange;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Scatter;
import criticalwindows.localise.Verdict;
import criticalwindows.stats.Interval;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import criticalwindows.window.DecidingDraw;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the window model says of a run, as text.
final class WindowModelTable {
  private static final List<Column<Line>> PROBLEMS =
      List.of(
          new Column<>("problem", "its id", line -> line.finding.problem().id()),
          new Column<>("answer", "the original's", line -> CotCells.answer(line.finding)),
          new Column<>(
              "decided (90 %)",
              "where the centre of the window that rises most lies",
              line -> line.of(known -> decided(line, known))),
          new Column<>(
              "rise",
              "of the curve there",
              line ->
                  line.of(
                      known ->
                          line.verdict().shown()
                              ? Numbers.signed(known.window().rise().mean())
                              : "–")),
          new Column<>(
              "none",
              "probability of no window",
              line -> line.of(known -> Numbers.chance(known.noWindow()))),
          new Column<>(
              "q",
              "false discovery rate",
              line ->
                  line.study.q(line.finding).map(WindowData::rate).map(Numbers::fine).orElse("–")),
          new Column<>(
              "rollouts",
              "continuations",
              line -> Numbers.count(line.known.map(WindowFinding::rollouts).orElse(0L))),
          new Column<>(
              "draw",
              "how likely its likeliest token was: always (0.9 or more), unlikely (0.1 or less, and"
                  + " another more than 0.5), or undecided",
              line -> line.draw().map(DecidingDraw.Kind::word).orElse("–")),
          new Column<>(
              "answers",
              "those that gain or lose a tenth there",
              line -> line.known.map(known -> classes(known.classes())).orElse("")));

  private WindowModelTable() {}

  /// For the whole run.
  static List<List<String>> totals(CotStudy run) {
    WindowStudy study = run.windows();
    if (study.byProblem().isEmpty() && !run.rest().isEmpty()) {
      return List.of(List.of("windows, model", "takes a while for so many: --problems N"));
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "windows, model",
            study.count(Verdict.CLAIMED)
                + " of "
                + study.byProblem().size()
                + " claimed, at a false discovery rate of 5 %, from "
                + Numbers.count(study.rollouts())
                + " continuations"
                + also(study, Verdict.UNSURE)
                + also(study, Verdict.BEFORE)));
    scatter(study.scatter()).ifPresent(line -> lines.add(List.of("", line)));
    return lines;
  }

  private static String also(WindowStudy study, Verdict verdict) {
    int count = study.count(verdict);
    return count == 0 ? "" : "; " + count + " " + verdict.words();
  }

  /// What is said where counts scatter more than they should.
  static Optional<String> scatter(Scatter scatter) {
    return scatter.wide()
        ? Optional.of(
            "counts at neighbouring cuts scatter more than independent continuations do, as if two"
                + " of one cut had a correlation of "
                + Numbers.share(scatter.correlation())
                + ": intervals are widened; does the server share seeds or a cache?")
        : Optional.empty();
  }

  /// One problem's line.
  ///
  /// @param known absent where the model can say nothing
  private record Line(CotFinding finding, Optional<WindowFinding> known, WindowStudy study) {
    Verdict verdict() {
      return study.verdict(finding).orElse(Verdict.NONE);
    }

    /// Of a window that is shown.
    Optional<DecidingDraw.Kind> draw() {
      return verdict().shown()
          ? known
              .flatMap(window -> DecidingDraw.of(window, finding.original()))
              .map(DecidingDraw::kind)
          : Optional.empty();
    }

    String of(Function<WindowFinding, String> show) {
      return known.map(show).orElse("–");
    }
  }

  /// For each problem.
  static List<String> problems(CotStudy run) {
    WindowStudy study = run.windows();
    if (study.byProblem().isEmpty()) {
      return List.of();
    }
    List<Line> rows =
        run.shown().stream().map(finding -> new Line(finding, study.of(finding), study)).toList();
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(
        new View<>(PROBLEMS, rows)
            .lines(
                "?: unsure, and not counted",
                "*: claimed only because others are surer",
                "!: while stating the answer",
                "~: gradually, from there to there",
                "before it: before the response was begun"));
    return lines;
  }

  private static String decided(Line line, WindowFinding known) {
    return decided(known, line.verdict())
        + (line.study.averaged(line.finding) ? " *" : "")
        + (line.verdict().shown() && known.stating(line.finding) ? " !" : "");
  }

  private static String decided(WindowFinding known, Verdict verdict) {
    return switch (verdict) {
      case CLAIMED -> where(known);
      case UNSURE -> where(known) + " ?";
      case BEFORE -> "before it";
      case NONE -> "–";
    };
  }

  /// Where the centre lies; where it is gradual, from where to where it takes.
  private static String where(WindowFinding known) {
    Episode window = known.window();
    return known.gradual()
        ? "~ " + Math.round(window.from().mean() + 1) + "–" + Math.round(window.to().mean())
        : place(window.place().interval());
  }

  /// The tokens of an interval in tokens kept: what lies between 130 and 148 kept is decided by one
  /// of the tokens 131 to 148.
  static String place(Interval interval) {
    return CotCells.tokens(Math.round(interval.low()), Math.round(interval.high()));
  }

  /// Answers that gain or lose at least a tenth, such as `B 0.10→0.97, A 0.85→0.02`.
  static String classes(List<ClassChange> classes) {
    return classes.stream()
        .filter(change -> Math.abs(change.gain().mean()) >= .1)
        .map(
            change ->
                TerminalText.line(change.name(), 12)
                    + " "
                    + Numbers.share(change.before())
                    + "→"
                    + Numbers.share(change.after()))
        .collect(Collectors.joining(", "));
  }

  /// In a sentence, such as `tokens 131–148 (95 %), 1–4 tokens wide, +0.70 [0.55, 0.85]`.
  static String sentence(WindowFinding known) {
    Episode window = known.window();
    Interval wide = window.width().interval();
    return (known.gradual()
            ? "no single place but gradually, between tokens "
                + Math.round(window.from().mean() + 1)
                + " and "
                + Math.round(window.to().mean())
                + ", its centre at "
            : "")
        + place(window.place().interval())
        + " ("
        + Numbers.percent(window.place().probability())
        + "), "
        + (wide.low() == wide.high() ? "" : Math.round(wide.low()) + "–")
        + Math.round(wide.high())
        + (wide.high() == 1 ? " token wide, " : " tokens wide, ")
        + Numbers.signed(window.rise().mean())
        + " "
        + Numbers.interval(window.rise().interval());
  }
}
