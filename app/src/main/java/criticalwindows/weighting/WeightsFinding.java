package criticalwindows.weighting;

import criticalwindows.study.Comparison;
import criticalwindows.study.Comparison.Pair;
import criticalwindows.study.Results;
import criticalwindows.study.StudyTables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the study of weights says in words: by its comparisons alone, whatever came out.
///
/// @param rules each rule against each of its controls, corrected together
/// @param checks of what training does at all, corrected together
record WeightsFinding(List<Comparison> rules, List<Comparison> checks) {
  /// The rules that are asked about.
  static final List<String> RULES = List.of("window", "rise", "curve", "prob");

  /// What would explain an effect of a rule away: that it learns from these responses at all; that
  /// it learns from few tokens; that its search spent as much sampling.
  static final List<String> CONTROLS =
      List.of(WeightsArms.UNIFORM, "random", WeightsArms.REJECTION);

  private static final List<Pair> CHECKS =
      List.of(
          new Pair(WeightsArms.UNIFORM, WeightsArms.UNTRAINED),
          new Pair(WeightsArms.REJECTION, WeightsArms.UNTRAINED),
          new Pair(WeightsArms.ALL, WeightsArms.UNTRAINED),
          new Pair(WeightsArms.REJECTION, WeightsArms.UNIFORM),
          new Pair("random", WeightsArms.UNIFORM),
          new Pair("top-entropy", WeightsArms.UNIFORM),
          new Pair("window", "shuffled"),
          new Pair("window", "top-entropy"),
          new Pair(WeightsArms.fast("window"), WeightsArms.fast(WeightsArms.UNIFORM)),
          new Pair(WeightsArms.fast("window"), WeightsArms.fast(WeightsArms.REJECTION)),
          new Pair("window", WeightsArms.fast(WeightsArms.UNIFORM)),
          new Pair("window", WeightsArms.fast(WeightsArms.REJECTION)));

  /// Those that are said in words whatever they come to: whether training does anything, and what
  /// is left where each arm has the rate that suits it.
  private static final List<Pair> SAID =
      List.of(
          CHECKS.getFirst(),
          new Pair(WeightsArms.fast("window"), WeightsArms.fast(WeightsArms.UNIFORM)),
          new Pair("window", WeightsArms.fast(WeightsArms.UNIFORM)));

  WeightsFinding {
    rules = List.copyOf(rules);
    checks = List.copyOf(checks);
  }

  /// Of what was measured. What an arm is compared with in vain, because a design has only one of
  /// the two, is left out.
  static WeightsFinding of(Results results) {
    List<Pair> pairs = new ArrayList<>();
    for (String rule : RULES) {
      CONTROLS.forEach(control -> pairs.add(new Pair(rule, control)));
    }
    return new WeightsFinding(family(results, pairs), family(results, CHECKS));
  }

  private static List<Comparison> family(Results results, List<Pair> pairs) {
    List<String> arms = results.design().arms();
    List<Pair> measured =
        pairs.stream()
            .filter(pair -> arms.contains(pair.arm()) && arms.contains(pair.control()))
            .toList();
    return Comparison.family(results, ResponseMeasures.ACCURACY, measured);
  }

  /// In a few sentences; that an effect is not there, first.
  String text() {
    List<String> better =
        asked().stream().filter(rule -> against(rule).allMatch(Comparison::higher)).toList();
    StringBuilder text = new StringBuilder();
    if (better.isEmpty()) {
      text.append("Of ")
          .append(listed(asked()))
          .append(", no weights raised accuracy more than all of their controls: ")
          .append("the same responses with uniform weights, as much weight on random tokens, and ")
          .append("plain rejection sampling. ");
    } else {
      text.append("Weights by ")
          .append(listed(better))
          .append(" raised accuracy more than uniform weights on the same responses, more than ")
          .append("as much weight on random tokens, and more than plain rejection sampling. ");
    }
    said(text, "Higher", rules.stream().filter(Comparison::higher).toList());
    said(text, "Lower", rules.stream().filter(Comparison::lower).toList());
    long open = rules.stream().filter(comparison -> !comparison.found()).count();
    if (open > 0) {
      text.append(open)
          .append(" of the ")
          .append(rules.size())
          .append(" comparisons cannot be told from chance.");
    }
    checks.stream()
        .filter(check -> SAID.contains(check.pair()))
        .forEach(check -> text.append(' ').append(difference(check)));
    return text.toString().strip();
  }

  private List<String> asked() {
    return RULES.stream().filter(rule -> against(rule).findAny().isPresent()).toList();
  }

  private Stream<Comparison> against(String rule) {
    return rules.stream().filter(comparison -> comparison.pair().arm().equals(rule));
  }

  private static void said(StringBuilder text, String how, List<Comparison> comparisons) {
    if (!comparisons.isEmpty()) {
      text.append(how)
          .append(" accuracy: ")
          .append(
              comparisons.stream()
                  .map(
                      each ->
                          "`"
                              + each.pair().arm()
                              + "` against `"
                              + each.pair().control()
                              + "`, "
                              + StudyTables.shown(each.difference()))
                  .collect(Collectors.joining("; ")))
          .append(". ");
    }
  }

  private static String difference(Comparison check) {
    Pair pair = check.pair();
    String arms = "`" + pair.arm() + "` and `" + pair.control() + "`";
    String by = ": " + StudyTables.shown(check.difference()) + ".";
    if (check.found()) {
      String how = check.higher() ? "higher" : "lower";
      return "`" + pair.arm() + "` has " + how + " accuracy than `" + pair.control() + "`" + by;
    }
    return "Whether " + arms + " differ in accuracy cannot be told" + by;
  }

  private static String listed(List<String> names) {
    List<String> marked = names.stream().map(name -> "`" + name + "`").toList();
    int last = marked.size() - 1;
    return last < 1
        ? String.join("", marked)
        : String.join(", ", marked.subList(0, last)) + " and " + marked.get(last);
  }
}
