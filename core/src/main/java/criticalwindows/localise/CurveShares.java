package criticalwindows.localise;

/// The posterior distribution of the curve at every place of the lattice.
final class CurveShares {
  private static final double NEGLIGIBLE = 1e-12;

  private final Chain chain;
  private final double[][] shares;
  private final double all;

  private CurveShares(Chain chain) {
    this.chain = chain;
    this.shares = new double[chain.places][Levels.POINTS];
    double sum = chain.drift;
    for (int m = 0; m < chain.weight.length; m++) {
      sum += chain.evidence(m);
    }
    this.all = sum;
  }

  /// A row for each place: the probability of each slope point; rows sum to 1.
  static double[][] of(Chain chain) {
    CurveShares sums = new CurveShares(chain);
    sums.plateaus();
    sums.windows();
    sums.drift();
    return sums.shares;
  }

  /// What is to come at a place, for so many windows before it, over all numbers of windows.
  private double coming(int before, int place, int level) {
    double sum = 0;
    for (int m = before; m < chain.weight.length; m++) {
      sum += chain.weight[m] * chain.backward[m - before][place][level];
    }
    return sum / all;
  }

  private void plateaus() {
    for (int i = 0; i < chain.places; i++) {
      for (int m = 0; m < chain.weight.length; m++) {
        for (int u = 0; u < Chain.LEVELS; u++) {
          shares[i][u * Levels.FINE] += chain.forward[m][i][u] * coming(m, i, u);
        }
      }
    }
  }

  private void windows() {
    double[][][] coming = new double[chain.weight.length][chain.places][Chain.LEVELS];
    for (int m = 1; m < chain.weight.length; m++) {
      for (int j = 0; j < chain.places; j++) {
        for (int v = 0; v < Chain.LEVELS; v++) {
          coming[m][j][v] = coming(m, j, v) * chain.plateau[j][v];
        }
      }
    }
    double[] weights = new double[chain.before.length];
    for (int w = 0; w < chain.starts.length; w++) {
      if (chain.ends[w] > chain.starts[w] + 1 && weigh(w, coming, weights) > NEGLIGIBLE) {
        spread(w, weights);
      }
    }
  }

  private double weigh(int w, double[][][] coming, double[] weights) {
    double most = 0;
    for (int m = 1; m < chain.weight.length; m++) {
      most +=
          Episodes.greatest(chain.forward[m - 1][chain.starts[w]])
              * Episodes.greatest(coming[m][chain.ends[w]]);
    }
    if (chain.mass[w] * most < NEGLIGIBLE) {
      return 0;
    }
    double sum = 0;
    for (int p = 0; p < weights.length; p++) {
      double both = 0;
      for (int m = 1; m < chain.weight.length; m++) {
        both +=
            chain.forward[m - 1][chain.starts[w]][chain.before[p]]
                * coming[m][chain.ends[w]][chain.after[p]];
      }
      double on = chain.line[w] < 0 ? 1 : chain.lines[chain.line[w] + p];
      weights[p] = chain.mass[w] * chain.chance[p] * on * both;
      sum += weights[p];
    }
    return sum;
  }

  private void spread(int w, double[] weights) {
    for (int i = chain.starts[w] + 1; i < chain.ends[w]; i++) {
      double along = chain.along(w, i);
      for (int p = 0; p < weights.length; p++) {
        shares[i][Chain.point(chain.before[p], chain.after[p], along)] += weights[p];
      }
    }
  }

  private void drift() {
    double weight = chain.driftEach() / all;
    for (int u = 0; u < Chain.LEVELS && weight > 0; u++) {
      for (int v = 0; v < Chain.LEVELS; v++) {
        if (chain.drifts(u, v)) {
          double share = weight * chain.drift(u, v);
          for (int i = 0; i < chain.places; i++) {
            double along = (double) chain.lattice.place(i) / chain.lattice.length();
            shares[i][Chain.point(u, v, along)] += share;
          }
        }
      }
    }
  }
}
