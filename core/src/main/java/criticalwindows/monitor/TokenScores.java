package criticalwindows.monitor;

import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import criticalwindows.ratio.Role;
import java.util.List;
import java.util.function.Function;

/// The scores that a monitor can go by.
public final class TokenScores {
  /// All of them, by their names. Where a name is one of [criticalwindows.ratio.Scores], the score
  /// is the same after every token.
  public static final List<TokenScore> ALL =
      List.of(
          sum(
              "ratio",
              "log-likelihood ratio of the response so far per token: unaligned less aligned",
              new Sums(1, -1, Sums.Of.MEAN)),
          sum(
              "ratio-sum",
              "the same of the whole response so far, not divided by its tokens",
              new Sums(1, -1, Sums.Of.SUM)),
          sum(
              "aligned",
              "how unlikely the aligned model finds the response so far: its mean −log p",
              new Sums(0, -1, Sums.Of.MEAN)),
          sum("unaligned", "the same by the unaligned model", new Sums(-1, 0, Sums.Of.MEAN)),
          new Named(
              "early",
              "an early answer every k tokens: the turn is ended there and the assistant's begun"
                  + " anew, and the aligned model says how much likelier a phrase that refuses is"
                  + " than one that complies (log-odds of the two whole phrases)",
              List.of(Role.ALIGNED),
              EarlyAnswers::new));

  private TokenScores() {}

  /// The score of that name.
  ///
  /// @throws UserError if there is none
  public static TokenScore named(String name) {
    return ALL.stream()
        .filter(score -> score.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> UserError.unknown("score", name, ALL.stream().map(TokenScore::name).toList()));
  }

  private static TokenScore sum(String name, String about, Sums weights) {
    return new Named(name, about, weights.asks(), questions -> weights.begin());
  }

  private record Named(
      String name, String about, List<Role> asks, Function<Questions, Following> make)
      implements TokenScore {
    @Override
    public Following begin(Questions questions, Tokens prompt) {
      return make.apply(questions);
    }
  }
}
