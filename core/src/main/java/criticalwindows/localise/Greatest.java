package criticalwindows.localise;

import java.util.Arrays;

/// The window of a curve that rises most, the first of those that rise as much: summed over all
/// curves with a window, however many they have.
///
/// A window rises most, by h, where those before it rise by less and those after it by no more. So
/// the recursions of [Chain] are run for every h, over such windows alone: `earlier[m][i][u][h]` is
/// `forward[m][i][u]` of windows that rise by less than h, and `later[m][i][u][h]` is
/// `backward[m][i][u]` of windows that rise by no more.
final class Greatest {
  /// Rises from −1 to 1, in steps of a level.
  private static final int RISES = 2 * Levels.TOP + 1;

  private final Chain chain;

  /// How many windows there can be before one, or after it: 0, 1, … less than this.
  private final int counts;

  /// The rise of each level pair, as an index.
  private final int[] rise;

  private Greatest(Chain chain) {
    this.chain = chain;
    this.counts = chain.prior.most();
    this.rise = new int[chain.before.length];
    Arrays.setAll(rise, p -> chain.after[p] - chain.before[p] + Levels.TOP);
  }

  /// What is known of it.
  ///
  /// @param level of the intervals, in (0, 1)
  static Episode of(Chain chain, double level) {
    double[][] masses = new Greatest(chain).masses();
    double all = Arrays.stream(masses).mapToDouble(mass -> Arrays.stream(mass).sum()).sum();
    Episodes window = new Episodes(chain);
    for (int w = 0; w < masses.length; w++) {
      double sum = Arrays.stream(masses[w]).sum();
      if (sum > 0) {
        double[] heights = Arrays.stream(masses[w]).map(mass -> mass / sum).toArray();
        window.add(chain, w, sum / all, heights);
      }
    }
    return window.episode(level, 0);
  }

  /// By token of the response: the probability that it decides, given that there is a window. What
  /// a window decides it decides evenly between its edges.
  ///
  /// @return as many as the response has tokens; they sum to 1
  static double[] tokens(Chain chain) {
    double[][] masses = new Greatest(chain).masses();
    double[] changes = new double[chain.lattice.length() + 1];
    for (int w = 0; w < masses.length; w++) {
      int from = chain.lattice.place(chain.starts[w]);
      int to = chain.lattice.place(chain.ends[w]);
      double each = Arrays.stream(masses[w]).sum() / (to - from);
      changes[from] += each;
      changes[to] -= each;
    }
    double[] tokens = new double[chain.lattice.length()];
    double here = 0;
    for (int t = 0; t < tokens.length; t++) {
      here += changes[t];
      tokens[t] = StrictMath.max(0, here);
    }
    double all = Arrays.stream(tokens).sum();
    return Arrays.stream(tokens).map(mass -> mass / all).toArray();
  }

  /// By window of the chain and by rise: the mass of all curves on which it rises most.
  private double[][] masses() {
    double[][][][] earlier = earlier();
    double[][][][] later = later();
    double[][] masses = new double[chain.starts.length][RISES];
    for (int w = 0; w < masses.length; w++) {
      double[] own = own(w);
      for (int m = 0; m < counts; m++) {
        for (int n = 0; m + n < counts; n++) {
          double[][] from = earlier[m][chain.starts[w]];
          double[][] to = later[n][chain.ends[w]];
          double all = chain.weight[m + n + 1];
          for (int p = 0; p < rise.length; p++) {
            int h = rise[p];
            masses[w][h] += all * own[p] * from[chain.before[p]][h] * to[chain.after[p]][h];
          }
        }
      }
    }
    return masses;
  }

  /// The factors of a window that are its own, by level pair.
  private double[] own(int w) {
    double[] own = new double[rise.length];
    for (int p = 0; p < own.length; p++) {
      own[p] = chain.own(w, p);
    }
    return own;
  }

  private double[][][][] earlier() {
    double[][][][] sums = new double[counts][chain.places][Chain.LEVELS][RISES];
    for (int u = 0; u < Chain.LEVELS; u++) {
      Arrays.fill(sums[0][0][u], chain.plateau[0][u] * chain.levels[u]);
    }
    int w = 0;
    for (int j = 1; j < chain.places; j++) {
      stay(sums, j - 1, j, chain.plateau[j]);
      for (; w < chain.starts.length && chain.ends[w] == j; w++) {
        double[] own = own(w);
        for (int m = 1; m < counts; m++) {
          double[][] from = sums[m - 1][chain.starts[w]];
          for (int p = 0; p < rise.length; p++) {
            add(sums[m][j][chain.after[p]], own[p], from[chain.before[p]], rise[p] + 1);
          }
        }
      }
    }
    return sums;
  }

  private double[][][][] later() {
    double[][][][] sums = new double[counts][chain.places][Chain.LEVELS][RISES];
    for (int u = 0; u < Chain.LEVELS; u++) {
      Arrays.fill(sums[0][chain.places - 1][u], 1);
    }
    int w = chain.starts.length - 1;
    for (int j = chain.places - 1; j > 0; j--) {
      for (; w >= 0 && chain.ends[w] == j; w--) {
        double[] own = own(w);
        for (int m = 1; m < counts; m++) {
          double[][] to = sums[m][chain.starts[w]];
          for (int p = 0; p < rise.length; p++) {
            add(to[chain.before[p]], own[p], sums[m - 1][j][chain.after[p]], rise[p]);
          }
        }
      }
      stay(sums, j, j - 1, chain.plateau[j]);
    }
    return sums;
  }

  /// What is on a plateau at one place is on it at its neighbour.
  ///
  /// @param likelihood of the counts at the later one, by level
  private static void stay(double[][][][] sums, int from, int to, double[] likelihood) {
    for (double[][][] sum : sums) {
      for (int u = 0; u < likelihood.length; u++) {
        add(sum[to][u], likelihood[u], sum[from][u], 0);
      }
    }
  }

  /// Adds for every rise from the first on.
  private static void add(double[] to, double factor, double[] from, int first) {
    for (int h = first; h < to.length; h++) {
      to[h] += factor * from[h];
    }
  }
}
