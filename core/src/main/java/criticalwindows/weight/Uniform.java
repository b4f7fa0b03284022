package criticalwindows.weight;

import java.util.Arrays;

/// `uniform`: each token as any other.
final class Uniform implements Rule {
  @Override
  public String name() {
    return "uniform";
  }

  @Override
  public String about() {
    return "1 for each token: plain fine-tuning";
  }

  @Override
  public double[] weights(Response response, Among among) {
    double[] weights = new double[response.length()];
    Arrays.fill(weights, 1);
    return weights;
  }
}
