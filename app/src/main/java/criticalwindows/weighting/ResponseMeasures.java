package criticalwindows.weighting;

import criticalwindows.model.Prediction;
import criticalwindows.outcome.Outcome;
import criticalwindows.study.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What several responses to one problem come to.
final class ResponseMeasures {
  static final String ACCURACY = "accuracy";
  static final String CONSISTENCY = "consistency";
  static final String ENTROPY = "entropy";
  static final String READABLE = "readable";

  private ResponseMeasures() {}

  /// Adds the measures of a problem:
  ///
  /// - `accuracy`: the share of responses whose answer is right;
  /// - `consistency`: how likely two fresh responses come to the same answer;
  /// - `entropy`: of the distribution of the next token, in nats, the mean over all tokens that
  ///   were drawn, stop tokens too;
  /// - `readable`: the share of responses that came to an end and state an answer.
  ///
  /// @param responses to the same problem, at least two
  static void add(Measured.Builder measured, List<OwnResponse> responses) {
    String item = responses.getFirst().problem().id();
    double count = responses.size();
    measured.value(ACCURACY, item, responses.stream().filter(OwnResponse::right).count() / count);
    measured.value(
        CONSISTENCY, item, consistency(responses.stream().map(OwnResponse::answer).toList()));
    measured.value(ENTROPY, item, entropy(responses));
    measured.value(
        READABLE,
        item,
        responses.stream().filter(each -> each.answer().readable()).count() / count);
  }

  /// The share of pairs of different responses that agree: without bias, how likely two fresh ones
  /// do. What cannot be read agrees with nothing.
  ///
  /// @param answers at least two
  static double consistency(List<? extends Outcome> answers) {
    Map<Object, Integer> counts = new LinkedHashMap<>();
    answers.stream()
        .filter(Outcome::readable)
        .forEach(answer -> counts.merge(answer.comparedBy(), 1, Integer::sum));
    long pairs = counts.values().stream().mapToLong(count -> (long) count * (count - 1)).sum();
    return (double) pairs / ((long) answers.size() * (answers.size() - 1));
  }

  private static double entropy(List<OwnResponse> responses) {
    return responses.stream()
        .flatMap(response -> response.written().predictions().stream())
        .mapToDouble(Prediction::entropy)
        .average()
        .orElse(0);
  }
}
