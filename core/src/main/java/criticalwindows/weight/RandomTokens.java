package criticalwindows.weight;

import java.util.random.RandomGenerator;

/// `random`: the weights of `window` on tokens that are drawn by chance.
final class RandomTokens implements Rule {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public String about() {
    return "control: the same weights as window, on tokens of the response drawn by chance";
  }

  @Override
  public double[] weights(Response response, Among among) {
    double[] weights = DecidingTokens.of(response.decided(), among);
    RandomGenerator random = among.random(response.decided().item(), name());
    for (int i = weights.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double moved = weights[i];
      weights[i] = weights[j];
      weights[j] = moved;
    }
    return weights;
  }
}
