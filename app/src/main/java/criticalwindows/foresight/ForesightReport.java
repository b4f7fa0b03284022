package criticalwindows.foresight;

import criticalwindows.figure.ArmsFigure;
import criticalwindows.figure.Figure;
import criticalwindows.figure.SeriesFigure;
import criticalwindows.stats.CrossedMean;
import criticalwindows.stats.RankCorrelation;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The page of the study of foresight.
///
/// @param plan by which it was computed
record ForesightReport(ForesightPlan plan, Results results) {
  private static final Measure EXCESS =
      new Measure(
          ForesightMeasures.EXCESS,
          "excess",
          "mean of Σ (forecast − exact probability)² over the options, 0 at best and at most 2");
  private static final List<Measure> SCORES =
      List.of(
          EXCESS,
          new Measure(
              ForesightMeasures.COUNTED,
              "excess by counts",
              "the same against the shares of the model's own continuations, with their noise taken"
                  + " off, at every second cut of one response"),
          new Measure(
              ForesightMeasures.BRIER, "Brier", "the expected Brier score over the options"),
          new Measure(ForesightMeasures.LOG, "log", "the expected log score, in nats"));
  private static final List<Measure> MOVES =
      List.of(
          new Measure(
              ForesightMeasures.DRIFT,
              "drift",
              "rise of the right option's forecast from the beginning of a response to its end"),
          new Measure(
              ForesightMeasures.REVERSAL,
              "reversal",
              "Σ (q′ − q) q over the options and the steps of a response"));
  private static final List<Pair> PAIRS =
      List.of(
          pair(ForesightArm.FORESIGHT, ForesightArm.EARLY),
          pair(ForesightArm.GUESSES, ForesightArm.EARLY),
          pair(ForesightArm.HEAD, ForesightArm.EARLY),
          pair(ForesightArm.FORESIGHT, ForesightArm.HEAD),
          pair(ForesightArm.FORESIGHT, ForesightArm.PLACEBO),
          pair(ForesightArm.HEAD, ForesightArm.PLACEBO),
          pair(ForesightArm.GUESSES, ForesightArm.GUESSES_PLACEBO),
          pair(ForesightArm.GUESSES, ForesightArm.SHARPENED),
          pair(ForesightArm.FORESIGHT, ForesightArm.EXACT_LABELS),
          pair(ForesightArm.FORESIGHT, ForesightArm.BASE_RATE));
  private static final List<ForesightArm> DRAWN =
      List.of(
          ForesightArm.EARLY,
          ForesightArm.FORESIGHT,
          ForesightArm.GUESSES,
          ForesightArm.HEAD,
          ForesightArm.PLACEBO,
          ForesightArm.BASE_RATE);

  /// Arms whose forecasts move, each held against one that never does.
  private static final List<Pair> MOVING =
      List.of(
          pair(ForesightArm.EXACT, ForesightArm.UNIFORM),
          pair(ForesightArm.EARLY, ForesightArm.UNIFORM),
          pair(ForesightArm.FORESIGHT, ForesightArm.UNIFORM),
          pair(ForesightArm.GUESSES, ForesightArm.UNIFORM),
          pair(ForesightArm.HEAD, ForesightArm.UNIFORM),
          pair(ForesightArm.VERBAL, ForesightArm.UNIFORM));

  private static final List<ForesightArm> TRAINED =
      List.of(
          ForesightArm.FORESIGHT,
          ForesightArm.EXACT_LABELS,
          ForesightArm.PLACEBO,
          ForesightArm.GUESSES,
          ForesightArm.GUESSES_PLACEBO);

  private static Pair pair(ForesightArm arm, ForesightArm control) {
    return new Pair(arm.word(), control.word());
  }

  Report report() {
    List<Comparison> comparisons = Comparison.family(results, ForesightMeasures.EXCESS, PAIRS);
    List<Arm> arms =
        results.design().arms().stream()
            .map(arm -> new Arm(arm, ForesightArm.named(arm).about()))
            .toList();
    String finding = finding(comparisons) + " " + movement();
    Map<String, String> texts = new HashMap<>();
    results.design().settings().forEach(texts::put);
    texts.put("finding", finding);
    texts.put("repetitions", Integer.toString(results.design().seeds().size()));
    texts.put("scores", StudyTables.means(results, SCORES, arms));
    texts.put("comparisons", StudyTables.comparisons(comparisons, EXCESS));
    texts.put("moves", StudyTables.means(results, MOVES, arms));
    texts.put("agreement", agreement());
    texts.put("facts", facts());
    texts.put("outside", Numbers.percent(fact(ForesightArm.EARLY, "outside")));
    texts.put("unread", Numbers.percent(fact(ForesightArm.EARLY, "unread")));
    texts.put("belief", Numbers.of(fact(ForesightArm.VERBAL, "belief"), 2));
    texts.put("power", Numbers.of(fact(ForesightArm.SHARPENED, "power"), 2));
    return new Report(finding, texts, List.of(arms(arms), along()));
  }

  /// What the comparisons say, the question's answer first.
  private String finding(List<Comparison> comparisons) {
    Comparison early = comparisons.getFirst();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        answer(early)
            + ": excess "
            + shown(ForesightArm.FORESIGHT)
            + " against "
            + shown(ForesightArm.EARLY)
            + ", a difference of "
            + StudyTables.shown(early.difference())
            + ".");
    List<Comparison> others = comparisons.subList(1, comparisons.size());
    others.stream()
        .filter(Comparison::found)
        .map(ForesightReport::sentence)
        .forEach(sentences::add);
    List<String> apart =
        others.stream()
            .filter(comparison -> !comparison.found())
            .map(each -> "`" + each.pair().arm() + "` and `" + each.pair().control() + "`")
            .toList();
    if (!apart.isEmpty()) {
      sentences.add("Not told apart: " + String.join(", ", apart) + ".");
    }
    return String.join(" ", sentences);
  }

  private static String answer(Comparison early) {
    if (early.lower()) {
      return "A small LoRA that was taught counts of continuations as letters foretells the answer"
          + " better than the untrained model's early answers";
    }
    return early.higher()
        ? "Teaching did not help: a small LoRA that was taught counts of continuations as letters"
            + " foretells the answer worse than the untrained model's early answers"
        : "No gain from teaching is told: a small LoRA that was taught counts of continuations as"
            + " letters is not told apart from the untrained model's early answers";
  }

  private static String sentence(Comparison comparison) {
    return "`"
        + comparison.pair().arm()
        + (comparison.lower() ? "` foretells better than `" : "` foretells worse than `")
        + comparison.pair().control()
        + "` ("
        + StudyTables.shown(comparison.difference())
        + ").";
  }

  private String shown(ForesightArm arm) {
    return StudyTables.shown(results.mean(arm.word(), ForesightMeasures.EXCESS));
  }

  /// Which arms are told from martingales.
  private String movement() {
    List<Comparison> reversals = Comparison.family(results, ForesightMeasures.REVERSAL, MOVING);
    List<Comparison> drifts = Comparison.family(results, ForesightMeasures.DRIFT, MOVING);
    return "Along a response "
        + told("drift", drifts)
        + "; "
        + told("reversal", reversals)
        + " (Holm's correction over "
        + MOVING.size()
        + " arms each).";
  }

  private static String told(String measure, List<Comparison> comparisons) {
    List<String> found =
        comparisons.stream()
            .filter(Comparison::found)
            .map(each -> "`" + each.pair().arm() + "` " + StudyTables.shown(each.difference()))
            .toList();
    return found.isEmpty()
        ? "no arm's " + measure + " is told from the 0 of right forecasts"
        : "the "
            + measure
            + " of these is told from the 0 of right forecasts: "
            + String.join(", ", found);
  }

  /// Whether scoring by counts orders the arms as scoring by exact probabilities does.
  private String agreement() {
    double[] exact = means(ForesightMeasures.EXCESS);
    double[] counted = means(ForesightMeasures.COUNTED);
    String rank =
        RankCorrelation.of(exact, counted).stream()
            .mapToObj(value -> Numbers.of(value, 2))
            .findFirst()
            .orElse("–");
    return "Over the "
        + exact.length
        + " arms, excess by counts and excess against exact probabilities have a rank correlation"
        + " of "
        + rank
        + ". The exact probabilities themselves have an excess by counts of "
        + StudyTables.shown(results.mean(ForesightArm.EXACT.word(), ForesightMeasures.COUNTED))
        + ": so far is this model from the program that it was taught.";
  }

  private double[] means(String measure) {
    return results.design().arms().stream()
        .mapToDouble(arm -> results.mean(arm, measure).estimate())
        .toArray();
  }

  private double fact(ForesightArm arm, String name) {
    return results.facts(arm.word(), name).stream()
        .mapToDouble(value -> value)
        .average()
        .orElseThrow();
  }

  private String facts() {
    List<Column<ForesightArm>> columns = new ArrayList<>();
    columns.add(new Column<>("arm", "what was trained", ForesightArm::word));
    columns.add(count("examples", "prefixes, the mean over repetitions"));
    columns.add(count("tokens", "read in all epochs"));
    columns.add(count("mass", "continuations that were learnt from, over all epochs"));
    columns.add(count("steps", "of the optimiser"));
    columns.add(
        new Column<>(
            "covered",
            "the probability of all replies that name an option; forecasts are shares of that",
            arm -> Numbers.of(fact(arm, "covered"), 3)));
    return StudyTables.markdown(new View<>(columns, TRAINED));
  }

  private Column<ForesightArm> count(String name, String meaning) {
    return new Column<>(name, meaning, arm -> Numbers.count(Math.round(fact(arm, name))));
  }

  private Figure arms(List<Arm> arms) {
    List<ArmsFigure.Measure> panels = new ArrayList<>();
    for (Measure measure : List.of(SCORES.get(0), SCORES.get(1), MOVES.get(1))) {
      panels.add(
          new ArmsFigure.Measure(
              measure.head(),
              arms.stream()
                  .map(
                      arm -> {
                        CrossedMean mean = results.mean(arm.name(), measure.name());
                        return new ArmsFigure.Row(
                            arm.name(), mean.estimate(), StudyTables.interval(mean));
                      })
                  .toList()));
    }
    return ArmsFigure.of(
        new ArmsFigure.Head(
            "foresight",
            "how far forecasts of the answer are from the truth, by arm",
            "Means over held-out problems and repetitions with 95 % intervals; the dashed line goes"
                + " through the early answers of the untrained model. Excess is 0 at best; reversal"
                + " is 0 for right forecasts."),
        panels);
  }

  private Figure along() {
    List<SeriesFigure.Series> series = new ArrayList<>();
    for (ForesightArm arm : DRAWN) {
      List<SeriesFigure.Value> values = new ArrayList<>();
      for (int part = 0; part < ForesightMeasures.PARTS; part++) {
        String measure = ForesightMeasures.excess(part);
        if (results.has(arm.word(), measure)) {
          CrossedMean mean = results.mean(arm.word(), measure);
          values.add(
              new SeriesFigure.Value(
                  (part + .5) / ForesightMeasures.PARTS,
                  mean.estimate(),
                  StudyTables.interval(mean)));
        }
      }
      series.add(new SeriesFigure.Series(arm.word(), values));
    }
    return SeriesFigure.of(
        new SeriesFigure.Head(
            "foresight-along",
            "how far forecasts of the answer are from the truth, along the response",
            "Mean excess at the cuts of each fifth of a response, with 95 % intervals over held-out"
                + " problems and repetitions.",
            "share of the response that was written",
            "excess"),
        series);
  }
}
