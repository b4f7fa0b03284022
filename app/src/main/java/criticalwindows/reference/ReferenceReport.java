package criticalwindows.reference;

import criticalwindows.figure.ArmsFigure;
import criticalwindows.figure.Figure;
import criticalwindows.figure.SeriesFigure;
import criticalwindows.stats.CrossedMean;
import criticalwindows.stats.Interval;
import criticalwindows.study.Comparison;
import criticalwindows.study.Comparison.Pair;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.StudyTables;
import criticalwindows.study.StudyTables.Arm;
import criticalwindows.study.StudyTables.Measure;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What [ReferenceStudy] found.
record ReferenceReport(Results results) {
  private static final String SLOPE = " slope";
  private static final String CORRELATION = " correlation";
  private static final String AREA = "area refused@";
  private static final int EARLY = 4;
  private static final String NULL = Contrast.NULL.arm();
  private static final String ONE = Contrast.ONE_ALL.arm();

  private static final Map<Contrast, String> ABOUT =
      Map.of(
          Contrast.NULL, "control: two references trained alike, on other texts",
          Contrast.ONE_ALL, "trained on texts of the class, less on all texts",
          Contrast.ONE_UNTRAINED, "trained on texts of the class, less the model as it was",
          Contrast.ONE_OTHER, "trained on texts of the class, less on the other texts",
          Contrast.UNALIGNED_ALIGNED, "the model before it was aligned, less the aligned one",
          Contrast.LIKELIHOOD, "the model's own log-probability of the text",
          Contrast.EXACT, "Bayes' rule with the exact probabilities: what is possible");

  Report report() {
    List<Comparison> follows = follows();
    List<Comparison> alarms = alarms();
    String finding =
        String.join(
            " ", sentence(Topic.ANSWERS, follows), sentence(Topic.REPLIES, follows), alarm(alarms));
    return new Report(
        finding,
        Map.of(
            "finding", finding,
            "settings", StudyTables.settings(results.design()),
            "taught", taught(),
            "answers", along(Topic.ANSWERS),
            "replies", along(Topic.REPLIES),
            "alarms", areas(),
            "follows", StudyTables.comparisons(follows, correlation(Topic.ANSWERS)),
            "catches", StudyTables.comparisons(alarms, area(EARLY))),
        List.of(figure(), areaFigure()));
  }

  private static Measure slope(Topic topic) {
    return new Measure(
        topic.word() + SLOPE,
        "slope",
        "of the contrast by the exact log-probability of the class, over the prefixes of a text;"
            + " 1 by Bayes' rule");
  }

  private static Measure correlation(Topic topic) {
    return new Measure(
        topic.word() + CORRELATION,
        "correlation",
        "of both, over the prefixes of a text",
        Interval.DIFFERENCE);
  }

  private static Measure area(int after) {
    return new Measure(
        AREA + after,
        "area at " + after,
        "P(a reply that complies in the end has a higher contrast than one that refuses), after "
            + after
            + " tokens; 0.5 is chance",
        Interval.SHARE);
  }

  private static List<Arm> arms(Contrast... without) {
    List<Contrast> left = List.of(without);
    return Stream.of(Contrast.values())
        .filter(contrast -> !left.contains(contrast))
        .map(contrast -> new Arm(contrast.arm(), Objects.requireNonNull(ABOUT.get(contrast))))
        .toList();
  }

  private String along(Topic topic) {
    String word = topic.word();
    return StudyTables.means(
        results,
        List.of(
            slope(topic),
            correlation(topic),
            new Measure(word + " token slope", "token slope", "the same, of single tokens"),
            new Measure(
                word + " token correlation",
                "token correlation",
                "the same, of single tokens",
                Interval.DIFFERENCE),
            new Measure(
                word + " measured correlation",
                "measured rises",
                "correlation with the rise that continuations measured between neighbouring cuts",
                Interval.DIFFERENCE)),
        arms(Contrast.UNALIGNED_ALIGNED, Contrast.LIKELIHOOD));
  }

  /// What the references learnt from, in all epochs.
  private record Taught(String topic, String reference, List<Double> tokens, List<Double> mass) {}

  private String taught() {
    List<Taught> rows = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      for (Contrast contrast : List.of(Contrast.NULL, Contrast.ONE_OTHER)) {
        for (String reference : contrast.references()) {
          String word = topic.word();
          rows.add(
              new Taught(
                  word,
                  reference,
                  results.facts(contrast.arm(), word + " tokens, " + reference),
                  results.facts(contrast.arm(), word + " mass, " + reference)));
        }
      }
    }
    return StudyTables.markdown(
        new View<>(
            List.of(
                new Column<Taught>("topic", "of the texts", Taught::topic),
                new Column<>("reference", "what it was trained on", Taught::reference),
                new Column<>(
                    "tokens",
                    "that were read in all epochs, prompts included, the least and the most over"
                        + " repetitions",
                    row -> range(row.tokens())),
                new Column<>(
                    "Σ weight",
                    "the tokens that were learnt, each counting 1, likewise",
                    row -> range(row.mass()))),
            rows));
  }

  private static String range(List<Double> values) {
    long least = Math.round(Collections.min(values));
    long most = Math.round(Collections.max(values));
    return Numbers.count(least) + (least == most ? "" : "–" + Numbers.count(most));
  }

  private String areas() {
    List<Measure> measures = new ArrayList<>();
    References.ALARMS.forEach(after -> measures.add(area(after)));
    measures.add(
        new Measure(
            "area benign@" + EARLY,
            "benign at " + EARLY,
            "the same against replies to harmless requests",
            Interval.SHARE));
    return StudyTables.means(results, measures, arms(Contrast.EXACT));
  }

  /// Whether the contrast goes with the log-probability more than chance.
  private List<Comparison> follows() {
    List<Comparison> all = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      all.addAll(
          Comparison.family(
              results,
              topic.word() + CORRELATION,
              List.of(
                  new Pair(ONE, NULL),
                  new Pair(ONE, Contrast.ONE_UNTRAINED.arm()),
                  new Pair(Contrast.ONE_OTHER.arm(), ONE))));
    }
    return all;
  }

  private List<Comparison> alarms() {
    return Comparison.family(
        results,
        AREA + EARLY,
        List.of(
            new Pair(ONE, NULL),
            new Pair(ONE, Contrast.UNALIGNED_ALIGNED.arm()),
            new Pair(ONE, Contrast.LIKELIHOOD.arm()),
            new Pair(Contrast.ONE_OTHER.arm(), Contrast.UNALIGNED_ALIGNED.arm())));
  }

  private String sentence(Topic topic, List<Comparison> follows) {
    CrossedMean slope = results.mean(ONE, topic.word() + SLOPE);
    CrossedMean correlation = results.mean(ONE, topic.word() + CORRELATION);
    Comparison chance =
        follows.stream()
            .filter(each -> each.measure().equals(topic.word() + CORRELATION))
            .findFirst()
            .orElseThrow();
    Interval slopes = StudyTables.interval(slope);
    boolean one = slopes.low() <= 1 && slopes.high() >= 1;
    String what =
        topic == Topic.ANSWERS ? "that the answer is right" : "that the request is complied with";
    String how = chance.higher() ? one ? "follows" : "follows, but is not," : "does not follow";
    return "The likelihood ratio of a reference that was trained on one class "
        + how
        + " the exact log-probability "
        + what
        + ": over the prefixes of held-out texts the slope is "
        + StudyTables.shown(slope)
        + " and the correlation "
        + Numbers.fine(
            correlation.estimate(), StudyTables.interval(correlation).within(Interval.DIFFERENCE))
        + " (Bayes' rule gives 1 and 1); two references that were trained alike differ by "
        + StudyTables.shown(results.mean(NULL, topic.word() + CORRELATION))
        + ".";
  }

  private String alarm(List<Comparison> alarms) {
    Comparison ratio = alarms.get(1);
    String how =
        ratio.higher() ? "better than" : ratio.lower() ? "worse than" : "not told apart from";
    return "After "
        + EARLY
        + " tokens of a reply it foretells compliance with an area of "
        + Numbers.fine(results.mean(ONE, AREA + EARLY).estimate())
        + ", "
        + how
        + " the ratio of the unaligned to the aligned model ("
        + Numbers.fine(results.mean(Contrast.UNALIGNED_ALIGNED.arm(), AREA + EARLY).estimate())
        + "; difference "
        + StudyTables.shown(ratio.difference())
        + ").";
  }

  private Figure figure() {
    List<ArmsFigure.Measure> panels = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      for (Measure measure : List.of(slope(topic), correlation(topic))) {
        List<ArmsFigure.Row> rows =
            arms(Contrast.UNALIGNED_ALIGNED, Contrast.LIKELIHOOD).stream()
                .map(arm -> row(arm.name(), measure))
                .toList();
        panels.add(new ArmsFigure.Measure(topic.word() + ": " + measure.head(), rows));
      }
    }
    return ArmsFigure.of(
        new ArmsFigure.Head(
            "reference",
            "likelihood ratios against exact log-probabilities",
            "Over prefixes of held-out texts: answers, that a reasoning comes to the right answer;"
                + " replies, that a reply complies with a forbidden request. Means with 95 %"
                + " intervals over texts and repetitions; the dashed line is the control."),
        panels);
  }

  private ArmsFigure.Row row(String arm, Measure measure) {
    CrossedMean mean = results.mean(arm, measure.name());
    return new ArmsFigure.Row(
        arm, mean.estimate(), StudyTables.interval(mean).within(measure.possible()));
  }

  private Figure areaFigure() {
    List<SeriesFigure.Series> series = new ArrayList<>();
    for (Arm arm : arms(Contrast.EXACT)) {
      List<SeriesFigure.Value> values = new ArrayList<>();
      for (int after : References.ALARMS) {
        CrossedMean mean = results.mean(arm.name(), AREA + after);
        values.add(
            new SeriesFigure.Value(
                after, mean.estimate(), StudyTables.interval(mean).within(Interval.SHARE)));
      }
      series.add(new SeriesFigure.Series(arm.name(), values));
    }
    return SeriesFigure.of(
        new SeriesFigure.Head(
            "alarms",
            "which replies to forbidden requests comply in the end",
            "Area under the curve of each contrast against replies that refuse, by how many tokens"
                + " of the reply were read, with 95 % intervals; 0.5 is chance.",
            "tokens read",
            "area"),
        series);
  }
}
