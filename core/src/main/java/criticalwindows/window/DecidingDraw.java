package criticalwindows.window;

import criticalwindows.localise.Episode;
import criticalwindows.model.Prediction;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How open the choice was at one token of a response, such as the one in the middle of a window:
/// what was drawn, and what the model would most often have written. All by the plain distribution
/// (temperature 1, nothing masked).
///
/// @param token its number, from 0
/// @param text of the token that was drawn; empty where it is less than a character
/// @param drawn its probability, in [0, 1]
/// @param mostOften text of the likeliest token
/// @param likeliest probability of that one, in [0, 1], at least `drawn`
/// @param entropy in nats, at least 0
public record DecidingDraw(
    int token, String text, double drawn, String mostOften, double likeliest, double entropy) {
  private static final double NEARLY_ALWAYS = .9;
  private static final double RARELY = .1;
  private static final double MOSTLY = .5;
  // A ledger's log-probabilities are in single precision.
  private static final double ROUNDING = 1e-6;

  /// What kind of choice it was.
  public enum Kind {
    /// The token has probability .9 or more: nine of ten continuations write it again.
    ALWAYS("always", "would always have written it"),
    /// Neither of the others.
    UNDECIDED("undecided", "undecided"),
    /// Another token has more than .5 and this one .1 at most: nine of ten continuations write
    /// something else, and most of all continuations the same.
    UNLIKELY("unlikely", "unlikely draw");

    private final String word;
    private final String words;

    Kind(String word, String words) {
      this.word = word;
      this.words = words;
    }

    /// In one word, for tables.
    public String word() {
      return word;
    }

    /// For people.
    public String show() {
      return words;
    }
  }

  /// Its kind.
  public Kind kind() {
    if (drawn >= NEARLY_ALWAYS - ROUNDING) {
      return Kind.ALWAYS;
    }
    return likeliest > MOSTLY && drawn <= RARELY + ROUNDING ? Kind.UNLIKELY : Kind.UNDECIDED;
  }

  /// The choice at a window's likeliest token: of those among which its centre lies, and at which a
  /// step of its height can be, the one nearest to the centre. A token of probability p moves the
  /// curve by 1 - p at most, for the curve before it is the mean of what comes after it.
  ///
  /// @param original as it was sampled
  /// @return absent where the ledger has no predictions
  public static Optional<DecidingDraw> of(WindowFinding window, Sample original) {
    int length = Math.min(original.tokens().size(), original.predictions().size());
    if (length == 0) {
      return Optional.empty();
    }
    Episode known = window.window();
    Interval place = known.place().interval();
    int from = Math.clamp(Math.round(place.low()), 0, length - 1);
    int to = Math.clamp(Math.round(place.high()), from + 1, length);
    double step = step(known);
    double centre = known.place().mean() - .5;
    return IntStream.range(from, to)
        .boxed()
        .min(
            Comparator.comparing((Integer token) -> 1 - drawn(token, original) < step)
                .thenComparingDouble(token -> Math.abs(token - centre)))
        .flatMap(token -> at(token, original));
  }

  /// The least that a token of the window changes if all of them change as much, at the ends of
  /// what is known of its height and its width.
  private static double step(Episode window) {
    Interval rise = window.rise().interval();
    double least = Math.max(0, Math.max(rise.low(), -rise.high()));
    return least / Math.max(1, window.width().interval().high());
  }

  private static double drawn(int token, Sample original) {
    return Math.exp(original.logProbs().at(token));
  }

  /// The choice at a token of a response.
  ///
  /// @return absent where the ledger has no predictions, or does not tell the texts of tokens
  public static Optional<DecidingDraw> at(int token, Sample original) {
    List<Integer> ends = original.ends();
    if (original.predictions().size() <= token || ends.size() <= token) {
      return Optional.empty();
    }
    int start = token == 0 ? 0 : ends.get(token - 1);
    Predicted predicted = original.predictions().get(token);
    Prediction prediction = predicted.prediction();
    return Optional.of(
        new DecidingDraw(
            token,
            original.text().substring(start, Math.max(start, ends.get(token))),
            drawn(token, original),
            predicted.text(),
            Math.exp(prediction.likeliestLogProb()),
            prediction.entropy()));
  }
}
