package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The exact P(answer | the first characters of a text), along the text.
///
/// @param points with strictly growing positions
public record ExactCurve(String answer, List<Point> points) {
  public ExactCurve {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).kept() <= points.get(i - 1).kept()) {
        throw new IllegalArgumentException("a curve's positions grow, but " + points.get(i));
      }
    }
  }

  /// One position.
  ///
  /// @param kept characters of the text
  /// @param probability in [0, 1]
  public record Point(int kept, double probability) {}

  /// A step of the curve between two neighbouring positions.
  ///
  /// @param from characters kept before it
  /// @param to characters kept after it
  /// @param rise in [-1, 1]
  public record Jump(int from, int to, double rise) {}

  /// The curve of a text of the program.
  ///
  /// @param answer whose probability is wanted, mostly the text's own
  /// @param kept positions in characters, strictly growing, such as the ends of a text's tokens
  /// @throws IllegalArgumentException if the program cannot write the text, where no answer has a
  ///   probability
  public static ExactCurve of(Program program, String text, String answer, List<Integer> kept) {
    List<Point> points = new ArrayList<>();
    for (int characters : kept) {
      Posterior posterior = Posterior.of(program, text.substring(0, characters));
      if (!posterior.inSupport()) {
        throw new IllegalArgumentException(
            "the program never writes the first " + characters + " characters of \"" + text + "\"");
      }
      points.add(new Point(characters, posterior.probability(answer)));
    }
    return new ExactCurve(answer, points);
  }

  /// Where the answer was decided: every step that rises or falls by at least `height`, in order.
  ///
  /// @param height in (0, 1]
  public List<Jump> decisive(double height) {
    return jumps().stream().filter(jump -> Math.abs(jump.rise()) >= height).toList();
  }

  /// The step that rises most, the earliest among equals; empty for a curve that never rises.
  public Optional<Jump> largestRise() {
    Optional<Jump> best = Optional.empty();
    for (Jump jump : jumps()) {
      if (jump.rise() > best.map(Jump::rise).orElse(0.0)) {
        best = Optional.of(jump);
      }
    }
    return best;
  }

  private List<Jump> jumps() {
    List<Jump> jumps = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      Point before = points.get(i - 1);
      Point after = points.get(i);
      jumps.add(new Jump(before.kept(), after.kept(), after.probability() - before.probability()));
    }
    return jumps;
  }
}
