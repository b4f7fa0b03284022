package criticalwindows.figure;

import criticalwindows.drawing.Ink;
import criticalwindows.drawing.Mark.Point;
import criticalwindows.ratio.AlongCurve;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.ratio.Score;
import criticalwindows.ratio.Scores;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Roc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The figures of a run on likelihood ratios: ROC curves, the divergence of the two models by
/// token, and the ratio beside measured curves.
public final class RatioFigures {
  private static final int ACROSS = 3;

  /// Names of scores in a row of the legend.
  private static final int LEGEND = 3;

  /// Texts whose curves are drawn.
  private static final int CURVES = 6;

  /// Tokens of the response whose divergence is drawn.
  private static final int TOKENS = 40;

  private static final double LEVEL = .95;

  private static final double[] SHARES = {.01, .02, .05, .1, .2, .3, .4, .5, .6, .7, .8, .9};

  private static final List<FigureColumn> ROC_COLUMNS =
      List.of(
          FigureColumn.DATASET,
          FigureColumn.RUN,
          FigureColumn.FAMILY,
          FigureColumn.SERIES,
          FigureColumn.FALSE_POSITIVES,
          FigureColumn.K,
          FigureColumn.N,
          FigureColumn.SHARE,
          FigureColumn.LOW,
          FigureColumn.HIGH);

  private static final List<FigureColumn> DIVERGENCE_COLUMNS =
      List.of(
          FigureColumn.DATASET,
          FigureColumn.RUN,
          FigureColumn.FAMILY,
          FigureColumn.DEPTH,
          FigureColumn.N,
          FigureColumn.NATS,
          FigureColumn.LOW,
          FigureColumn.HIGH);

  private static final List<FigureColumn> CURVE_COLUMNS =
      List.of(
          FigureColumn.DATASET,
          FigureColumn.RUN,
          FigureColumn.PROBLEM,
          FigureColumn.SERIES,
          FigureColumn.DEPTH,
          FigureColumn.K,
          FigureColumn.N,
          FigureColumn.SHARE,
          FigureColumn.LOW,
          FigureColumn.HIGH,
          FigureColumn.NATS);

  private final Of run;
  private final int number;

  private RatioFigures(Of run, int number) {
    this.run = run;
    this.number = number;
  }

  /// What is drawn.
  ///
  /// @param label of the run
  /// @param source of its texts
  /// @param curves texts with a measured curve
  public record Of(String label, String source, RatioStudy study, List<Along> curves) {
    public Of {
      curves = List.copyOf(curves);
    }
  }

  /// A text with a measured curve.
  ///
  /// @param tokens of its response, as they are written
  public record Along(AlongCurve curve, List<String> tokens) {
    public Along {
      tokens = List.copyOf(tokens);
    }

    private double rise() {
      return curve.stretches().stream().mapToDouble(s -> Math.abs(s.rise())).max().orElse(0);
    }
  }

  /// The ROC curves of scores, a panel for each family; absent without benign texts or others.
  ///
  /// @param number of the run, from 1, for the name of its files
  public static Optional<Figure> roc(Of run, int number) {
    boolean any = !run.study.benign().isEmpty() && !run.study.byFamily().isEmpty();
    return any ? Optional.of(new RatioFigures(run, number).roc()) : Optional.empty();
  }

  /// How far the models are apart at each token, a panel for each family; absent where no family
  /// has two texts.
  public static Optional<Figure> divergence(Of run, int number) {
    return new RatioFigures(run, number).divergence();
  }

  /// The ratio of each token beside the measured curve, for the texts that rise most; absent where
  /// none has a curve.
  public static Optional<Figure> curves(Of run, int number) {
    return run.curves.isEmpty()
        ? Optional.empty()
        : Optional.of(new RatioFigures(run, number).curves());
  }

  private Sheet sheet(String title, String note, int panels, int wide) {
    int across = Math.clamp(panels, 1, ACROSS);
    Sheet.Head head = new Sheet.Head(title + ": " + Sheet.brief(run.label, 60), note);
    return Sheet.of(head, across, Math.max(1, Math.ceilDiv(panels, across)), wide);
  }

  private Figure roc() {
    List<String> families = List.copyOf(run.study.byFamily().keySet());
    Sheet sheet =
        sheet(
            "ROC by family",
            "The share of a family that is flagged, by the share of the "
                + run.study.benign().size()
                + " benign texts that is. Band: 95 % of ratio, with the uncertainty of the"
                + " threshold; the CSV has those of all scores.",
            families.size(),
            270);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < families.size(); i++) {
      Panel panel = sheet.panel(i);
      panel.frame(
          Sheet.brief(families.get(i), 24)
              + ", n = "
              + run.study.byFamily().getOrDefault(families.get(i), List.of()).size());
      panel.fractions("share of benign texts flagged");
      for (Score score : drawn()) {
        draw(panel, families.get(i), score, rows);
      }
      if (i == 0) {
        sheet.legend(panel, drawn().stream().map(Score::name).toList(), LEGEND);
      }
    }
    return new Figure("roc-" + number, sheet.drawing(), ROC_COLUMNS, rows);
  }

  /// As many as there are inks.
  private static List<Score> drawn() {
    return Scores.ALL.stream().filter(score -> !score.name().equals("ratio-sum")).toList();
  }

  private void draw(Panel panel, String family, Score score, List<List<String>> rows) {
    Roc roc = run.study.roc(family, score).orElseThrow();
    List<Panel.Value> values = new ArrayList<>();
    for (double share : SHARES) {
      if (share * run.study.benign().size() >= 1) {
        Roc.Caught caught = roc.at(share);
        values.add(new Panel.Value(share, caught.found().estimate(), caught.whole()));
        rows.add(
            List.of(
                run.source,
                run.label,
                family,
                score.name(),
                Sheet.number(share),
                Long.toString(caught.found().successes()),
                Long.toString(caught.found().trials()),
                Sheet.number(caught.found().estimate()),
                Sheet.number(caught.whole().low()),
                Sheet.number(caught.whole().high())));
      }
    }
    values.add(new Panel.Value(1, 1, new Interval(1, 1)));
    Ink ink = Ink.of(drawn().indexOf(score));
    if (score.equals(Scores.RATIO)) {
      panel.curve(values, ink);
    } else {
      panel.dashes(values, ink);
    }
  }

  private Optional<Figure> divergence() {
    SortedMap<String, List<RatioStudy.Position>> families = new TreeMap<>();
    List<String> names = new ArrayList<>(run.study.byFamily().keySet());
    names.add(RatioStudy.BENIGN);
    for (String name : names) {
      List<RatioStudy.Position> all = run.study.divergence(name);
      if (!all.isEmpty()) {
        families.put(name, all);
      }
    }
    if (families.isEmpty()) {
      return Optional.empty();
    }
    Interval axis =
        axis(
            families.values().stream()
                .flatMap(all -> all.stream().limit(TOKENS))
                .mapToDouble(RatioStudy.Position::mean)
                .toArray());
    Sheet sheet =
        sheet(
            "Divergence of the two models by token of the response",
            "Mean of aligned less unaligned log-probability, in nats, with 95 % intervals by"
                + " Student's t over texts, cut off at the axis. The first "
                + TOKENS
                + " tokens.",
            families.size(),
            270);
    List<List<String>> rows = new ArrayList<>();
    int index = 0;
    for (String family : families.keySet()) {
      Panel panel = sheet.panel(index++);
      panel.frame(Sheet.brief(family, 30), axis);
      panel.counts("token of the response", ticks(0, TOKENS));
      List<Panel.Value> values = new ArrayList<>();
      for (RatioStudy.Position at : families.getOrDefault(family, List.of())) {
        rows.add(row(family, at));
        if (at.token() < TOKENS) {
          double x = (double) at.token() / TOKENS;
          values.add(
              new Panel.Value(
                  x,
                  on(axis, at.mean()),
                  new Interval(on(axis, at.interval().low()), on(axis, at.interval().high()))));
        }
      }
      panel.level(on(axis, 0));
      panel.curve(values, Ink.of(0));
    }
    return Optional.of(
        new Figure("divergence-" + number, sheet.drawing(), DIVERGENCE_COLUMNS, rows));
  }

  private List<String> row(String family, RatioStudy.Position at) {
    return List.of(
        run.source,
        run.label,
        family,
        Integer.toString(at.token()),
        Integer.toString(at.texts()),
        Sheet.number(at.mean()),
        Sheet.number(at.interval().low()),
        Sheet.number(at.interval().high()));
  }

  /// From below all values and 0 to above them.
  private static Interval axis(double... values) {
    double low = 0;
    double high = 0;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double margin = Math.max(.1 * (high - low), .05);
    return new Interval(low < 0 ? low - margin : 0, high + margin);
  }

  /// Where a value lies on an axis, its ends for what lies beyond them.
  private static double on(Interval axis, double value) {
    return Math.clamp((value - axis.low()) / axis.width(), 0, 1);
  }

  private static SortedMap<Double, Integer> ticks(int from, int to) {
    SortedMap<Double, Integer> ticks = new TreeMap<>();
    for (int i = 0; i <= 4; i++) {
      int tick = from + i * (to - from) / 4;
      ticks.put((double) (tick - from) / Math.max(1, to - from), tick);
    }
    return ticks;
  }

  private Figure curves() {
    List<Along> shown =
        run.curves.stream()
            .filter(each -> each.curve.stretches().size() > 0)
            .sorted(
                Comparator.comparing((Along each) -> each.curve.found().isEmpty())
                    .thenComparingDouble(each -> -each.rise()))
            .limit(CURVES)
            .toList();
    int across = Math.clamp(shown.size(), 1, 2);
    Sheet.Head head =
        new Sheet.Head(
            "Ratio against curve: " + Sheet.brief(run.label, 60),
            "Above: the measured share by tokens kept, with Wilson's 95 % intervals; dashed: the"
                + " exact probability, where it is known. Below: the log-likelihood ratio of each"
                + " token, unaligned less aligned. Yellow: the 90 % interval of the window's"
                + " centre. The "
                + shown.size()
                + " texts that rise most, those with a window first.");
    Sheet sheet = Sheet.of(head, across, 2 * Math.max(1, Math.ceilDiv(shown.size(), across)), 430);
    for (int i = 0; i < shown.size(); i++) {
      int place = 2 * across * (i / across) + i % across;
      draw(sheet.panel(place), sheet.panel(place + across), shown.get(i));
    }
    List<List<String>> rows = new ArrayList<>();
    run.curves.forEach(each -> rows.addAll(rows(each.curve)));
    return new Figure("ratio-curves-" + number, sheet.drawing(), CURVE_COLUMNS, rows);
  }

  private static void draw(Panel above, Panel below, Along text) {
    List<AlongCurve.Stretch> stretches = text.curve.stretches();
    int from = stretches.getFirst().from();
    int to = stretches.getLast().to();
    double width = to - from;
    text.curve
        .found()
        .ifPresent(
            found -> {
              double low = (found.window().low() - from) / width;
              double high = (found.window().high() - from) / width;
              above.band(low, high, Ink.WINDOW);
              below.band(low, high, Ink.WINDOW);
            });
    above.frame(Sheet.brief(text.curve.text().item().id(), 48));
    above.counts("tokens kept", ticks(from, to));
    above.curve(
        text.curve.curve().curve().points().stream()
            .filter(point -> point.position() >= from && point.position() <= to)
            .filter(point -> point.proportion().known())
            .map(point -> value(point, (point.position() - from) / width))
            .toList(),
        Ink.of(0));
    above.dashes(
        text.curve.curve().exact().subMap(from, to + 1).entrySet().stream()
            .map(
                each ->
                    new Panel.Value(
                        (each.getKey() - from) / width,
                        each.getValue(),
                        new Interval(each.getValue(), each.getValue())))
            .toList(),
        Ink.EXACT);
    double[] ratios = IntStream.range(from, to).mapToDouble(text.curve.text()::ratio).toArray();
    Interval axis = axis(ratios);
    below.frame(largest(text, from, to), axis);
    below.counts("tokens kept", ticks(from, to));
    below.level(on(axis, 0));
    for (int token = from; token < to; token++) {
      double x = (token - from) / width;
      double ratio = ratios[token - from];
      below.box(
          new Point(x + .15 / width, on(axis, Math.min(0, ratio))),
          new Point(x + .85 / width, on(axis, Math.max(0, ratio))),
          Ink.of(1));
    }
  }

  /// What the largest ratio is at, as the title of a panel.
  private static String largest(Along text, int from, int to) {
    int largest =
        IntStream.range(from, to)
            .boxed()
            .max(Comparator.comparingDouble(token -> Math.abs(text.curve.text().ratio(token))))
            .orElse(from);
    String word = largest < text.tokens.size() ? text.tokens.get(largest).strip() : "";
    return "nats; the largest at token " + (largest + 1) + ", " + Sheet.brief("“" + word + "”", 20);
  }

  private static Panel.Value value(Curve.Point point, double x) {
    return new Panel.Value(x, point.proportion().estimate(), point.proportion().wilson(LEVEL));
  }

  private List<List<String>> rows(AlongCurve along) {
    String item = along.text().item().id();
    List<List<String>> rows = new ArrayList<>();
    for (Curve.Point point : along.curve().curve().points()) {
      if (point.proportion().known()) {
        Interval interval = point.proportion().wilson(LEVEL);
        rows.add(
            List.of(
                run.source,
                run.label,
                item,
                "curve",
                Integer.toString(point.position()),
                Long.toString(point.proportion().successes()),
                Long.toString(point.proportion().trials()),
                Sheet.number(point.proportion().estimate()),
                Sheet.number(interval.low()),
                Sheet.number(interval.high()),
                ""));
      }
    }
    for (int token = 0; token < along.text().length(); token++) {
      String ratio = Sheet.number(along.text().ratio(token));
      rows.add(
          List.of(
              run.source,
              run.label,
              item,
              "ratio",
              Integer.toString(token),
              "",
              "",
              "",
              "",
              "",
              ratio));
    }
    return rows;
  }
}
