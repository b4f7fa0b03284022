package criticalwindows.probe;

import criticalwindows.stats.Interval;
import criticalwindows.stats.MedianEstimate;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Whether a probe moves before, at or after the measured windows of texts.
///
/// @param lag tokens from the centre of a text's window to where the forecast rises, over the texts
///   where it does: negative where the probe is first; absent where it never rises
/// @param before texts whose forecast rises before the window's interval
/// @param at texts where it rises within it
/// @param after texts where it rises behind it
/// @param still texts where it does not rise
public record ProbeMoves(
    Optional<MedianEstimate> lag,
    Proportion before,
    Proportion at,
    Proportion after,
    Proportion still) {

  /// A text with a window, and what the probe forecasts along it.
  ///
  /// @param centre of the window, in tokens kept
  /// @param window the interval in which the centre lies, in tokens kept
  public record Beside(ProbeCurve curve, double centre, Interval window) {}

  /// Of texts that came to the class, each with a window that is claimed.
  public static ProbeMoves of(List<Beside> texts) {
    List<Lag> lags = new ArrayList<>();
    for (Beside text : texts) {
      ProbeMove.of(text.curve).ifPresent(move -> lags.add(new Lag(move.kept(), text)));
    }
    int n = texts.size();
    return new ProbeMoves(
        MedianEstimate.of(lags.stream().mapToDouble(Lag::tokens).toArray()),
        share(lags, lag -> lag.kept < lag.text.window.low(), n),
        share(
            lags,
            lag -> lag.kept >= lag.text.window.low() && lag.kept <= lag.text.window.high(),
            n),
        share(lags, lag -> lag.kept > lag.text.window.high(), n),
        new Proportion((long) n - lags.size(), n));
  }

  private record Lag(double kept, Beside text) {
    double tokens() {
      return kept - text.centre;
    }
  }

  private static Proportion share(List<Lag> lags, Predicate<Lag> which, int of) {
    return new Proportion(lags.stream().filter(which).count(), of);
  }
}
