package criticalwindows.experiment;

import criticalwindows.noise.Cut;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;
import criticalwindows.stats.Wilson;
import criticalwindows.theory.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The theory on a chain-of-thought study, on average over its problems. The class of a problem is
/// the answer of its original: a response drawn from that class, so that its self-consistency is an
/// unbiased reading of the class's c̄, and their mean over problems of the mean c̄.
///
/// π of each class is read at the first cut, smoothed as (k + ½) ÷ (n + 1); where that cut keeps
/// something, π is a little too large.
///
/// @param epsilon in (0, 1)
/// @param problems with a readable original and samples at every cut
/// @param share mean π
/// @param levels one for each cut, in order
public record StudyTheory(
    double epsilon, int problems, Optional<Interval> share, List<Level> levels) {
  private static final double CONFIDENCE = .95;

  public StudyTheory {
    levels = List.copyOf(levels);
  }

  /// One cut, each an interval for the mean over problems.
  ///
  /// @param consistency c̄; the distance of Theorem 2 from the class to itself is 1 − c̄
  /// @param apart total variation between the class and the rest, from its least to its most
  /// @param alike total variation between the class and everything, at most this
  /// @param published Theorem 2's bound on 1 − c̄, were this cut at T_start
  /// @param sharper max(1, W) ε², as the class is its own start
  public record Level(
      double fraction,
      double mean,
      Interval consistency,
      Interval apart,
      double alike,
      double published,
      double sharper) {
    /// Whether the classes are apart at this cut, as T_start asks.
    ///
    /// @return absent where samples cannot tell
    public Optional<Boolean> separated(double epsilon) {
      double enough = new Bounds(epsilon, 0).apart();
      if (apart.low() >= enough) {
        return Optional.of(true);
      }
      return apart.high() < enough ? Optional.of(false) : Optional.empty();
    }

    /// Whether the better bound says nothing that is not true of every distance.
    public boolean vacuous() {
      return Math.min(published, sharper) >= 1;
    }
  }

  /// The theory of a study.
  public static StudyTheory of(List<CotFinding> findings, double epsilon) {
    List<CotFinding> usable =
        findings.stream().filter(CotFinding::readable).filter(StudyTheory::complete).toList();
    if (usable.isEmpty()) {
      return new StudyTheory(epsilon, 0, Optional.empty(), List.of());
    }
    List<Level> levels = new ArrayList<>();
    int cuts = usable.stream().mapToInt(f -> f.levels().size()).min().orElse(0);
    for (int i = 0; i < cuts; i++) {
      levels.add(level(usable, i, epsilon));
    }
    Interval share = mean(usable, finding -> share(finding));
    return new StudyTheory(epsilon, usable.size(), Optional.of(share), levels);
  }

  private static boolean complete(CotFinding finding) {
    return !finding.levels().isEmpty()
        && finding.levels().stream().allMatch(level -> level.consistent().known());
  }

  private static Level level(List<CotFinding> findings, int at, double epsilon) {
    Cut cut = findings.getFirst().levels().get(at).cut();
    double consistency = average(findings, f -> consistency(f, at));
    Interval around =
        Wilson.clustered(
            findings.stream().map(f -> f.levels().get(at).consistent()).toList(), CONFIDENCE);
    Interval lost = mean(findings, f -> (1 - consistency(f, at)) / Math.max(1, weight(f)));
    Interval most = mean(findings, f -> 2 * (1 - consistency(f, at)) / Math.min(1, weight(f)));
    Interval square = mean(findings, f -> Math.max(0, consistency(f, at) / share(f) - 1));
    // Where no problem differs, linearisation knows no error; Wilson's interval still does.
    double wide = (1 - around.low()) * average(findings, f -> 2 / Math.min(1, weight(f)));
    double narrow = (1 - around.high()) * average(findings, f -> 1 / Math.max(1, weight(f)));
    double low = Math.clamp(1 - Math.max(most.high(), wide), 0, 1);
    double high = Math.clamp(1 - Math.min(lost.low(), narrow), low, 1);
    return new Level(
        cut.fraction(),
        consistency,
        around,
        new Interval(low, high),
        Math.min(1, Math.sqrt(square.high()) / 2),
        average(findings, f -> new Bounds(epsilon, weight(f)).published()),
        average(findings, f -> new Bounds(epsilon, weight(f)).sharper() - epsilon));
  }

  private static double consistency(CotFinding finding, int at) {
    return finding.levels().get(at).consistent().estimate();
  }

  private static double share(CotFinding finding) {
    Proportion first = finding.levels().getFirst().consistent();
    return (first.successes() + .5) / (first.trials() + 1);
  }

  private static double weight(CotFinding finding) {
    return (1 - share(finding)) / share(finding);
  }

  private static double average(List<CotFinding> findings, ToDoubleFunction<CotFinding> of) {
    return ratio(findings, of).estimate();
  }

  private static Interval mean(List<CotFinding> findings, ToDoubleFunction<CotFinding> of) {
    Interval interval = ratio(findings, of).interval(CONFIDENCE);
    return new Interval(Math.max(0, interval.low()), Math.max(0, interval.high()));
  }

  private static Ratio ratio(List<CotFinding> findings, ToDoubleFunction<CotFinding> of) {
    return Ratio.mean(findings.stream().map(of::applyAsDouble).toList());
  }
}
