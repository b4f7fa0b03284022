package criticalwindows.intervene;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.window.DecidingDraw;
import criticalwindows.window.WindowFinding;
import java.util.Optional;

/// A stretch of a response that is changed, to see what comes of it: continuations from after the
/// stretch as it was, beside continuations from after what stands there instead.
///
/// @param original the response, whole
/// @param from tokens before the stretch, at least 0
/// @param to tokens of the response up to its end, more than `from`
/// @param samples continuations of each kind, at least 1
public record Edit(Problem problem, Sample original, int from, int to, Change change, int samples) {
  /// One token, drawn alone.
  static final Arm DRAWN = new Arm("drawn");

  /// A continuation after a token that was drawn so and differs.
  static final Arm REDRAWN = new Arm("redrawn");

  /// A continuation after other tokens.
  static final Arm REPLACED = new Arm("replaced");

  /// Draws of one token, for each continuation that is wanted, after which no more are made: a
  /// token of probability .975 is drawn so often on average until it differs.
  private static final int TRIES = 40;

  public Edit {
    if (from < 0 || to <= from || to > original.tokens().size() || samples < 1) {
      throw new IllegalArgumentException(
          "tokens "
              + from
              + " to "
              + to
              + " of "
              + original.tokens().size()
              + ", "
              + samples
              + " samples");
    }
    if (change instanceof Change.Redrawn && to != from + 1) {
      throw new IllegalArgumentException("one token is drawn anew, not " + (to - from));
    }
  }

  /// What stands there instead.
  public sealed interface Change {
    /// Another text.
    ///
    /// @param text empty to leave the stretch out
    record Replaced(String text) implements Change {}

    /// The token that was drawn anew until it differed: a draw from the model's own distribution
    /// there, given that it is another token.
    record Redrawn() implements Change {}
  }

  /// The check of a window: its likeliest token drawn anew.
  ///
  /// @return absent where the ledger has no predictions
  public static Optional<Edit> check(
      Problem problem, Sample original, WindowFinding window, int samples) {
    return DecidingDraw.of(window, original)
        .map(DecidingDraw::token)
        .filter(token -> token < original.tokens().size())
        .map(token -> new Edit(problem, original, token, token + 1, new Change.Redrawn(), samples));
  }

  /// The response up to the stretch.
  Tokens before() {
    return original.tokens().prefix(from);
  }

  /// The response up to the end of the stretch.
  Tokens through() {
    return original.tokens().prefix(to);
  }

  /// The text of the stretch, as far as whole characters go.
  public String text() {
    return original.beginning(to).substring(original.beginning(from).length());
  }

  /// Draws of a token that are made at most.
  int tries() {
    return TRIES * samples;
  }

  /// Whether a draw is another token than the one that stands there; the end of the response is
  /// one.
  boolean differs(Sample draw) {
    return draw.tokens().isEmpty() || draw.tokens().at(0) != original.tokens().at(from);
  }

  Key kept(int index) {
    return Key.resample(problem.id(), to, index);
  }

  Key drawn(int index) {
    return new Key(problem.id(), DRAWN, from, index);
  }

  /// @param index of the draw
  Key redrawn(int index) {
    return new Key(problem.id(), REDRAWN, from, index);
  }

  Key replaced(int index) {
    return new Key(problem.id(), REPLACED, from, index);
  }
}
