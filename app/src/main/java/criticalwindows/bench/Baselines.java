package criticalwindows.bench;

import criticalwindows.localise.Credible;
import criticalwindows.localise.JumpRule;
import criticalwindows.localise.Localiser;
import criticalwindows.localise.Move;
import criticalwindows.localise.Verdict;
import criticalwindows.localise.WindowPosterior;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// What others do, as localisers. None of them states how sure it is of a place: their intervals
/// run from the last position before the rise to the first after it, with probability 1.
final class Baselines {
  private Baselines() {}

  private static Localiser.Found between(int from, int to) {
    return new Localiser.Found(List.of(new Credible(.5 * (from + to), new Interval(from, to), 1)));
  }

  private static Move sample(Iterable<Integer> positions, int each) {
    List<Move.Draw> draws = new ArrayList<>();
    positions.forEach(position -> draws.add(new Move.Draw(position, each)));
    return draws.isEmpty() ? new Move.Stop("done") : new Move.Sample(draws, "next");
  }

  private static Optional<Double> at(Curve counts, int position) {
    return counts.points().stream()
        .filter(point -> point.position() == position)
        .findFirst()
        .map(point -> point.proportion().estimate());
  }

  /// The original work: six levels, and its rule.
  record Original(int each) implements Localiser {
    private static final int[] PERCENT = {5, 10, 30, 50, 70, 90};

    @Override
    public Move next(Curve counts, int length) {
      TreeSet<Integer> positions = new TreeSet<>();
      for (int percent : PERCENT) {
        positions.add((int) ((long) percent * length / 100));
      }
      return sample(counts.points().isEmpty() ? positions : List.of(), each);
    }

    @Override
    public Optional<Found> found(Curve counts, int length) {
      return JumpRule.PUBLISHED.window(counts).map(window -> between(window.from(), window.to()));
    }
  }

  /// Cuts at even places, as many samples at each, read by the window model as reports are.
  ///
  /// @param percent of the response that is kept at each cut
  /// @param each samples at each of them
  record Cuts(List<Integer> percent, int each) implements Localiser {
    /// The original work's six levels.
    static final List<Integer> SIX = List.of(5, 10, 30, 50, 70, 90);

    /// Every twentieth of the response.
    static final List<Integer> TWENTY = IntStream.range(0, 20).map(i -> 5 * i).boxed().toList();

    Cuts {
      percent = List.copyOf(percent);
    }

    @Override
    public Move next(Curve counts, int length) {
      TreeSet<Integer> positions = new TreeSet<>();
      percent.forEach(share -> positions.add((int) ((long) share * length / 100)));
      return sample(counts.points().isEmpty() ? positions : List.of(), each);
    }

    @Override
    public Optional<Double> noWindow(Curve counts, int length) {
      return Optional.of(WindowPosterior.of(counts, length).noWindow());
    }

    @Override
    public Optional<Found> found(Curve counts, int length) {
      WindowPosterior posterior = WindowPosterior.of(counts, length);
      return posterior.verdict() == Verdict.CLAIMED
          ? Optional.of(new Found(List.of(posterior.greatest(.9).place())))
          : Optional.empty();
    }
  }

  /// The rule of cliff tokens: 64 rollouts with every number of tokens kept, and a window at each
  /// token at which the share changes by more than .1 and 1.645 standard errors, unpooled. Of those
  /// it is the one that changes most.
  ///
  /// *Source:* "Cliff Tokens", arXiv 2606.25524 (2026), and its public code.
  ///
  /// @param way that a change goes: falls, as published, or rises
  record EveryToken(Way way) implements Localiser {
    private static final int EACH = 64;
    private static final double LEAST = .1;
    private static final double Z = 1.645;

    /// Which changes count.
    enum Way {
      FALLS,
      RISES
    }

    @Override
    public Move next(Curve counts, int length) {
      return sample(
          counts.points().isEmpty() ? IntStream.rangeClosed(0, length).boxed().toList() : List.of(),
          EACH);
    }

    @Override
    public Optional<Found> found(Curve counts, int length) {
      List<Curve.Point> points = counts.points();
      double most = 0;
      int at = 0;
      for (int i = 1; i < points.size(); i++) {
        Proportion before = points.get(i - 1).proportion();
        Proportion after = points.get(i).proportion();
        double change = way == Way.RISES ? change(before, after) : change(after, before);
        if (change > bar(before, after) && change > most) {
          most = change;
          at = i;
        }
      }
      return at == 0
          ? Optional.empty()
          : Optional.of(between(points.get(at - 1).position(), points.get(at).position()));
    }

    private static double change(Proportion from, Proportion to) {
      return to.estimate() - from.estimate();
    }

    /// What a change has to exceed.
    static double bar(Proportion one, Proportion other) {
      return LEAST + Z * StrictMath.sqrt(variance(one) + variance(other));
    }

    private static double variance(Proportion counts) {
      return counts.estimate() * (1 - counts.estimate()) / counts.trials();
    }
  }

  /// A uniform grid and the likeliest two segments, claimed where they differ by .3 and by 5 nats.
  record Stride(int positions, int each) implements Localiser {
    @Override
    public Move next(Curve counts, int length) {
      TreeSet<Integer> grid = new TreeSet<>();
      for (int i = 0; i <= positions; i++) {
        grid.add((int) ((long) i * length / positions));
      }
      return sample(counts.points().isEmpty() ? grid : List.of(), each);
    }

    @Override
    public Optional<Found> found(Curve counts, int length) {
      List<Curve.Point> points = counts.points();
      Proportion all = sum(points);
      int best = 0;
      double most = 5 + fit(all);
      for (int i = 1; i < points.size(); i++) {
        Proportion left = sum(points.subList(0, i));
        Proportion right = sum(points.subList(i, points.size()));
        double fit = fit(left) + fit(right);
        if (right.estimate() - left.estimate() >= .3 && fit > most) {
          most = fit;
          best = i;
        }
      }
      return best == 0
          ? Optional.empty()
          : Optional.of(between(points.get(best - 1).position(), points.get(best).position()));
    }

    private static Proportion sum(List<Curve.Point> points) {
      return points.stream().map(Curve.Point::proportion).reduce(Proportion.NONE, Proportion::plus);
    }

    /// The greatest log-likelihood.
    private static double fit(Proportion counts) {
      long k = counts.successes();
      long n = counts.trials();
      double first = k == 0 ? 0 : k * StrictMath.log((double) k / n);
      return first + (k == n ? 0 : (n - k) * StrictMath.log((double) (n - k) / n));
    }
  }

  /// Halves the response seven times, each time into the half that rises more; a window is claimed
  /// where the whole rises by .3.
  record Bisection(int each) implements Localiser {
    private static final int HALVINGS = 7;

    @Override
    public Move next(Curve counts, int length) {
      if (counts.points().isEmpty()) {
        return sample(List.of(0, length), each);
      }
      if (rise(counts, 0, length) < .3) {
        return new Move.Stop("it does not rise");
      }
      if (counts.points().size() == 2 + HALVINGS) {
        return new Move.Stop("halved often enough");
      }
      int[] half = half(counts, length);
      int middle = (half[0] + half[1]) / 2;
      return sample(at(counts, middle).isPresent() ? List.of() : List.of(middle), each);
    }

    private static double rise(Curve counts, int from, int to) {
      return at(counts, to).orElse(0.0) - at(counts, from).orElse(0.0);
    }

    private static int[] half(Curve counts, int length) {
      int low = 0;
      int high = length;
      for (int i = 0; i < HALVINGS; i++) {
        int middle = (low + high) / 2;
        if (middle == low || at(counts, middle).isEmpty()) {
          break;
        }
        if (rise(counts, low, middle) > rise(counts, middle, high)) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return new int[] {low, high};
    }

    @Override
    public Optional<Found> found(Curve counts, int length) {
      int[] half = half(counts, length);
      return rise(counts, 0, length) < .3
          ? Optional.empty()
          : Optional.of(between(half[0], half[1]));
    }
  }

  /// Halves every stretch whose ends differ by the threshold, down to a thousandth of the response;
  /// the stretches that are left with such a difference are its pivots. The window is the pivot
  /// that rises most.
  record Recursive(double threshold, int each) implements Localiser {
    @Override
    public Move next(Curve counts, int length) {
      if (counts.points().isEmpty()) {
        return sample(List.of(0, length), each);
      }
      TreeSet<Integer> middles = new TreeSet<>();
      List<Curve.Point> points = counts.points();
      for (int i = 1; i < points.size(); i++) {
        int from = points.get(i - 1).position();
        int to = points.get(i).position();
        if (StrictMath.abs(rise(points, i)) >= threshold && to - from > finest(length)) {
          middles.add((from + to) / 2);
        }
      }
      return sample(middles, each);
    }

    private static int finest(int length) {
      return StrictMath.max(1, length / 1000);
    }

    private static double rise(List<Curve.Point> points, int i) {
      return points.get(i).proportion().estimate() - points.get(i - 1).proportion().estimate();
    }

    @Override
    public Optional<Found> found(Curve counts, int length) {
      List<Curve.Point> points = counts.points();
      int best = 0;
      double most = threshold;
      for (int i = 1; i < points.size(); i++) {
        if (rise(points, i) >= most) {
          most = rise(points, i);
          best = i;
        }
      }
      return best == 0
          ? Optional.empty()
          : Optional.of(between(points.get(best - 1).position(), points.get(best).position()));
    }
  }
}
