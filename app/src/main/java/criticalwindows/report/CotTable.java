package criticalwindows.report;

import criticalwindows.cot.ChoiceProbsStudy;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.EarlyAnswerReading;
import criticalwindows.cot.EarlyAnswerStudy;
import criticalwindows.cot.MeanShare;
import criticalwindows.exact.ExactStudy;
import criticalwindows.localise.Window;
import criticalwindows.outcome.Outcome;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;
import criticalwindows.stats.SoftProportion;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A chain-of-thought run as text.
public final class CotTable {
  /// More than this outside of all labels is worth a word.
  static final double OUTSIDE = .05;

  private static final List<Column<CotSummary.Level>> LEVELS =
      List.of(
          new Column<>("right", "continuations with the right one", l -> mean(l.right())),
          new Column<>(
              "early same",
              "the answer asked for at the cut is the original's",
              l -> mean(l.earlyConsistent())),
          new Column<>("early right", "that answer is right", l -> mean(l.earlyRight())),
          new Column<>(
              "early foresees", "continuations that come to that answer", l -> mean(l.foreseen())),
          new Column<>("score", "mean score of continuations", l -> mean(l.score())));

  private static final Column<CotFinding> GOLD =
      new Column<>(
          "gold",
          "the right answer",
          f -> TerminalText.line(f.gold().map(Outcome::show).orElse("–"), 8));

  private static final Column<CotFinding> SCORE =
      new Column<>(
          "score",
          "the original's, and the mean of continuations from the first cut to the last",
          CotTable::scores);

  private static final List<Column<CotFinding>> PROBLEMS =
      List.of(
          new Column<>("problem", "its id", finding -> finding.problem().id()),
          new Column<>("answer", "the original's, ≠ where it is wrong", CotCells::answer),
          new Column<>(
              "window by the rule",
              "as published, and how much the curve rises",
              finding -> finding.window().map(CotTable::window).orElse("–")),
          new Column<>(
              "question",
              "its beginning",
              finding -> TerminalText.line(finding.problem().question(), 50)));

  private CotTable() {}

  /// Means over problems at each fraction kept, on the page too.
  static List<Column<CotSummary.Level>> levels(CotStudy study) {
    Optional<String> followed = Followed.label(study);
    List<Column<CotSummary.Level>> columns = new ArrayList<>();
    columns.add(
        new Column<>("kept", "fraction of the response", level -> Numbers.share(level.fraction())));
    columns.add(
        new Column<>(
            followed.orElse("same"),
            followed.isPresent()
                ? "continuations of that class"
                : "continuations with the original's answer",
            level -> mean(level.consistent())));
    columns.addAll(LEVELS);
    return columns;
  }

  private static Column<CotFinding> curve(CotStudy study) {
    return Followed.label(study)
        .map(
            label ->
                new Column<CotFinding>(
                    label,
                    "continuations of that class, cut by cut",
                    finding -> bars(finding.consistency())))
        .orElse(
            new Column<>(
                "curve",
                "continuations with that answer, cut by cut",
                finding -> bars(finding.consistency())));
  }

  /// With a column for each further outcome of the run, before the question, and what is right
  /// where anybody knows.
  private static List<Column<CotFinding>> problems(CotStudy study) {
    List<Column<CotFinding>> columns = new ArrayList<>(PROBLEMS);
    columns.add(2, curve(study));
    if (study.shown().stream().anyMatch(finding -> finding.gold().isPresent())) {
      columns.add(1, GOLD);
    }
    if (study.summary().score().known()) {
      columns.add(columns.size() - 1, SCORE);
    }
    for (CotStudy.Also one : study.also()) {
      columns.add(
          columns.size() - 1,
          new Column<>(
              TerminalText.line(one.name(), 24),
              "what the original comes to by that outcome, and continuations with the same",
              finding ->
                  one.of(finding)
                      .map(
                          each ->
                              TerminalText.line(each.outcome().show(), 8)
                                  + " "
                                  + bars(each.consistency()))
                      .orElse("–")));
    }
    return columns;
  }

  private static String scores(CotFinding finding) {
    List<SoftProportion> cuts =
        finding.levels().stream().map(CotLevel::scores).filter(SoftProportion::known).toList();
    String own =
        finding.outcome().score().stream().mapToObj(Numbers::share).findFirst().orElse("–");
    return cuts.isEmpty()
        ? own
        : own
            + ", "
            + Numbers.share(cuts.getFirst().estimate())
            + "→"
            + Numbers.share(cuts.getLast().estimate());
  }

  /// The summary, then a line for each problem; where the run is on the world, what is exactly
  /// known of it too.
  public static String of(Heading heading, List<CotFinding> findings, ExactStudy exact) {
    return of(CotStudy.of(heading, findings, exact));
  }

  /// The summary, then a line for each problem that is shown.
  public static String of(CotStudy study) {
    List<String> lines = new ArrayList<>(study.heading().lines());
    lines.add("");
    study
        .depths()
        .ifPresent(
            depths -> {
              lines.add(Followed.label(study).orElse("share") + " by what was given");
              lines.addAll(DepthTable.brief(depths).lines("with 95 % intervals"));
              lines.add("");
            });
    lines.addAll(DefenceTable.lines(DefenceTable.tables(study)));
    lines.addAll(DefenceTable.lines(EpisodeTable.tables(study)));
    lines.addAll(ProbeTable.lines(study));
    if (study.depthAlone()) {
      lines.addAll(View.aligned(List.of(unread(study))));
      return String.join("\n", lines) + "\n";
    }
    if (study.depths().isEmpty() && !study.summary().levels().isEmpty()) {
      lines.addAll(
          new View<>(levels(study), study.summary().levels())
              .saying()
              .lines("means over problems, each counting the same, with 95 % intervals"));
      lines.add("");
    }
    List<List<String>> totals = new ArrayList<>(totals(study));
    totals.addAll(ExactTable.totals(study.sample()));
    lines.addAll(View.aligned(totals));
    lines.add("");
    lines.addAll(JudgeTable.lines(study.judges()));
    lines.addAll(new View<>(problems(study), study.shown()).lines());
    lines.addAll(more(study));
    lines.addAll(WindowModelTable.problems(study));
    lines.addAll(ContradictedWindows.lines(study));
    lines.addAll(ExactTable.problems(study.shown(), study.exact()));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> more(CotStudy study) {
    return study.rest().isEmpty()
        ? List.of()
        : List.of(
            "  (the steepest windows first; "
                + Numbers.count(study.rest().size())
                + " problems more: --problems all)");
  }

  /// Lines of a name and what is counted over all problems.
  private static List<List<String>> totals(CotStudy study) {
    CotSummary summary = study.summary();
    List<List<String>> lines = new ArrayList<>();
    if (summary.right().counts().known()) {
      lines.add(List.of("original right", counted(summary.right())));
    }
    if (summary.directRight().counts().known()) {
      lines.add(List.of("direct right", counted(summary.directRight()) + ", with no reasoning"));
    }
    if (summary.score().known()) {
      lines.add(
          List.of(
              "original score",
              mean(summary.score())
                  + ", the mean of "
                  + Numbers.count(summary.score().problems())
                  + " responses"));
    }
    lines.add(
        List.of(
            "windows, rule",
            counted(summary.windows())
                + ": a jump > 0.5 between adjacent cuts, no drop < −0.3, as published"));
    lines.addAll(WindowModelTable.totals(study));
    summary.probs().ifPresent(probs -> lines.add(List.of("choices", probs(probs))));
    summary
        .earlyAnswers()
        .forEach(
            (reading, early) -> lines.add(List.of(name(reading), earlyAnswers(reading, early))));
    lines.add(unread(study));
    lines.addAll(reuse(study));
    return lines;
  }

  private static List<String> unread(CotStudy study) {
    CotSummary summary = study.summary();
    int unread = summary.unread().values().stream().mapToInt(Integer::intValue).sum();
    return List.of(
        "not read",
        Numbers.count(unread)
            + " of "
            + Numbers.count(summary.answers())
            + " answers"
            + summary.unread().entrySet().stream()
                .map(entry -> TerminalText.line(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", ", unread == 0 ? "" : ": ", "")));
  }

  /// What the probabilities of the choices add, and where they and counting disagree.
  private static String probs(ChoiceProbsStudy probs) {
    return "by their probabilities a resample is worth "
        + Numbers.fine(probs.worth().estimate(), probs.worthInterval(MeanShare.LEVEL))
        + " drawn answers; "
        + shift(probs.shift(), probs.outside());
  }

  /// How far the mean probability is from the counted share.
  private static String shift(Ratio shift, double outside) {
    return "mean − counted share "
        + Numbers.fine(shift.estimate(), shift.interval(MeanShare.LEVEL, Interval.DIFFERENCE))
        + (outside < OUTSIDE ? "" : "; not on a label " + Numbers.share(outside));
  }

  private static String name(EarlyAnswerReading reading) {
    return switch (reading) {
      case OWN -> "early answers";
      case FORCED -> "forced ones";
    };
  }

  /// What early answers say by the probabilities of the choices, and how far that is from what they
  /// reply.
  private static String earlyAnswers(EarlyAnswerReading reading, EarlyAnswerStudy study) {
    String begin =
        switch (reading) {
          case OWN -> "probabilities read in ";
          case FORCED -> "likeliest choice = own reply in ";
        };
    return begin
        + counted(study.agree())
        + study
            .worth()
            .map(
                worth ->
                    "; worth "
                        + study
                            .worthInterval(MeanShare.LEVEL)
                            .map(interval -> Numbers.fine(worth.estimate(), interval))
                            .orElseGet(() -> Numbers.fine(worth.estimate()))
                        + " drawn answers")
            .orElse("")
        + "; "
        + shift(study.shift(), study.outside());
  }

  /// How many samples continuations add at cuts after their own, in the problems that are shown:
  /// their tokens are read for it, so only where the window model was asked for too.
  private static List<List<String>> reuse(CotStudy study) {
    if (study.windows().byProblem().isEmpty()) {
      return List.of();
    }
    long rollouts = 0;
    long reused = 0;
    for (CotFinding finding : study.shown()) {
      CotFinding complete = study.complete().apply(finding);
      rollouts += complete.rollouts();
      reused += complete.reused();
    }
    return reused == 0
        ? List.of()
        : List.of(
            List.of(
                "reuse",
                "adds "
                    + Numbers.percent((double) reused / rollouts)
                    + " to the samples at single cuts"
                    + (study.rest().isEmpty() ? "" : " of the problems below")
                    + ": they wrote the same so far"));
  }

  /// The window's tokens and how much the curve rises there.
  static String window(Window window) {
    return CotCells.tokens(window.from(), window.to()) + ", " + Numbers.signed(window.rise());
  }

  /// One bar for each cut, its height the share of resamples that came out the same.
  private static String bars(Curve curve) {
    StringBuilder bars = new StringBuilder();
    int points = curve.points().size();
    for (int i = 0; i < Math.min(points, 40); i++) {
      Proportion proportion = curve.points().get(i * points / Math.min(points, 40)).proportion();
      bars.append(CotCells.bar(proportion.estimate()));
    }
    return bars.toString();
  }

  private static String mean(MeanShare mean) {
    return mean.counts().known() ? Numbers.share(mean.over().estimate(), mean.interval()) : "–";
  }

  private static String mean(ProblemMean mean) {
    return mean.known() ? Numbers.share(mean.estimate(), mean.interval(MeanShare.LEVEL)) : "–";
  }

  private static String counted(MeanShare mean) {
    Proportion counts = mean.counts();
    return counts.known()
        ? counts.successes() + " of " + counts.trials() + " = " + mean(mean)
        : "none yet";
  }
}
