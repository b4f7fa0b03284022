package criticalwindows.ratio;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// The scores that there are.
public final class Scores {
  /// The likelihood ratio itself.
  public static final Score RATIO =
      ofResponse(
          "ratio",
          "log-likelihood ratio of the response per token: unaligned less aligned",
          (text, kept) -> Score.mean(sum(text, kept), kept));

  /// All, in the order in which they are shown.
  public static final List<Score> ALL =
      List.of(
          RATIO,
          ofResponse(
              "ratio-sum",
              "the same of the whole response, not divided by its tokens",
              Scores::sum),
          of(
              "ratio-prompt",
              "log-likelihood ratio of the prompt per token",
              text -> Score.mean(text.unaligned().prompt()) - Score.mean(text.aligned().prompt())),
          ofResponse(
              "aligned",
              "how unlikely the aligned model finds the response: its mean −log p",
              (text, kept) -> -Score.mean(text.aligned().sum(kept), kept)),
          ofResponse(
              "unaligned",
              "the same by the unaligned model",
              (text, kept) -> -Score.mean(text.unaligned().sum(kept), kept)),
          of(
              "phrase",
              "log-likelihood ratio of the fixed phrase as the response's beginning",
              text -> text.unaligned().phrase() - text.aligned().phrase()),
          of(
              "perplexity",
              "how unlikely the aligned model finds the prompt: its mean −log p, the logarithm of"
                  + " its perplexity",
              text -> -Score.mean(text.aligned().prompt())));

  private Scores() {}

  private static double sum(TextScores text, int kept) {
    return IntStream.range(0, kept).mapToDouble(text::ratio).sum();
  }

  /// Of the prompt alone.
  private static Score of(String name, String about, ToDoubleFunction<TextScores> of) {
    return new Named(name, about, false, (text, kept) -> of.applyAsDouble(text));
  }

  private static Score ofResponse(String name, String about, Reader reader) {
    return new Named(name, about, true, reader);
  }

  private interface Reader {
    double of(TextScores text, int kept);
  }

  private record Named(String name, String about, boolean byToken, Reader reader) implements Score {
    @Override
    public double of(TextScores text, int kept) {
      return reader.of(text, kept);
    }
  }
}
