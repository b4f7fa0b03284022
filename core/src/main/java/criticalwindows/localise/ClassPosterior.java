package criticalwindows.localise;

import criticalwindows.stats.Gamma;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// What counts of several classes say about where their distribution changes, and which classes
/// lose and gain there: exactly, as a chain of segments with one distribution each.
///
/// A segment's distribution is drawn from a Dirichlet whose parameters sum to 1, the same for each
/// class; a change lies anywhere with equal chances, and there are as many as [Prior#count] says of
/// windows. Of changes no least height is asked: a small one is as good as none by its likelihood.
///
/// *Source:* Barry and Hartigan, "A Bayesian analysis for change point problems", JASA 88 (1993)
/// 309–319, for the model; Fearnhead, Statistics and Computing 16 (2006) 203–213, for the
/// recursions.
public final class ClassPosterior {
  private static final double NEGLIGIBLE = 1e-6;

  private final ClassCounts data;
  private final int length;
  private final int most;

  /// Length of the stretch before each position, as a share of the response; one more at the end.
  private final double[] gaps;

  /// Counts before each position, by class.
  private final long[][] sums;

  /// Log-likelihood of the counts from one position up to another as one segment.
  private final double[][] segment;

  /// Log-probability of the counts before a stretch, with so many changes up to one in it.
  private final double[][] forward;

  /// Log-probability of the counts after a change in a stretch, with so many changes to come.
  private final double[][] backward;

  private final double[] counts;

  private ClassPosterior(ClassCounts data, int length, Prior prior) {
    this.data = data;
    this.length = length;
    this.most = prior.most();
    int size = data.points().size();
    this.gaps = new double[size + 1];
    int before = 0;
    for (int i = 0; i <= size; i++) {
      int position = i < size ? data.points().get(i).position() : length;
      gaps[i] = (double) (position - before) / length;
      before = position;
    }
    this.sums = sums(data);
    this.segment = segments();
    this.forward = forward();
    this.backward = backward();
    this.counts = LogWeights.shares(evidence(prior));
  }

  /// The posterior under this prior, of which it uses the number of windows.
  ///
  /// @param length of the response in tokens, at least 1
  public static ClassPosterior of(ClassCounts data, int length, Prior prior) {
    if (length < 1 || data.points().stream().anyMatch(point -> point.position() > length)) {
      throw new IllegalArgumentException("positions beyond " + length + " tokens, or no tokens");
    }
    return new ClassPosterior(data, length, prior);
  }

  private static long[][] sums(ClassCounts data) {
    long[][] sums = new long[data.points().size() + 1][data.classes().size()];
    for (int i = 0; i < data.points().size(); i++) {
      for (int c = 0; c < sums[0].length; c++) {
        sums[i + 1][c] = sums[i][c] + data.points().get(i).counts().get(c);
      }
    }
    return sums;
  }

  private double[][] segments() {
    int size = sums.length;
    double[][] all = new double[size][size];
    double alpha = 1.0 / data.classes().size();
    for (int from = 0; from < size; from++) {
      for (int to = from; to < size; to++) {
        long total = 0;
        for (int c = 0; c < data.classes().size(); c++) {
          long count = sums[to][c] - sums[from][c];
          all[from][to] += Gamma.logRising(alpha, count);
          total += count;
        }
        all[from][to] -= Gamma.logRising(1, total);
      }
    }
    return all;
  }

  private double[][] forward() {
    double[][] all = new double[most + 1][gaps.length];
    for (int m = 1; m <= most; m++) {
      for (int t = 0; t < gaps.length; t++) {
        double[] ways = m == 1 ? new double[] {segment[0][t]} : before(all[m - 1], t);
        all[m][t] = LogWeights.logSum(ways) + StrictMath.log(gaps[t]);
      }
    }
    return all;
  }

  /// Log-weights of the stretches where the change before the one in stretch `t` can lie.
  private double[] before(double[] forward, int t) {
    return IntStream.range(0, t).mapToDouble(s -> forward[s] + segment[s][t]).toArray();
  }

  private double[][] backward() {
    double[][] all = new double[most][gaps.length];
    for (int m = 0; m < most; m++) {
      for (int t = 0; t < gaps.length; t++) {
        double[] ways = m == 0 ? new double[] {segment[t][gaps.length - 1]} : after(all[m - 1], t);
        all[m][t] = LogWeights.logSum(ways);
      }
    }
    return all;
  }

  /// Log-weights of the stretches after `t` where the next change can lie.
  private double[] after(double[] backward, int t) {
    return IntStream.range(t + 1, gaps.length)
        .mapToDouble(s -> segment[t][s] + StrictMath.log(gaps[s]) + backward[s])
        .toArray();
  }

  private double[] evidence(Prior prior) {
    double[] ways = new double[most + 1];
    ways[0] = 1;
    for (double gap : gaps) {
      for (int m = most; m > 0; m--) {
        ways[m] += gap * ways[m - 1];
      }
    }
    double[] all = new double[most + 1];
    all[0] = segment[0][gaps.length - 1] + StrictMath.log(prior.count(0));
    for (int m = 1; m <= most; m++) {
      all[m] =
          ways[m] > 0
              ? LogWeights.logSum(changes(m, m - 1)) + StrictMath.log(prior.count(m) / ways[m])
              : Double.NEGATIVE_INFINITY;
    }
    return all;
  }

  /// Log-weights of the stretches where a change lies that comes after `earlier` of `count`.
  private double[] changes(int count, int earlier) {
    return IntStream.range(0, gaps.length)
        .mapToDouble(t -> forward[earlier + 1][t] + backward[count - 1 - earlier][t])
        .toArray();
  }

  /// The probability that the distribution is the same throughout.
  public double noChange() {
    return counts[0];
  }

  /// The probability of so many changes.
  ///
  /// @param count in 0 … [Prior#most]
  public double count(int count) {
    return counts[count];
  }

  /// The changes in order, given that there are so many.
  ///
  /// @param count in 0 … [Prior#most], fewer than there are positions
  /// @param level of the intervals, in (0, 1)
  public List<Change> changes(int count, double level) {
    return IntStream.range(0, count).mapToObj(k -> change(count, k, level)).toList();
  }

  private Change change(int count, int earlier, double level) {
    double[] weights = LogWeights.shares(changes(count, earlier));
    Spread place = new Spread();
    Exchange exchange = new Exchange(data.classes().size());
    for (int t = 0; t < gaps.length; t++) {
      place.add(edge(t), edge(t + 1), weights[t]);
      if (weights[t] > NEGLIGIBLE) {
        exchange.add(weights[t], ended(t, earlier), begun(t, count - 1 - earlier));
      }
    }
    Spread.Cumulative all = place.cumulative();
    return new Change(
        Episodes.tokens(all, all.shortest(level)), exchange.classes(data.classes(), level));
  }

  private double edge(int t) {
    return t == 0 ? 0 : t > data.points().size() ? length : data.points().get(t - 1).position();
  }

  /// The segments that can end with a change in stretch `t`.
  private List<Exchange.Segment> ended(int t, int earlier) {
    if (earlier == 0) {
      return List.of(new Exchange.Segment(1, between(0, t)));
    }
    double[] weights = LogWeights.shares(before(forward[earlier], t));
    return segments(IntStream.range(0, t), weights, s -> between(s, t));
  }

  /// The segments that can begin with it.
  private List<Exchange.Segment> begun(int t, int toCome) {
    if (toCome == 0) {
      return List.of(new Exchange.Segment(1, between(t, gaps.length - 1)));
    }
    double[] weights = LogWeights.shares(after(backward[toCome - 1], t));
    return segments(IntStream.range(0, gaps.length - t - 1), weights, s -> between(t, t + 1 + s));
  }

  private static List<Exchange.Segment> segments(
      IntStream ways, double[] weights, IntFunction<List<Long>> counts) {
    return ways.filter(s -> weights[s] > NEGLIGIBLE)
        .mapToObj(s -> new Exchange.Segment(weights[s], counts.apply(s)))
        .toList();
  }

  private List<Long> between(int from, int to) {
    return IntStream.range(0, sums[0].length).mapToObj(c -> sums[to][c] - sums[from][c]).toList();
  }

  /// A change of the distribution.
  ///
  /// @param place in tokens kept
  /// @param classes in the order of the data
  public record Change(Credible place, List<ClassChange> classes) {
    public Change {
      classes = List.copyOf(classes);
    }
  }
}
