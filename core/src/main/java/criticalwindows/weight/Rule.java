package criticalwindows.weight;

import criticalwindows.error.UserError;
import java.util.Arrays;

/// How much each token of a response counts in training.
public interface Rule {
  /// As users name it.
  String name();

  /// What the weights are, in one line.
  String about();

  /// The weights before they are brought to one sum.
  ///
  /// @param among the responses that are exported together, this one among them
  /// @return for each token a finite number of at least 0; all 0 where the rule sees nothing in
  ///   this response
  /// @throws UserError if it goes by numbers that are not known of this response
  double[] weights(Response response, Among among);

  /// The weights of a response, whose sum is its number of tokens: 1 for each on average. So every
  /// rule pushes as hard as any other, and they differ in where alone.
  ///
  /// @return empty where the rule gives no token any weight
  default double[] normalised(Response response, Among among) {
    double[] weights = weights(response, among);
    double sum = Arrays.stream(weights).sum();
    return sum == 0
        ? new double[0]
        : Arrays.stream(weights).map(weight -> weight / sum * weights.length).toArray();
  }
}
