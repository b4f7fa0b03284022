package criticalwindows.weight;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// `top-entropy`: the weights of `window` on the tokens of highest entropy.
///
/// *Source:* after Wang et al. 2025, "Beyond the 80/20 rule", arXiv 2506.01939, who train on the
/// tokens of highest entropy.
final class TopEntropy implements Rule {
  @Override
  public String name() {
    return "top-entropy";
  }

  @Override
  public String about() {
    return "control: the same weights as window, on the tokens of highest entropy, the largest on"
        + " the highest";
  }

  @Override
  public double[] weights(Response response, Among among) {
    double[] entropies = Entropies.of(response);
    double[] sorted = DecidingTokens.of(response.decided(), among);
    Arrays.sort(sorted);
    List<Integer> order =
        IntStream.range(0, entropies.length)
            .boxed()
            .sorted(Comparator.comparingDouble(token -> -entropies[token]))
            .toList();
    double[] weights = new double[sorted.length];
    for (int i = 0; i < weights.length; i++) {
      weights[order.get(i)] = sorted[sorted.length - 1 - i];
    }
    return weights;
  }
}
