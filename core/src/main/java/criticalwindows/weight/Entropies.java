package criticalwindows.weight;

import criticalwindows.error.UserError;
import criticalwindows.model.Prediction;

/// `entropy`: how open the choice of a token was.
final class Entropies implements Rule {
  @Override
  public String name() {
    return "entropy";
  }

  @Override
  public String about() {
    return "entropy of what the run's model predicted where the token stands, in nats (temperature"
        + " 1, nothing masked)";
  }

  @Override
  public double[] weights(Response response, Among among) {
    return of(response);
  }

  static double[] of(Response response) {
    if (response.predictions().isEmpty()) {
      throw new UserError(
          "the entropies at the tokens of " + response.decided().item() + " are not known",
          "name another --rule, or make a run with --model FILE: a model that is computed here"
              + " tells them, a server does not");
    }
    return response.predictions().stream().mapToDouble(Prediction::entropy).toArray();
  }
}
