package criticalwindows.testbed;

import java.util.ArrayList;
import java.util.List;

/// A reply's consistency curve, exact and sampled, at every twentieth of its tokens.
///
/// @param family of the question
/// @param reply that was cut, in the support
/// @param answer of the reply
/// @param exact P(answer | prefix) at each cut, in [0, 1]
/// @param same continuations that came to it, at each cut
/// @param samples continuations from each cut
public record SampledCurve(
    String family,
    String reply,
    String answer,
    List<Double> exact,
    List<Integer> same,
    int samples) {
  /// Positions at which replies are cut: 0, 5 %, …, 95 %.
  public static final int CUTS = 20;

  public SampledCurve {
    exact = List.copyOf(exact);
    same = List.copyOf(same);
  }

  /// The largest exact rise over a twentieth.
  public Jump exactJump() {
    return jump(exact);
  }

  /// The largest sampled rise over a twentieth.
  public Jump sampledJump() {
    return jump(same.stream().map(count -> (double) count / samples).toList());
  }

  /// The largest rise of a curve at all cuts. The whole reply is certain of its answer, which
  /// closes the last interval.
  static Jump jump(List<Double> values) {
    List<Double> closed = new ArrayList<>(values);
    closed.add(1.0);
    return Jump.largest(closed);
  }

  /// Tokens kept at a cut.
  ///
  /// @param cut in [0, [#CUTS])
  static int kept(int tokens, int cut) {
    return tokens * cut / CUTS;
  }
}
