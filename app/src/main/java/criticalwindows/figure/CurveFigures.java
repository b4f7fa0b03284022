package criticalwindows.figure;

import criticalwindows.drawing.Ink;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Figures of means by the fraction of the response kept.
final class CurveFigures {
  private static final List<FigureColumn> COLUMNS =
      List.of(
          FigureColumn.DATASET,
          FigureColumn.RUN,
          FigureColumn.SERIES,
          FigureColumn.FRACTION,
          FigureColumn.K,
          FigureColumn.N,
          FigureColumn.PROBLEMS,
          FigureColumn.SHARE,
          FigureColumn.LOW,
          FigureColumn.HIGH);

  private CurveFigures() {}

  /// A mean that is drawn.
  private record Series(String name, Function<Study.Level, Proportion> share) {}

  /// Mean consistency, accuracy of continuations and accuracy of early answers: a row of panels for
  /// each data set, a line for each run.
  static Figure curves(List<Study> studies) {
    return figure(
        "curves",
        new Sheet.Head(
            "Consistency, accuracy and early answer by fraction kept",
            "Means over problems with 95 % intervals; the samples of a problem count as a"
                + " cluster. Theory: consistency never falls, accuracy is flat."),
        studies,
        List.of(
            new Series(share(studies), Study.Level::consistent),
            new Series("right answer (accuracy)", Study.Level::right),
            new Series("early answer right", level -> Study.once(level.earlyRight()))));
  }

  /// Consistency by whether the early answer already has the original's answer, and how often it
  /// does.
  static Figure earlyAnswers(List<Study> studies) {
    return figure(
        "early-answer",
        new Sheet.Head(
            "Does the answer at the cut foresee what continuations come to?",
            "Share of continuations with the original's answer (consistent), by whether the"
                + " early answer has it too. Means over problems with 95 % intervals."),
        studies,
        List.of(
            new Series("early answer = original: consistent", level -> given(level, true)),
            new Series("early answer ≠ original: consistent", level -> given(level, false)),
            new Series("early answer = original", level -> Study.once(level.earlySame()))));
  }

  private static String share(List<Study> studies) {
    List<String> names =
        studies.stream()
            .map(study -> study.share("same answer as the original"))
            .distinct()
            .toList();
    return names.size() == 1 ? names.getFirst() : "the class that is followed";
  }

  private static Proportion given(Study.Level level, boolean same) {
    return level.earlySame().filter(is -> is == same).isPresent()
        ? level.consistent()
        : Proportion.NONE;
  }

  private static Figure figure(
      String name, Sheet.Head head, List<Study> studies, List<Series> series) {
    Map<String, List<Study>> sets = byDataset(studies);
    Sheet sheet = Sheet.of(head, series.size(), sets.size(), 250);
    List<List<String>> rows = new ArrayList<>();
    int index = 0;
    for (Map.Entry<String, List<Study>> set : sets.entrySet()) {
      List<Study> runs = set.getValue();
      for (int i = 0; i < series.size(); i++) {
        Series one = series.get(i);
        Panel panel = sheet.panel(index++);
        panel.frame(one.name);
        panel.fractions("fraction of the response kept");
        for (int run = 0; run < runs.size(); run++) {
          List<Study.Point> points = runs.get(run).means(one.share);
          panel.curve(points.stream().map(Study.Point::value).toList(), Ink.of(run));
          rows.addAll(rows(runs.get(run), one.name, points));
        }
        if (i == 0) {
          sheet.legend(panel, runs.stream().map(CurveFigures::legend).toList());
        }
      }
    }
    return new Figure(name, sheet.drawing(), COLUMNS, rows);
  }

  static String legend(Study study) {
    int problems = study.problems().size();
    return Sheet.brief(study.label(), 60)
        + " on "
        + Sheet.brief(study.dataset(), 40)
        + ", n = "
        + problems
        + (problems == 1 ? " problem" : " problems");
  }

  static Map<String, List<Study>> byDataset(List<Study> studies) {
    Map<String, List<Study>> sets = new LinkedHashMap<>();
    studies.forEach(s -> sets.computeIfAbsent(s.dataset(), name -> new ArrayList<>()).add(s));
    return sets;
  }

  private static List<List<String>> rows(Study study, String series, List<Study.Point> points) {
    return points.stream()
        .map(
            point ->
                List.of(
                    study.dataset(),
                    study.label(),
                    series,
                    Sheet.number(point.x()),
                    Long.toString(point.counts().successes()),
                    Long.toString(point.counts().trials()),
                    Long.toString(point.over().problems()),
                    Sheet.number(point.over().estimate()),
                    Sheet.number(point.interval().low()),
                    Sheet.number(point.interval().high())))
        .toList();
  }
}
