package criticalwindows.ratio;

import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.LogProbs;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How likely two models find a text, token by token.
///
/// @param item the text
/// @param aligned by the model that was taught to refuse
/// @param unaligned by the other one
public record TextScores(Problem item, OfModel aligned, OfModel unaligned) {
  /// What one model makes of a text: natural-log probabilities of its plain distribution.
  ///
  /// @param prompt of the prompt's tokens from the second on
  /// @param response of the response's tokens; empty where there is none
  /// @param phrase of the whole fixed phrase, at the beginning of the response, at most 0
  public record OfModel(LogProbs prompt, LogProbs response, double phrase) {
    /// Of the first `kept` tokens of the response.
    double sum(int kept) {
      double sum = 0;
      for (int token = 0; token < kept; token++) {
        sum += response.at(token);
      }
      return sum;
    }
  }

  /// From the rows of a ledger.
  ///
  /// @return absent where one of the models has not scored it yet
  /// @throws UserError if a token has no probability, as where a backend masks unlikely ones: −∞
  ///   cannot be compared, and no number stands for it
  public static Optional<TextScores> of(Problem item, List<Sample> rows) {
    Map<Key, Sample> byKey =
        rows.stream().collect(Collectors.toMap(Sample::key, Function.identity(), (a, b) -> a));
    return of(item, byKey, Role.ALIGNED)
        .flatMap(
            aligned ->
                of(item, byKey, Role.UNALIGNED)
                    .map(unaligned -> new TextScores(item, aligned, unaligned)));
  }

  private static Optional<OfModel> of(Problem item, Map<Key, Sample> rows, Role role) {
    GivenText text = RatioProtocol.text(item);
    int prompt = text.prompt().size() - 1;
    int response = RatioProtocol.response(text).size();
    Optional<Sample> phrase =
        Optional.ofNullable(rows.get(new Key(item.id(), role.phrase(), 0, 0)));
    float[] scored =
        Optional.ofNullable(rows.get(new Key(item.id(), role.text(), 0, 0)))
            .map(row -> row.logProbs().toArray())
            .orElse(new float[0]);
    if (phrase.isEmpty() || scored.length < prompt + response) {
      return Optional.empty();
    }
    for (float each : scored) {
      requireKnown(each, item, role);
    }
    requireKnown(phrase.get().logProbs().sum(), item, role);
    return Optional.of(
        new OfModel(
            LogProbs.of(Arrays.copyOfRange(scored, 0, prompt)),
            LogProbs.of(Arrays.copyOfRange(scored, prompt, prompt + response)),
            phrase.get().logProbs().sum()));
  }

  private static void requireKnown(double logProb, Problem item, Role role) {
    if (!Double.isFinite(logProb)) {
      throw new UserError(
          item.id()
              + ": the "
              + role.word()
              + " model gives one of its tokens no probability at all",
          "use a backend whose log-probabilities are plain: no top-k, no top-p");
    }
  }

  /// The response's tokens.
  public int length() {
    return aligned.response.size();
  }

  /// The prompt's tokens that are scored: all but the first.
  public int prompted() {
    return aligned.prompt.size();
  }

  /// The log-likelihood ratio of one token of the response, in nats: above 0 where the unaligned
  /// model finds it likelier.
  ///
  /// @param token from 0
  public double ratio(int token) {
    return unaligned.response.at(token) - (double) aligned.response.at(token);
  }
}
