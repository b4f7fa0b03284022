package criticalwindows.weight;

import criticalwindows.error.UserError;

/// `ratio`: how much an aligned and an unaligned model differ on a token.
final class RatioSize implements Rule {
  @Override
  public String name() {
    return "ratio";
  }

  @Override
  public String about() {
    return "size of the log-likelihood ratio of the token by an unaligned and an aligned model, in"
        + " nats";
  }

  @Override
  public double[] weights(Response response, Among among) {
    if (response.ratios().isEmpty()) {
      throw new UserError(
          "the likelihood ratios of " + response.decided().item() + " are not known",
          "measure them with cw run ratio RUN --aligned M --unaligned M --benign none --out"
              + " RUN/ratio, or name that run with --ratio");
    }
    return response.ratios().stream().mapToDouble(Math::abs).toArray();
  }
}
