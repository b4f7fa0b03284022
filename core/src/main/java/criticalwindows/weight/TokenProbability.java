package criticalwindows.weight;

import criticalwindows.error.UserError;

/// `prob`: how likely the token itself was.
///
/// *Source:* Wu et al. 2025, "On the generalization of SFT" (DFT), arXiv 2508.05629, where it is
/// the probability by the model that is trained; here by the one that wrote the response.
final class TokenProbability implements Rule {
  @Override
  public String name() {
    return "prob";
  }

  @Override
  public String about() {
    return "the token's own probability by the run's model (temperature 1, nothing masked)";
  }

  @Override
  public double[] weights(Response response, Among among) {
    if (response.logProbs().isEmpty()) {
      throw new UserError(
          "the probabilities of the tokens of " + response.decided().item() + " are not known",
          "name another --rule; runs of cw run cot and cw run trace keep them");
    }
    double[] weights = new double[response.length()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(response.logProbs().at(i));
    }
    return weights;
  }
}
