package criticalwindows.cli;

import criticalwindows.probe.CheapForecasts;
import criticalwindows.probe.ForecastMeasure;
import criticalwindows.probe.ForecastTable;
import criticalwindows.probe.Measured;
import criticalwindows.probe.OutcomeNoise;
import criticalwindows.probe.Transfer;
import criticalwindows.probe.WindowPart;
import criticalwindows.probing.ProbeCard;
import criticalwindows.probing.ProbeFile;
import criticalwindows.stats.Interval;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A probe and how good it is, for people.
final class ProbeTables {
  private static final int NAME = 40;

  private static final List<ForecastMeasure> SCORES =
      List.of(
          ForecastMeasure.AREA,
          ForecastMeasure.BRIER,
          ForecastMeasure.BEYOND,
          ForecastMeasure.LOG,
          ForecastMeasure.SKILL);

  private static final List<ForecastMeasure> FURTHER =
      List.of(
          ForecastMeasure.CALIBRATION,
          ForecastMeasure.CALIBRATION_NOISE,
          ForecastMeasure.CAUGHT_1,
          ForecastMeasure.CAUGHT_5,
          ForecastMeasure.DRIFT,
          ForecastMeasure.PULL,
          ForecastMeasure.MARTINGALE);

  private ProbeTables() {}

  /// All of it.
  static List<String> lines(ProbeFile file) {
    ProbeCard card = file.card();
    ForecastTable table = card.table();
    List<String> lines = new ArrayList<>(card(file));
    section(lines, "How good forecasts of held-out items are", scores(table));
    section(
        lines,
        "How well they are calibrated, and whether they move as they should",
        further(table));
    section(lines, "What the noise of outcomes leaves to be reached", noise(table));
    section(lines, "The probe against each of the others, in pairs over items", differences(table));
    section(lines, "Hook points, by held-out items", tried(card));
    if (!card.transfers().isEmpty()) {
      section(lines, "Fitted to one group, judged on another", transfers(card.transfers()));
    }
    return lines;
  }

  private static void section(List<String> lines, String title, List<String> table) {
    lines.add("");
    lines.add(title);
    lines.addAll(table);
  }

  private static List<String> card(ProbeFile file) {
    ProbeCard card = file.card();
    ProbeCard.Fit fit = card.fit();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("probe", file.probe().kind() + " of " + hooks(file)));
    rows.add(List.of("forecasts", text(card.target()) + ": " + classes(file)));
    rows.add(List.of("model", text(card.model())));
    rows.add(List.of("fitted on", text(card.source())));
    rows.add(
        List.of(
            "",
            Numbers.count(fit.rows())
                + " places of "
                + Numbers.count(fit.items())
                + " items; "
                + fit.folds()
                + " folds by "
                + text(fit.by())
                + ", seed "
                + fit.seed()));
    rows.add(List.of("penalty", Numbers.bare(fit.penalty())));
    card.made().forEach((name, value) -> rows.add(List.of(text(name), text(value))));
    return View.aligned(rows);
  }

  private static String hooks(ProbeFile file) {
    return file.probe().hooks().stream().map(hook -> hook.word()).collect(Collectors.joining(", "));
  }

  private static String classes(ProbeFile file) {
    return file.probe().classes().stream().map(ProbeTables::text).collect(Collectors.joining(", "));
  }

  private static String text(String text) {
    return TerminalText.line(text);
  }

  private static List<String> scores(ForecastTable table) {
    List<Column<ForecastTable.Line>> columns = new ArrayList<>(named());
    columns.add(new Column<>("items", "so many", line -> Numbers.count(line.items())));
    columns.add(new Column<>("places", "so many", line -> Numbers.count(line.rows())));
    SCORES.forEach(measure -> columns.add(column(measure)));
    return new View<>(columns, table.lines())
        .lines(
            "every item counts the same; intervals of 95 % by items",
            "forecasters: " + about(), "where: " + parts(table));
  }

  private static String about() {
    return CheapForecasts.ALL.stream()
            .map(cheap -> cheap.name() + ", " + cheap.about())
            .collect(Collectors.joining("; "))
        + "; probe, shuffled, the probe fitted and judged with targets swapped between items: what"
        + " chance gives";
  }

  private static String parts(ForecastTable table) {
    return table.noise().keySet().stream()
        .map(part -> part.word() + ", " + part.about())
        .collect(Collectors.joining("; "));
  }

  private static List<String> further(ForecastTable table) {
    List<Column<ForecastTable.Line>> columns = new ArrayList<>(named());
    FURTHER.forEach(measure -> columns.add(column(measure)));
    List<ForecastTable.Line> all =
        table.lines().stream().filter(line -> line.part() == WindowPart.ALL).toList();
    return new View<>(columns, all).saying().lines();
  }

  private static List<Column<ForecastTable.Line>> named() {
    return List.of(
        new Column<>("forecaster", "who forecasts", line -> text(line.forecaster())),
        new Column<>("where", "which places", line -> line.part().word()));
  }

  private static Column<ForecastTable.Line> column(ForecastMeasure measure) {
    return new Column<>(
        measure.word(),
        measure.about(),
        line -> line.measure(measure).map(ProbeTables::shown).orElse("–"));
  }

  private static String shown(Measured value) {
    return value.interval().width() == 0
        ? Numbers.fine(value.estimate())
        : Numbers.fine(value.estimate(), value.interval());
  }

  private static List<String> noise(ForecastTable table) {
    List<Column<Map.Entry<WindowPart, OutcomeNoise>>> columns =
        List.of(
            new Column<>("where", "which places", entry -> entry.getKey().word()),
            new Column<>(
                "least Brier",
                "what single outcomes leave, whatever the forecast",
                noise(OutcomeNoise::brier)),
            new Column<>(
                "of shares",
                "how far the counted shares lie from the probabilities by chance, squared",
                noise(OutcomeNoise::shares)),
            new Column<>(
                "least log score",
                "the entropy; of counts an estimate that is a little too low",
                noise(OutcomeNoise::log)),
            new Column<>(
                "best AUROC",
                "of exact probabilities: from what the other continuations of a place tell of one"
                    + " to what the counts tell of themselves",
                entry -> entry.getValue().area().map(ProbeTables::range).orElse("–")));
    return new View<>(columns, List.copyOf(table.noise().entrySet())).lines();
  }

  private static Function<Map.Entry<WindowPart, OutcomeNoise>, String> noise(
      Function<OutcomeNoise, OptionalDouble> value) {
    return entry -> {
      OptionalDouble found = value.apply(entry.getValue());
      return found.isPresent() ? Numbers.fine(found.getAsDouble()) : "–";
    };
  }

  private static String range(Interval interval) {
    return Numbers.fine(interval.low()) + " to " + Numbers.fine(interval.high());
  }

  private static List<String> differences(ForecastTable table) {
    List<Column<ForecastTable.Difference>> columns =
        List.of(
            new Column<>("against", "which forecaster", each -> text(each.other())),
            new Column<>("measure", "as above", each -> each.measure().word()),
            new Column<>(
                "difference",
                "the probe's less the other's; below 0 the probe is better, of AUROC above",
                each -> shown(each.value())),
            new Column<>(
                "p", "how often chance alone gives as much", each -> Numbers.chance(each.pValue())),
            new Column<>(
                "p, Holm",
                "the same for the chance of any such finding among all others by this measure",
                each -> Numbers.chance(each.adjusted())));
    return new View<>(columns, table.differences()).lines();
  }

  private static List<String> tried(ProbeCard card) {
    List<Column<ProbeCard.Tried>> columns =
        List.of(
            new Column<>("hook point", "site and layer", each -> text(each.hook())),
            new Column<>(
                "penalty",
                "the best one, on half the squares of weights",
                each -> Numbers.bare(each.penalty())),
            new Column<>("log score", "in nats", each -> Numbers.fine(each.log())));
    return new View<>(columns, card.tried()).lines();
  }

  private static List<String> transfers(List<Transfer> transfers) {
    List<Column<Transfer>> columns =
        List.of(
            new Column<>("fitted to", "which group", each -> TerminalText.line(each.from(), NAME)),
            new Column<>(
                "judged on",
                "which group; its own by held-out items",
                each -> TerminalText.line(each.to(), NAME)),
            new Column<>("items", "of the latter", each -> Numbers.count(each.items())),
            new Column<>(
                "AUROC", "as above", each -> each.area().map(ProbeTables::shown).orElse("–")),
            new Column<>("log score", "as above", each -> shown(each.log())),
            new Column<>(
                "base rate's",
                "log score of the group's own base rate, known in hindsight",
                each -> Numbers.fine(each.rate())));
    return new View<>(columns, transfers).lines();
  }
}
