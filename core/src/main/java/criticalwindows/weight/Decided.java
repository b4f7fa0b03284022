package criticalwindows.weight;

import criticalwindows.outcome.CutOutcomes;
import criticalwindows.outcome.Outcome;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a response came to its own outcome, whatever class the curves of its run follow.
///
/// @param item what it is about, by its id
/// @param length of the response in tokens, at least 1
/// @param curve how often continuations came to the response's own outcome, by tokens kept; at
///   least one cut
public record Decided(String item, int length, Curve curve) {
  public Decided {
    if (length < 1 || curve.points().isEmpty()) {
      throw new IllegalArgumentException(
          item + ": " + length + " tokens, " + curve.points().size() + " cuts");
    }
  }

  /// Of a finding.
  ///
  /// @return absent where the outcome cannot be read, the response is empty, or nothing was sampled
  ///   from it
  public static Optional<Decided> of(CutOutcomes finding) {
    Outcome own = finding.outcome();
    List<Curve.Point> points = new ArrayList<>();
    finding
        .byCut()
        .forEach(
            (kept, outcomes) -> {
              long same = outcomes.stream().filter(own::same).count();
              points.add(new Curve.Point(kept, new Proportion(same, outcomes.size())));
            });
    if (!own.readable() || finding.length() == 0 || points.isEmpty()) {
      return Optional.empty();
    }
    Curve curve = new Curve(points);
    return Optional.of(
        new Decided(
            finding.item().id(),
            finding.length(),
            finding.closed() ? curve.endingAt(new Curve.End(finding.length() + 1, true)) : curve));
  }

  /// Tokens that the curve is about: the stop token too, where the response came to its end.
  int curved() {
    return curve.end().map(Curve.End::position).orElse(length);
  }

  /// The shares that are known, by tokens kept: those of the cuts, and the end's.
  List<Known> known() {
    List<Known> known = new ArrayList<>();
    curve
        .points()
        .forEach(point -> known.add(new Known(point.position(), point.proportion().estimate())));
    curve.end().ifPresent(end -> known.add(new Known(end.position(), end.holds() ? 1 : 0)));
    return known;
  }

  /// A share of continuations.
  record Known(int kept, double share) {}
}
