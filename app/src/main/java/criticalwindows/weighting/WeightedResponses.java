package criticalwindows.weighting;

import criticalwindows.cot.CotFinding;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.localise.Prior;
import criticalwindows.model.Tokens;
import criticalwindows.weight.Among;
import criticalwindows.weight.Decided;
import criticalwindows.weight.Response;
import criticalwindows.weight.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Responses that several rules of token weights are compared on: each rule gives weight to each of
/// them, so that all rules learn from the same ones.
///
/// @param responses one of each problem
/// @param known what rules go by, in the same order
/// @param among these alone
record WeightedResponses(List<OwnResponse> responses, List<Response> known, Among among) {
  WeightedResponses {
    responses = List.copyOf(responses);
    known = List.copyOf(known);
  }

  /// Those of some responses to which all rules give weight.
  ///
  /// @param windows of these responses
  /// @param rules by name
  /// @param seed of what rules draw by chance
  static WeightedResponses of(
      List<OwnResponse> responses, ResponseWindows windows, List<String> rules, long seed) {
    Map<String, Response> known = new HashMap<>();
    for (CotFinding finding : windows.findings()) {
      Decided.of(finding)
          .map(decided -> Response.of(decided, finding.original(), List.of()))
          .ifPresent(response -> known.put(finding.item().id(), response));
    }
    Prior prior = windows.windows().scatter().of(Prior.STANDARD);
    List<OwnResponse> left =
        responses.stream().filter(each -> known.containsKey(each.problem().id())).toList();
    WeightedResponses all = of(left, known, prior, seed);
    // Without a response others have weights of another one by the rule that exchanges them.
    for (List<OwnResponse> some = all.weighted(rules); some.size() < all.responses.size(); ) {
      all = of(some, known, prior, seed);
      some = all.weighted(rules);
    }
    return all;
  }

  private static WeightedResponses of(
      List<OwnResponse> responses, Map<String, Response> known, Prior prior, long seed) {
    List<Response> of =
        responses.stream()
            .map(each -> Objects.requireNonNull(known.get(each.problem().id())))
            .toList();
    List<Decided> decided = of.stream().map(Response::decided).toList();
    return new WeightedResponses(responses, of, new Among(decided, prior, seed));
  }

  private List<OwnResponse> weighted(List<String> rules) {
    List<OwnResponse> some = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      Response response = known.get(i);
      if (rules.stream().allMatch(rule -> weights(rule, response).length > 0)) {
        some.add(responses.get(i));
      }
    }
    return some;
  }

  private double[] weights(String rule, Response response) {
    return Rules.named(rule).normalised(response, among);
  }

  /// All of them with the weights of a rule, whose sum in each is its number of tokens.
  List<Example> examples(String rule) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      examples.add(example(responses.get(i), weights(rule, known.get(i))));
    }
    return examples;
  }

  /// A response each token of which counts 1.
  static Example uniform(OwnResponse response) {
    double[] ones = new double[response.tokens().size()];
    Arrays.fill(ones, 1);
    return example(response, ones);
  }

  private static Example example(OwnResponse response, double[] weights) {
    Tokens ids = response.prompt().plus(response.tokens());
    int[] places = new int[weights.length];
    int[] tokens = new int[weights.length];
    for (int i = 0; i < weights.length; i++) {
      places[i] = response.prompt().size() + i - 1;
      tokens[i] = response.tokens().at(i);
    }
    String item = response.problem().id();
    return new Example(
        item,
        item,
        Example.Kind.WEIGHTED,
        List.of(new Passage(ids, new Targets(places, tokens, weights))));
  }

  /// How many of an example's tokens have a weight above 0.
  static long withWeight(Example example) {
    Targets targets = example.passages().getFirst().targets();
    return IntStream.range(0, targets.size()).filter(i -> targets.number(i) > 0).count();
  }
}
