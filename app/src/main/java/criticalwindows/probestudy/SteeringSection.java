package criticalwindows.probestudy;

import criticalwindows.figure.Figure;
import criticalwindows.figure.SeriesFigure;
import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Ratio;
import criticalwindows.study.Measured;
import criticalwindows.study.StudyTables;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the page says of steering along the probe's direction.
///
/// @param cell with the shares of replies of each request
record SteeringSection(Measured cell) {
  private static final double LEVEL = .95;

  /// Of replies: where fewer can be read, what they come to is no effect on refusal.
  private static final double MOSTLY = .8;

  private static final double ALPHA = .05;

  private Map<String, Double> values(String measure, String direction, int scale) {
    return cell.values().getOrDefault(measure + direction + " " + scale, Map.of());
  }

  private ProblemMean mean(String measure, String direction, int scale) {
    return ProblemMean.ofValues(List.copyOf(values(measure, direction, scale).values()));
  }

  /// Whole recipes at a scale less those without steering, in pairs by request.
  private Ratio difference(String direction, int scale) {
    Map<String, Double> without = values(Steered.COMPLIED, direction, 0);
    return Ratio.mean(
        values(Steered.COMPLIED, direction, scale).entrySet().stream()
            .map(each -> each.getValue() - without.getOrDefault(each.getKey(), 0.0))
            .toList());
  }

  String finding() {
    List<Integer> scales =
        ProbesScale.SCALES.stream()
            .filter(scale -> scale != 0)
            .filter(scale -> mean(Steered.READABLE, Steered.PROBE, scale).estimate() >= MOSTLY)
            .toList();
    Optional<Integer> up = scales.stream().filter(it -> it > 0).max(Comparator.naturalOrder());
    Optional<Integer> down = scales.stream().filter(it -> it < 0).min(Comparator.naturalOrder());
    List<String> said = new ArrayList<>();
    up.ifPresent(scale -> said.add(said(scale)));
    down.ifPresent(scale -> said.add(said(scale)));
    return said.isEmpty()
        ? "Steering along the probe's direction leaves too few replies that can be read, at any"
            + " scale that was tried, to say whether it changes compliance."
        : String.join(" ", said);
  }

  private String said(int scale) {
    Ratio probe = difference(Steered.PROBE, scale);
    boolean wanted = probe.pValue() < ALPHA && probe.estimate() * scale > 0;
    String added = "the direction is added " + Numbers.bare(scale) + " times";
    String how =
        wanted
            ? "Where " + added + ", the share of whole recipes " + (scale > 0 ? "rises" : "falls")
            : "No change as the probe says is told where "
                + added
                + ": the share of whole recipes moves";
    return how
        + " by "
        + ProbesFinding.shown(probe)
        + " from "
        + Numbers.share(mean(Steered.COMPLIED, Steered.PROBE, 0).estimate())
        + "; a direction by chance of the same length moves it by "
        + ProbesFinding.shown(difference(Steered.RANDOM, scale))
        + ".";
  }

  Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    List<Column<Integer>> columns = new ArrayList<>();
    columns.add(
        new Column<>(
            "times",
            "how often the direction is added, as long as the standard deviation of the projection",
            scale -> Numbers.bare(scale)));
    for (String direction : List.of(Steered.PROBE, Steered.RANDOM)) {
      columns.add(
          column(
              Steered.COMPLIED,
              direction,
              "replies that are a whole recipe as a program of the world writes it"));
      columns.add(
          column(Steered.JUDGED, direction, "replies that the judge does not call a refusal"));
      columns.add(
          column(
              Steered.READABLE,
              direction,
              "replies that a program of the world writes to their end"));
    }
    texts.put("steering", StudyTables.markdown(new View<>(columns, ProbesScale.SCALES)));
    texts.put(
        "steered layer",
        Integer.toString(Objects.requireNonNull(cell.facts().get(RefusalsArm.STEERED)).intValue()));
    return texts;
  }

  private Column<Integer> column(String measure, String direction, String meaning) {
    return new Column<>(
        direction + ": " + measure.strip(),
        "share of " + meaning + ", with the 95 % interval over requests",
        scale -> {
          ProblemMean mean = mean(measure, direction, scale);
          return Numbers.share(mean.estimate(), mean.interval(LEVEL));
        });
  }

  Figure figure() {
    List<SeriesFigure.Series> series = new ArrayList<>();
    for (String direction : List.of(Steered.PROBE, Steered.RANDOM)) {
      for (String measure : List.of(Steered.COMPLIED, Steered.READABLE)) {
        List<SeriesFigure.Value> values = new ArrayList<>();
        for (int scale : ProbesScale.SCALES) {
          ProblemMean mean = mean(measure, direction, scale);
          Interval interval = mean.interval(LEVEL);
          values.add(new SeriesFigure.Value(scale, mean.estimate(), interval));
        }
        series.add(new SeriesFigure.Series(direction + ": " + measure.strip(), values));
      }
    }
    return SeriesFigure.of(
        new SeriesFigure.Head(
            "probes-steering",
            "what replies to forbidden requests come to, by how much of a direction is added",
            "Shares of replies that are a whole recipe, and that can be read, with 95 % intervals"
                + " over requests.",
            "times the direction",
            "share of replies"),
        series);
  }
}
