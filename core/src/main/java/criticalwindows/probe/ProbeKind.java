package criticalwindows.probe;

/// A kind of probe: what it makes of the tokens of a text.
///
/// Every kind goes by a few scores of each token, which are linear in the token's vectors. It folds
/// them, token after token, into a state, and reads the logits of the classes from it. So the large
/// matrix products of a fit are the same for all kinds, and a kind is a few lines.
public interface ProbeKind {
  /// As users name it.
  String name();

  /// What it is, for people.
  String about();

  /// Which tokens it needs.
  Probe.Reads reads();

  /// The scores it goes by.
  ///
  /// @param classes that it shall tell apart, at least two
  /// @return so many for each token
  /// @throws criticalwindows.error.UserError if it cannot tell so many apart
  int scores(int classes);

  /// How many of these scores, the first ones, are of queries: their bias makes no difference.
  default int queries() {
    return 0;
  }

  /// The state after the first token.
  ///
  /// @param scores of the token; they are not kept
  double[] first(double[] scores);

  /// The state after one more token.
  ///
  /// @param state before it, which stays as it is
  /// @param scores of the token
  double[] next(double[] state, double[] scores);

  /// The logits of the classes.
  double[] logits(double[] state);

  /// The way back: what a change of the logits after a stretch of tokens asks of their scores.
  ///
  /// @param slopes the loss's derivative by each logit
  /// @param into to which the loss's derivatives by the scores are added, laid out as the scores
  void back(Stretch stretch, double[] slopes, double[] into);
}
