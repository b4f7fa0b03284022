package criticalwindows.weighting;

import criticalwindows.figure.ArmsFigure;
import criticalwindows.figure.Figure;
import criticalwindows.stats.CrossedMean;
import criticalwindows.stats.Interval;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.StudyTables;
import criticalwindows.study.StudyTables.Arm;
import criticalwindows.study.StudyTables.Measure;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The page of the study of weights.
///
/// @param about what each of its arms is
record WeightsReport(Results results, List<Arm> about) {
  private static final Interval SHARE = new Interval(0, 1);

  private static final Measure ACCURACY =
      new Measure(
          ResponseMeasures.ACCURACY,
          "accuracy",
          "share of fresh responses to held-out problems whose own answer is right",
          SHARE);

  private static final List<Measure> RESPONSES =
      List.of(
          ACCURACY,
          new Measure(
              ResponseMeasures.CONSISTENCY,
              "consistency",
              "how likely two fresh responses to the same problem agree",
              SHARE),
          new Measure(
              ResponseMeasures.ENTROPY,
              "entropy",
              "of the next token, in nats, the mean over the tokens of fresh responses",
              new Interval(0, Double.POSITIVE_INFINITY)),
          new Measure(
              ResponseMeasures.READABLE,
              "readable",
              "share of fresh responses that end and state an answer",
              SHARE));

  private static final List<Measure> WINDOWS =
      List.of(
          new Measure(
              ResponseWindows.CLAIMED,
              "windows",
              "share of responses with a claimed window, on the held-out problems that were"
                  + " searched",
              SHARE),
          new Measure(
              ResponseWindows.PLACE,
              "place",
              "of the window, as a share of the response, where there is one",
              SHARE),
          new Measure(
              ResponseWindows.HEIGHT,
              "height",
              "how far the probability of the response's own answer rises over the window",
              SHARE));

  /// All of it.
  Report report() {
    WeightsFinding finding = WeightsFinding.of(results);
    Map<String, String> texts = new HashMap<>(results.design().settings());
    texts.put("finding", finding.text());
    texts.put("repetitions", Integer.toString(results.design().seeds().size()));
    texts.put("means", StudyTables.means(results, RESPONSES, about));
    texts.put("comparisons", StudyTables.comparisons(finding.rules(), ACCURACY));
    texts.put("checks", StudyTables.comparisons(finding.checks(), ACCURACY));
    texts.put("windows", StudyTables.means(results, WINDOWS, about));
    texts.put("changes", changes());
    texts.put("facts", facts());
    return new Report(finding.text(), texts, List.of(figure()));
  }

  private List<Arm> trained() {
    return about.stream().filter(arm -> !arm.name().equals(WeightsArms.UNTRAINED)).toList();
  }

  /// Each arm less the model before training.
  private String changes() {
    List<Measure> measures = new ArrayList<>(RESPONSES);
    measures.addAll(WINDOWS);
    List<Column<Arm>> columns = new ArrayList<>();
    columns.add(new Column<>("arm", "how the model was trained", Arm::name));
    for (Measure measure : measures) {
      columns.add(
          new Column<>(
              measure.head(),
              "change of it by training, paired by item, with its 95 % interval, not corrected",
              arm -> change(arm.name(), measure.name())));
    }
    return StudyTables.markdown(new View<>(columns, trained()));
  }

  private String change(String arm, String measure) {
    return results.paired(arm, WeightsArms.UNTRAINED, measure)
        ? StudyTables.shown(results.difference(arm, WeightsArms.UNTRAINED, measure))
        : "–";
  }

  private String facts() {
    return StudyTables.markdown(
        new View<>(
            List.of(
                new Column<Arm>("arm", "how the model was trained", Arm::name),
                fact("responses", "different responses to learn from"),
                fact("tokens", "that were read in training, prompts too"),
                fact("mass", "Σ weight over all steps"),
                fact("steps", "of the optimiser"),
                fact("weighted", "different tokens with a weight above 0"),
                fact("rollouts", "responses and continuations that were sampled for it"),
                fact("sampled", "tokens of these")),
            trained()));
  }

  private Column<Arm> fact(String name, String meaning) {
    return new Column<>(
        name, meaning + ", mean of the repetitions", arm -> Numbers.count(mean(arm.name(), name)));
  }

  private long mean(String arm, String fact) {
    return Math.round(
        results.facts(arm, fact).stream().mapToDouble(value -> value).average().orElseThrow());
  }

  private Figure figure() {
    return ArmsFigure.of(
        new ArmsFigure.Head(
            "weights",
            "Accuracy after fine-tuning on weighted tokens",
            "Change of each measure by training, paired by held-out problem and repetition, with 95"
                + " % intervals. All arms learn from as many tokens with as much weight in all."),
        List.of(
            panel("accuracy", ResponseMeasures.ACCURACY),
            panel("consistency", ResponseMeasures.CONSISTENCY),
            panel("entropy, nats", ResponseMeasures.ENTROPY)));
  }

  private ArmsFigure.Measure panel(String title, String measure) {
    return new ArmsFigure.Measure(
        title,
        trained().stream()
            .map(
                arm -> {
                  CrossedMean change =
                      results.difference(arm.name(), WeightsArms.UNTRAINED, measure);
                  return new ArmsFigure.Row(
                      arm.name(), change.estimate(), StudyTables.interval(change));
                })
            .toList());
  }
}
