package criticalwindows.probestudy;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.figure.Figure;
import criticalwindows.figure.SeriesFigure;
import criticalwindows.probe.ForecastMeasure;
import criticalwindows.probe.ForecastTable;
import criticalwindows.probe.OutcomeNoise;
import criticalwindows.probe.ProbeMove;
import criticalwindows.probe.WindowPart;
import criticalwindows.probestudy.KeptForecasts.Row;
import criticalwindows.stats.Interval;
import criticalwindows.stats.MedianEstimate;
import criticalwindows.study.Measured;
import criticalwindows.study.StudyTables;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What the page says of answers.
final class AnswersSection {
  /// So many tokens from the decisive one are beside it.
  static final int NEAR = 5;

  /// A forecast moves at the step where it is at most so many tokens from it.
  private static final double AT = 2;

  private static final double PARTS = 8;
  private static final String SHARE = "share of the response that is kept";

  private static final List<ForecastMeasure> SCORES =
      List.of(
          ForecastMeasure.BEYOND,
          ForecastMeasure.BRIER,
          ForecastMeasure.AREA,
          ForecastMeasure.LOG,
          ForecastMeasure.SKILL,
          ForecastMeasure.CALIBRATION,
          ForecastMeasure.CALIBRATION_NOISE,
          ForecastMeasure.DRIFT,
          ForecastMeasure.PULL,
          ForecastMeasure.MARTINGALE);

  private static final List<WindowPart> PLACES =
      List.of(WindowPart.BEFORE, WindowPart.IN, WindowPart.AFTER);

  private final Measured cell;
  private final KeptForecasts kept;
  private final ForecastTable table;

  AnswersSection(Measured cell) {
    this.cell = cell;
    kept = new KeptForecasts(cell);
    table =
        ForecastTable.of(
            kept.names().stream().map(name -> kept.held(name, row -> true)).toList(),
            kept.held(KeptForecasts.BASE_RATE, row -> true),
            windows());
  }

  private Map<String, Interval> windows() {
    Map<String, Interval> windows = new HashMap<>();
    kept.values(CellWriter.DECISIVE)
        .forEach((text, at) -> windows.put(text, new Interval(at - NEAR, at + NEAR)));
    return windows;
  }

  String finding() {
    return ProbesFinding.of("P(the right answer)", kept.differences(row -> true));
  }

  Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    texts.put("answers", scores());
    texts.put("answers against", Cells.differences(kept.differences(row -> true)));
    texts.put("answers places", places());
    texts.put("answers noise", noise());
    texts.put("answers moves", moves());
    texts.put("answers hook", hook(cell));
    texts.put("answers shuffled", shuffled());
    texts.put("answers transfer", Cells.transfers(cell.facts()));
    texts.put("answers texts", Numbers.count(kept.values(CellWriter.LENGTH).size()));
    texts.put("answers outside", Numbers.count(fact(AnswersArm.OUTSIDE).longValue()));
    return texts;
  }

  private Double fact(String name) {
    return Objects.requireNonNull(cell.facts().get(name), name);
  }

  private String scores() {
    List<Column<String>> columns = new ArrayList<>();
    columns.add(Cells.forecaster());
    columns.add(
        new Column<>(
            "(q − p)²",
            Cells.EXCESS + ", with the 95 % interval over texts",
            name -> Cells.shown(kept.excess(name, row -> true))));
    for (ForecastMeasure measure : SCORES) {
      columns.add(
          new Column<>(
              measure.word(),
              measure.about(),
              name -> Cells.shown(measure, measured(name, WindowPart.ALL, measure))));
    }
    return StudyTables.markdown(new View<>(columns, kept.names()));
  }

  private Optional<criticalwindows.probe.Measured> measured(
      String name, WindowPart part, ForecastMeasure measure) {
    return table.lines().stream()
        .filter(line -> line.forecaster().equals(name) && line.part() == part)
        .findFirst()
        .flatMap(line -> line.measure(measure));
  }

  private String places() {
    List<Column<String>> columns = new ArrayList<>();
    columns.add(Cells.forecaster());
    for (WindowPart part : PLACES) {
      columns.add(
          new Column<>(
              word(part) + ": (q − p)²",
              Cells.EXCESS + ", at places " + about(part),
              name -> Cells.shown(kept.excess(name, in(part)))));
      columns.add(
          new Column<>(
              word(part) + ": AUROC",
              "at the same places",
              name ->
                  Cells.shown(ForecastMeasure.AREA, measured(name, part, ForecastMeasure.AREA))));
    }
    return StudyTables.markdown(new View<>(columns, kept.names()));
  }

  private static String word(WindowPart part) {
    return part == WindowPart.IN ? "at" : part.word();
  }

  private static String about(WindowPart part) {
    return switch (part) {
      case BEFORE -> NEAR + " tokens or more before the token that decides";
      case IN -> "nearer to it";
      case AFTER -> NEAR + " tokens or more behind it";
      case ALL, NONE -> throw new IllegalArgumentException(part.word());
    };
  }

  private Predicate<Row> in(WindowPart part) {
    Map<String, Double> decisive = kept.values(CellWriter.DECISIVE);
    return row -> {
      Double at = decisive.get(row.text());
      if (at == null) {
        return false;
      }
      return switch (part) {
        case BEFORE -> row.kept() <= at - NEAR;
        case IN -> row.kept() > at - NEAR && row.kept() < at + NEAR;
        case AFTER -> row.kept() >= at + NEAR;
        case ALL, NONE -> throw new IllegalArgumentException(part.word());
      };
    };
  }

  private String noise() {
    OutcomeNoise noise = Objects.requireNonNull(table.noise().get(WindowPart.ALL));
    return "What no forecast can take away: of the Brier score "
        + noise.brier().stream().mapToObj(Numbers::fine).findFirst().orElse(Cells.NONE)
        + ", of the log score "
        + noise.log().stream().mapToObj(Numbers::fine).findFirst().orElse(Cells.NONE)
        + " nats; the area of exact probabilities would lie between "
        + noise
            .area()
            .map(area -> Numbers.fine(area.low()) + " and " + Numbers.fine(area.high()))
            .orElse(Cells.NONE)
        + ". By chance alone the shares of continuations lie from the probabilities by a mean"
        + " square of "
        + noise.shares().stream().mapToObj(value -> Numbers.of(value, 4)).findFirst().orElse("–")
        + ".";
  }

  /// Of right responses whose exact curve rises by a tenth or more.
  private String moves() {
    Map<String, Double> moved = kept.values(CellWriter.MOVE);
    List<Double> lags = new ArrayList<>();
    int all = 0;
    for (Map.Entry<String, Double> each : kept.values(CellWriter.RISE).entrySet()) {
      String text = each.getKey();
      if (kept.at(CellWriter.RIGHT, text) == 1 && each.getValue() >= ProbeMove.LEAST) {
        all++;
        Double move = moved.get(text);
        if (move != null && move != CellWriter.STILL) {
          lags.add(move - (kept.at(CellWriter.DECISIVE, text) - .5));
        }
      }
    }
    long before = lags.stream().filter(lag -> lag < -AT).count();
    long after = lags.stream().filter(lag -> lag > AT).count();
    String median =
        MedianEstimate.of(lags.stream().mapToDouble(lag -> lag).toArray())
            .map(
                found ->
                    Numbers.tenth(found.value())
                        + " tokens "
                        + Numbers.interval(found.interval(), 1))
            .orElse(Cells.NONE);
    return "Of "
        + all
        + " right responses whose exact curve rises by "
        + ProbeMove.LEAST
        + " or more at one token, the forecast rises at most "
        + Numbers.bare(AT)
        + " tokens from there in "
        + (lags.size() - before - after)
        + ", earlier in "
        + before
        + ", later in "
        + after
        + ", and nowhere in "
        + (all - lags.size())
        + ". The median lag is "
        + median
        + " (95 % interval by order statistics; below 0 the probe is first).";
  }

  static String hook(Measured cell) {
    Site site =
        CellWriter.SITES.get(Objects.requireNonNull(cell.facts().get(CellWriter.SITE)).intValue());
    int layer = Objects.requireNonNull(cell.facts().get(CellWriter.LAYER)).intValue();
    return "`"
        + new HookPoint(site, layer).word()
        + "` ("
        + site.about()
        + " "
        + layer
        + "), penalty "
        + Numbers.bare(Objects.requireNonNull(cell.facts().get(CellWriter.PENALTY)));
  }

  private String shuffled() {
    List<String> parts = new ArrayList<>();
    for (ForecastMeasure measure : List.of(ForecastMeasure.AREA, ForecastMeasure.SKILL)) {
      String name = "shuffled " + measure.word();
      if (cell.facts().containsKey(name)) {
        Interval interval = new Interval(fact(name + " low"), fact(name + " high"));
        parts.add(measure.word() + " " + Numbers.fine(fact(name), interval));
      }
    }
    return String.join(", ", parts);
  }

  List<Figure> figures() {
    return List.of(along(), areas(), layers());
  }

  private Figure along() {
    return byShare(
        new SeriesFigure.Head(
            "probes-along",
            "how far forecasts of the right answer are from the truth, along the response",
            "Mean of (forecast − exact probability)² with 95 % intervals over problems that were"
                + " held out.",
            SHARE,
            "(q − p)²"),
        (name, share) -> kept.excess(name, in(share)).map(ratio -> Cells.value(share, ratio)));
  }

  private Figure areas() {
    return byShare(
        new SeriesFigure.Head(
            "probes-areas",
            "how well forecasts tell right continuations from wrong ones, along the response",
            "Area under the curve with 95 % intervals over problems that were held out; ½ is"
                + " chance.",
            SHARE,
            "area"),
        (name, share) ->
            kept.area(name, in(share))
                .map(area -> new SeriesFigure.Value(share, area.estimate(), area.interval(.95))));
  }

  /// A value of a forecaster at a share of the response.
  private interface AtShare {
    Optional<SeriesFigure.Value> of(String name, double share);
  }

  private Figure byShare(SeriesFigure.Head head, AtShare measure) {
    TreeSet<Double> shares = new TreeSet<>();
    kept.rows().forEach(row -> shares.add(share(row)));
    List<SeriesFigure.Series> series = new ArrayList<>();
    for (String name : kept.names()) {
      if (!name.equals("attention") && !name.equals("max")) {
        series.add(
            new SeriesFigure.Series(
                name, shares.stream().flatMap(share -> measure.of(name, share).stream()).toList()));
      }
    }
    return SeriesFigure.of(head, series);
  }

  private Predicate<Row> in(double share) {
    return row -> share(row) == share;
  }

  private double share(Row row) {
    double length = kept.at(CellWriter.LENGTH, row.text());
    return StrictMath.rint(row.kept() / length * PARTS) / PARTS;
  }

  private Figure layers() {
    Map<String, TreeMap<Integer, Double>> sites = new TreeMap<>();
    cell.facts()
        .forEach(
            (name, log) -> {
              if (name.startsWith(CellWriter.TRIED)) {
                HookPoint hook = HookPoint.parse(name.substring(CellWriter.TRIED.length()));
                sites
                    .computeIfAbsent(hook.site().word(), site -> new TreeMap<>())
                    .put(hook.layer(), log);
              }
            });
    List<SeriesFigure.Series> series = new ArrayList<>();
    sites.forEach(
        (site, logs) -> {
          List<SeriesFigure.Value> values = new ArrayList<>();
          logs.forEach(
              (layer, log) ->
                  values.add(new SeriesFigure.Value(layer, log, new Interval(log, log))));
          series.add(new SeriesFigure.Series(site, values));
        });
    return SeriesFigure.of(
        new SeriesFigure.Head(
            "probes-layers",
            "where the right answer can be read",
            "Log score of a linear probe on problems that were held out, with the best penalty of"
                + " each place; lower is better.",
            "layer",
            "log score, nats"),
        series);
  }
}
