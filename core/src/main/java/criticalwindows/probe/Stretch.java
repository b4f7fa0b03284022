package criticalwindows.probe;

/// Tokens that stand one behind the other, with their scores.
public final class Stretch {
  private final double[] scores;
  private final int wide;
  private final int first;
  private final int last;

  /// @param scores of shape [all tokens, wide]; it is read in place
  /// @param first token, from 0
  /// @param last token, at least `first`
  Stretch(double[] scores, int wide, int first, int last) {
    this.scores = scores;
    this.wide = wide;
    this.first = first;
    this.last = last;
  }

  /// The first token.
  int first() {
    return first;
  }

  /// The last token, which is in it.
  int last() {
    return last;
  }

  /// Where a score lies in the array of all.
  int at(int token, int score) {
    return token * wide + score;
  }

  /// A token's score.
  double score(int token, int score) {
    return scores[at(token, score)];
  }

  /// All scores of a token.
  double[] scores(int token) {
    return java.util.Arrays.copyOfRange(scores, token * wide, (token + 1) * wide);
  }

  /// The state that a kind has after it.
  double[] state(ProbeKind kind) {
    double[] state = kind.first(scores(first));
    for (int token = first + 1; token <= last; token++) {
      state = kind.next(state, scores(token));
    }
    return state;
  }
}
