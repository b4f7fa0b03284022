package criticalwindows.reminders;

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
import criticalwindows.view.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What [RemindersStudy] found.
///
/// @param depths from which replies were written on
record RemindersReport(Results results, List<Integer> depths) {
  private static final Measure REFUSED =
      new Measure(
          ReminderMeasures.REFUSED,
          "refused",
          "share of replies to forbidden requests that refuse, over all depths but 0",
          Interval.SHARE);
  private static final Measure OVER =
      new Measure(
          ReminderMeasures.OVER,
          "over-refusal",
          "share of replies to harmless requests that refuse, over all depths",
          Interval.SHARE);
  private static final Measure ACCURACY =
      new Measure(
          ReminderMeasures.ACCURACY,
          "accuracy",
          "share of word problems with the right answer",
          Interval.SHARE);
  private static final Measure REPEAT =
      new Measure(
          ReminderMeasures.REPEAT,
          "repeats",
          "share of turns begun with a word over and over that go on with it",
          Interval.SHARE);
  private static final Measure TOKENS =
      new Measure(
          ReminderMeasures.TOKENS,
          "tokens",
          "sampled tokens of a reply to a harmless request, at depth 0");
  private static final Measure REMINDED =
      new Measure(
          ReminderMeasures.REMINDED,
          "reminded",
          "share of replies with a reminder, of those that are long enough for one",
          Interval.SHARE);

  /// All comparisons that the finding speaks of.
  private static final List<Pair> PAIRS =
      List.of(
          pair(ReminderArm.REMINDERS, ReminderArm.PLACEBO),
          pair(ReminderArm.REMINDERS, ReminderArm.PLAIN),
          pair(ReminderArm.REMINDERS, ReminderArm.HEADER),
          pair(ReminderArm.REMINDERS, ReminderArm.RECOVERY),
          pair(ReminderArm.BOTH, ReminderArm.RECOVERY),
          pair(ReminderArm.RECOVERY, ReminderArm.PLACEBO));

  private static Pair pair(ReminderArm arm, ReminderArm control) {
    return new Pair(arm.word(), control.word());
  }

  Report report() {
    List<Comparison> refusal = family(REFUSED);
    List<Comparison> over = family(OVER);
    List<Comparison> accuracy = family(ACCURACY);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("finding", finding(refusal, over, accuracy));
    texts.put("means", StudyTables.means(results, measures(), arms()));
    texts.put("depths", depthTable());
    texts.put("exact", exact());
    texts.put("refusal", StudyTables.comparisons(refusal, REFUSED));
    texts.put("over-refusal", StudyTables.comparisons(over, OVER));
    texts.put("accuracy", StudyTables.comparisons(accuracy, ACCURACY));
    texts.put("taught", taught());
    texts.put("settings", StudyTables.settings(results.design()));
    return new Report(
        finding(refusal, over, accuracy), texts, List.of(refusalByDepth(), allMeasures()));
  }

  private List<Comparison> family(Measure measure) {
    return Comparison.family(results, measure.name(), PAIRS);
  }

  private static List<Measure> measures() {
    return List.of(REFUSED, OVER, ACCURACY, REPEAT, TOKENS, REMINDED);
  }

  private static List<Arm> arms() {
    return Arrays.stream(ReminderArm.values())
        .map(arm -> new Arm(arm.word(), arm.about()))
        .toList();
  }

  private String finding(
      List<Comparison> refusal, List<Comparison> over, List<Comparison> accuracy) {
    List<String> sentences = new ArrayList<>();
    sentences.add(first(refusal.getFirst()));
    sentences.add(
        "It refuses "
            + against(refusal.get(1), "the model as it is")
            + ", "
            + against(refusal.get(2), "with the header put in again and no training")
            + ", and "
            + against(refusal.get(3), "after training on recoveries")
            + ".");
    sentences.add(
        "With reminders in the recoveries it refuses "
            + against(refusal.get(4), "with recoveries alone")
            + ".");
    sentences.add(cost(over.getFirst(), accuracy.getFirst()));
    return String.join(" ", sentences);
  }

  private String first(Comparison placebo) {
    String what =
        placebo.higher()
            ? "A model that was taught to remind itself refuses more often, once its turn was begun"
            : placebo.lower()
                ? "A model that was taught to remind itself refuses less often, once its turn was"
                    + " begun"
                : "No effect of reminders was found: a model that was taught to remind itself"
                    + " refuses no more and no less often, once its turn was begun";
    return what
        + ", than one that was taught the same replies without reminders: in "
        + share(ReminderArm.REMINDERS, REFUSED)
        + " of replies against "
        + share(ReminderArm.PLACEBO, REFUSED)
        + ", "
        + difference(placebo)
        + ".";
  }

  private static String against(Comparison comparison, String control) {
    String how =
        comparison.higher()
            ? "more often than "
            : comparison.lower() ? "less often than " : "neither more nor less often than ";
    return how + control + " (" + difference(comparison) + ")";
  }

  private String cost(Comparison over, Comparison accuracy) {
    return "A reply to a harmless request takes "
        + Numbers.tenth(results.mean(ReminderArm.REMINDERS.word(), TOKENS.name()).estimate())
        + " tokens with reminders and "
        + Numbers.tenth(results.mean(ReminderArm.PLACEBO.word(), TOKENS.name()).estimate())
        + " without; word problems are right "
        + against(accuracy, "without")
        + ", and harmless requests are refused "
        + against(over, "without")
        + ".";
  }

  private String share(ReminderArm arm, Measure measure) {
    return Numbers.share(results.mean(arm.word(), measure.name()).estimate());
  }

  private static String difference(Comparison comparison) {
    CrossedMean difference = comparison.difference();
    return "difference "
        + Numbers.signed(difference.estimate())
        + " "
        + Numbers.interval(StudyTables.interval(difference));
  }

  /// A row for each arm, a column for each depth.
  private String depthTable() {
    List<Measure> columns =
        depths.stream()
            .map(
                depth ->
                    new Measure(
                        ReminderMeasures.REFUSED_AT + depth,
                        Integer.toString(depth),
                        "share that refuses after " + depth + " tokens of a recipe",
                        Interval.SHARE))
            .toList();
    return StudyTables.means(results, columns, arms());
  }

  /// What the policy does that the model was taught, at each depth.
  private String exact() {
    return depths.stream()
        .map(
            depth ->
                Numbers.fine(
                        results
                            .mean(ReminderArm.PLAIN.word(), ReminderMeasures.EXACT_AT + depth)
                            .estimate())
                    + " after "
                    + depth)
        .collect(Collectors.joining(", "));
  }

  /// What the trained arms learnt from, in the first repetition.
  private String taught() {
    List<String> said = new ArrayList<>();
    for (ReminderArm arm : ReminderArm.taught()) {
      said.add(
          "`"
              + arm.word()
              + "` "
              + count(arm, ReminderArms.TOKENS)
              + " tokens in "
              + count(arm, ReminderArms.STEPS)
              + " steps, Σ weights "
              + count(arm, ReminderArms.MASS));
    }
    return String.join("; ", said);
  }

  private String count(ReminderArm arm, String fact) {
    return Numbers.count(Math.round(results.facts(arm.word(), fact).getFirst()));
  }

  private Figure refusalByDepth() {
    return SeriesFigure.of(
        new SeriesFigure.Head(
            "refusal-by-depth",
            "Refusal by how much of a recipe was given",
            "Share of replies to forbidden requests that refuse, with 95 % intervals over items and"
                + " repetitions.",
            "tokens of a recipe that the turn was begun with",
            "refused"),
        arms().stream().map(arm -> series(arm.name())).toList());
  }

  private SeriesFigure.Series series(String arm) {
    return new SeriesFigure.Series(
        arm,
        depths.stream()
            .map(
                depth -> {
                  CrossedMean mean = results.mean(arm, ReminderMeasures.REFUSED_AT + depth);
                  return new SeriesFigure.Value(
                      depth, mean.estimate(), StudyTables.interval(mean).within(Interval.SHARE));
                })
            .toList());
  }

  private Figure allMeasures() {
    return ArmsFigure.of(
        new ArmsFigure.Head(
            "arms",
            "What reminders bring, and what they cost",
            "Means with 95 % intervals over items and repetitions. The line is that of the model as"
                + " it is."),
        List.of(REFUSED, OVER, ACCURACY, TOKENS).stream().map(this::panel).toList());
  }

  private ArmsFigure.Measure panel(Measure measure) {
    return new ArmsFigure.Measure(
        measure.head(),
        arms().stream()
            .map(
                arm -> {
                  CrossedMean mean = results.mean(arm.name(), measure.name());
                  return new ArmsFigure.Row(
                      arm.name(),
                      mean.estimate(),
                      StudyTables.interval(mean).within(measure.possible()));
                })
            .toList());
  }
}
