package criticalwindows.testbed;

import java.util.ArrayList;
import java.util.List;

/// A reply's consistency curve, exact and sampled, at every twentieth of its tokens.
///
/// @param family of the question
/// @param reply that was cut, in the support
/// @param answer of the reply
/// @param exact what is known at each cut
/// @param same continuations that came to the answer, at each cut
/// @param samples continuations from each cut
public record SampledCurve(
    String family,
    String reply,
    String answer,
    List<Exact> exact,
    List<Integer> same,
    int samples) {
  /// Positions at which replies are cut: 0, 5 %, …, 95 %.
  public static final int CUTS = 20;

  /// The exact values at a cut.
  ///
  /// @param kept characters of the reply up to here
  /// @param probability P(answer | the text up to here), in [0, 1]
  /// @param onwards P(the text goes on as the reply did up to the next cut | the text up to here),
  ///   in (0, 1]; at the last cut, up to the reply's end
  public record Exact(int kept, double probability, double onwards) {}

  public SampledCurve {
    exact = List.copyOf(exact);
    same = List.copyOf(same);
  }

  /// The largest exact rise over a twentieth.
  public Jump exactJump() {
    return jump(probabilities());
  }

  /// The largest sampled rise over a twentieth.
  public Jump sampledJump() {
    return jump(same.stream().map(count -> (double) count / samples).toList());
  }

  /// The exact curve.
  public List<Double> probabilities() {
    return exact.stream().map(Exact::probability).toList();
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
  /// @param cut in [0, [#CUTS]]
  static int kept(int tokens, int cut) {
    return tokens * cut / CUTS;
  }
}
