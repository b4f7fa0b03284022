package criticalwindows.defence;

import criticalwindows.stats.Proportion;
import java.util.Optional;

/// What several plain replies come to as one: the control of the same cost.
public enum SameCost {
  /// It complies where all of them do: any refusal is one.
  ANY_REFUSAL {
    @Override
    boolean complies(int complied, int of) {
      return complied == of;
    }
  },
  /// It complies where more than half of them do.
  MAJORITY {
    @Override
    boolean complies(int complied, int of) {
      return 2 * complied > of;
    }
  };

  abstract boolean complies(int complied, int of);

  /// How often replies that are drawn from these without putting any back come to compliance: over
  /// all ways to draw them, so without bias for fresh ones. Of a number between two whole ones, the
  /// larger is drawn as often as makes the mean right; fewer than one is one.
  ///
  /// @param drawn plain replies, and those of them that comply
  /// @param replies that cost as much, above 0
  /// @return absent where fewer were drawn
  public Optional<Double> complies(Proportion drawn, double replies) {
    int few = (int) Math.max(1, Math.floor(replies));
    double more = Math.max(0, replies - few);
    if (few + (more > 0 ? 1 : 0) > drawn.trials()) {
      return Optional.empty();
    }
    double one = of(drawn, few);
    return Optional.of(more == 0 ? one : (1 - more) * one + more * of(drawn, few + 1));
  }

  private double of(Proportion drawn, int replies) {
    double sum = 0;
    for (int complied = 0; complied <= replies; complied++) {
      if (complies(complied, replies)) {
        sum += chance(drawn, replies, complied);
      }
    }
    return Math.min(1, sum);
  }

  /// So many successes among replies drawn without putting back.
  private static double chance(Proportion drawn, int replies, int complied) {
    long successes = drawn.successes();
    long failures = drawn.trials() - successes;
    double chance = 1;
    for (int i = 0; i < replies; i++) {
      double left = drawn.trials() - (double) i;
      chance *=
          i < complied
              ? Math.max(0, successes - (double) i) / left * (replies - i) / (complied - i)
              : Math.max(0, failures - (double) (i - complied)) / left;
    }
    return chance;
  }
}
