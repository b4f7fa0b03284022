package criticalwindows.explain;

import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Choice;
import criticalwindows.noise.Written;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import criticalwindows.window.WindowFinding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A response and the tokens of its window: those among which the window's centre lies, as sure as
/// the finding's interval says.
///
/// @param kinds of each token of the response
/// @param logProbs natural-log probability of each token; none where they are not known
/// @param entropies of what each token was drawn from, in nats; none where they are not known
/// @param from first token of the window, counted from 0
/// @param to the token after its last, more than `from`, at most the length
public record WindowText(
    List<Set<TokenKind>> kinds, List<Double> logProbs, List<Double> entropies, int from, int to) {
  public WindowText {
    kinds = kinds.stream().map(Set::copyOf).toList();
    logProbs = List.copyOf(logProbs);
    entropies = List.copyOf(entropies);
    if (from < 0 || to <= from || to > kinds.size()) {
      throw new IllegalArgumentException(
          "a window from " + from + " to " + to + " of " + kinds.size() + " tokens");
    }
    if (!logProbs.isEmpty() && logProbs.size() != kinds.size()) {
      throw new IllegalArgumentException(
          logProbs.size() + " log-probabilities of " + kinds.size() + " tokens");
    }
    if (!entropies.isEmpty() && entropies.size() != kinds.size()) {
      throw new IllegalArgumentException(
          entropies.size() + " entropies of " + kinds.size() + " tokens");
    }
  }

  /// A window whose tokens' entropies are not known.
  public WindowText(List<Set<TokenKind>> kinds, List<Double> logProbs, int from, int to) {
    this(kinds, logProbs, List.of(), from, to);
  }

  /// What a finding's original says.
  ///
  /// @param finding whose original is there as it was sampled
  /// @return absent where the ledger does not tell which text each token brings
  public static Optional<WindowText> of(CotFinding finding, WindowFinding known) {
    Sample original = finding.original();
    int length = original.ends().size();
    if (length == 0) {
      return Optional.empty();
    }
    Interval place = known.window().place().interval();
    int from = Math.clamp(Math.round(place.low()), 0, length - 1);
    int to = Math.clamp(Math.round(place.high()), from + 1, length);
    Set<String> labels =
        finding.problem().choices().stream().map(Choice::label).collect(Collectors.toSet());
    Written written = new Written(original.text(), original.ends());
    List<Set<TokenKind>> kinds = new KindReader(written, labels).kinds();
    return Optional.of(new WindowText(kinds, logProbs(original), entropies(original), from, to));
  }

  private static List<Double> logProbs(Sample original) {
    int length = original.tokens().size();
    return original.logProbs().size() < length
        ? List.of()
        : IntStream.range(0, length).mapToObj(i -> (double) original.logProbs().at(i)).toList();
  }

  private static List<Double> entropies(Sample original) {
    int length = original.tokens().size();
    return original.predictions().size() < length
        ? List.of()
        : original.predictions().subList(0, length).stream()
            .map(predicted -> (double) predicted.prediction().entropy())
            .toList();
  }

  /// Tokens of the response.
  public int length() {
    return kinds.size();
  }

  /// Tokens of the window.
  public int width() {
    return to - from;
  }

  /// Whether a token lies in the window.
  public boolean holds(int token) {
    return from <= token && token < to;
  }

  /// The response's least likely token, the first of equals; absent where log-probabilities are not
  /// known.
  public Optional<Integer> leastLikely() {
    return IntStream.range(0, logProbs.size())
        .boxed()
        .min((one, other) -> Double.compare(logProbs.get(one), logProbs.get(other)));
  }

  /// The token that was drawn from the most open distribution, the first of equals; absent where
  /// entropies are not known.
  public Optional<Integer> mostOpen() {
    return IntStream.range(0, entropies.size())
        .boxed()
        .min((one, other) -> Double.compare(entropies.get(other), entropies.get(one)));
  }

  /// This response with a window at the same place, as a share of it, as another's: what a window
  /// looks like that has nothing to do with this text.
  public WindowText withPlaceOf(WindowText other) {
    double centre = (other.from + other.to) / 2.0 / other.length() * length();
    int wide = Math.min(other.width(), length());
    int start = Math.clamp(Math.round(centre - wide / 2.0), 0, length() - wide);
    return new WindowText(kinds, logProbs, entropies, start, start + wide);
  }
}
