package criticalwindows.weight;

/// `shuffled`: the weights of `window` of another response.
final class Shuffled implements Rule {
  @Override
  public String name() {
    return "shuffled";
  }

  @Override
  public String about() {
    return "control: the weights of window of another response, drawn by chance, at the same share"
        + " of the length";
  }

  @Override
  public double[] weights(Response response, Among among) {
    return stretched(DecidingTokens.of(among.other(response.decided()), among), response.length());
  }

  /// The same mass over so many tokens: each takes what lay on its share of the length.
  static double[] stretched(double[] mass, int tokens) {
    double[] stretched = new double[tokens];
    double each = (double) mass.length / tokens;
    for (int t = 0; t < tokens; t++) {
      double from = t * each;
      double to = t == tokens - 1 ? mass.length : (t + 1) * each;
      for (int i = (int) from; i < mass.length && i < to; i++) {
        stretched[t] += mass[i] * Math.max(0, Math.min(to, i + 1) - Math.max(from, i));
      }
    }
    return stretched;
  }
}
