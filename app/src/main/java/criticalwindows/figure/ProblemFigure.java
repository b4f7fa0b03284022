package criticalwindows.figure;

import criticalwindows.cot.MeanShare;
import criticalwindows.drawing.Ink;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// The curves of single problems of a run, the first ones.
final class ProblemFigure {
  private static final int MOST = 24;
  private static final int ACROSS = 4;
  private static final List<FigureColumn> COLUMNS =
      List.of(
          FigureColumn.DATASET,
          FigureColumn.RUN,
          FigureColumn.PROBLEM,
          FigureColumn.SERIES,
          FigureColumn.FRACTION,
          FigureColumn.K,
          FigureColumn.N,
          FigureColumn.SHARE,
          FigureColumn.LOW,
          FigureColumn.HIGH);

  private static final List<Series> SERIES =
      List.of(
          new Series("consistent", Study.Level::consistent, problem -> problem.end().orElse(false)),
          new Series("right", Study.Level::right, Study.Traced::isRight));

  /// A curve of a problem.
  ///
  /// @param end whether it is 1 at the end of a response that has ended, which nobody samples
  private record Series(
      String name, Function<Study.Level, Proportion> share, Predicate<Study.Traced> end) {

    /// In order of the fraction, the end last.
    private List<Place> places(Study.Traced problem) {
      List<Place> places = new ArrayList<>();
      for (Study.Level level : problem.levels()) {
        Proportion counts = share.apply(level);
        if (counts.known()) {
          Interval interval = counts.wilson(MeanShare.LEVEL);
          places.add(
              new Place(counts, new Panel.Value(level.fraction(), counts.estimate(), interval)));
        }
      }
      if (problem.end().isPresent() && !places.isEmpty()) {
        double known = end.test(problem) ? 1 : 0;
        Panel.Value value = new Panel.Value(1, known, new Interval(known, known));
        places.add(new Place(Proportion.NONE, value));
      }
      return places;
    }
  }

  /// One point of a curve.
  ///
  /// @param counts none at the end
  private record Place(Proportion counts, Panel.Value value) {}

  private ProblemFigure() {}

  /// @param number of the run, from 1, for the name of its files
  static Figure of(Study study, int number) {
    List<Study.Traced> all = study.problems();
    List<Study.Traced> drawn = all.subList(0, Math.min(MOST, all.size()));
    Sheet.Head head =
        new Sheet.Head(
            "Problem by problem: "
                + Sheet.brief(study.label(), 60)
                + " on "
                + Sheet.brief(study.dataset(), 40),
            "Blue: "
                + study.share("continuations with the original's answer")
                + ", on the band of Wilson's 95 % interval;"
                + " orange, dashed: right ones. At 1 the response has ended and is itself: known,"
                + " not sampled. "
                + (all.size() > MOST
                    ? "The first " + MOST + " of " + all.size() + " problems; the CSV has all."
                    : "All " + all.size() + " problems."));
    int across = Math.min(ACROSS, Math.max(1, drawn.size()));
    Sheet sheet = Sheet.of(head, across, Math.max(1, Math.ceilDiv(drawn.size(), across)), 190);
    for (int i = 0; i < drawn.size(); i++) {
      draw(sheet.panel(i), drawn.get(i));
    }
    List<List<String>> rows = new ArrayList<>();
    all.forEach(problem -> rows.addAll(rows(study, problem)));
    return new Figure("problems-" + number, sheet.drawing(), COLUMNS, rows);
  }

  private static void draw(Panel panel, Study.Traced problem) {
    panel.frame(
        Sheet.brief(problem.id(), 10)
            + ": "
            + original(problem)
            + (problem.window() ? ", window" : ""));
    panel.fractions("fraction kept; " + samples(problem));
    panel.curve(values(SERIES.getFirst(), problem), Ink.of(0));
    panel.dashes(values(SERIES.getLast(), problem), Ink.of(1));
  }

  private static String original(Study.Traced problem) {
    return problem.readable()
        ? problem.right().map(right -> right ? "right" : "wrong").orElse("read")
        : "unread";
  }

  private static String samples(Study.Traced problem) {
    return problem.levels().isEmpty()
        ? "no cuts"
        : "n = " + problem.levels().getFirst().trials() + " at a cut";
  }

  private static List<Panel.Value> values(Series series, Study.Traced problem) {
    return series.places(problem).stream().map(Place::value).toList();
  }

  private static List<List<String>> rows(Study study, Study.Traced problem) {
    List<List<String>> rows = new ArrayList<>();
    for (Series series : SERIES) {
      for (Place place : series.places(problem)) {
        rows.add(
            List.of(
                study.dataset(),
                study.label(),
                problem.id(),
                series.name,
                Sheet.number(place.value.x()),
                Long.toString(place.counts.successes()),
                Long.toString(place.counts.trials()),
                Sheet.number(place.value.y()),
                Sheet.number(place.value.interval().low()),
                Sheet.number(place.value.interval().high())));
      }
    }
    return rows;
  }
}
