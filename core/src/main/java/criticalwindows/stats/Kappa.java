package criticalwindows.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Cohen's kappa: how far two judges agree beyond what chance alone would give, in [−1, 1]; 1 is
/// full agreement, and 0 is chance.
///
/// @param estimate (agreement − agreement by chance) ÷ (1 − agreement by chance)
/// @param interval within [−1, 1]
/// @param agreement the share of texts on which both say the same
/// @param texts how many there are
public record Kappa(double estimate, Interval interval, double agreement, long texts) {
  /// What kappa can be.
  private static final Interval POSSIBLE = new Interval(-1, 1);

  /// What two judges say of one text.
  ///
  /// @param first class, from 0
  /// @param second class, from 0
  public record Pair(int first, int second) {}

  /// Of texts in clusters that are independent of each other, such as the samples of one problem;
  /// absent where both judges always say one and the same class, so that there is nothing to agree
  /// on.
  ///
  /// The interval is Wilson's of the agreement, with as many texts as would leave kappa as
  /// uncertain as its variance by linearisation over the clusters does, or with as many as there
  /// are clusters where they always agree. Chance is taken as it was estimated.
  ///
  /// *Source:* Cohen, "A coefficient of agreement for nominal scales", Educational and
  /// Psychological Measurement 20 (1960) 37–46; for the variance Fleiss, Cohen and Everitt, "Large
  /// sample standard errors of kappa and weighted kappa", Psychological Bulletin 72 (1969) 323–327,
  /// here by the influence of each text.
  ///
  /// @param clusters at least one text in all
  /// @param level of confidence, in (0, 1), such as .95
  public static Optional<Kappa> of(List<List<Pair>> clusters, double level) {
    Margins margins = Margins.of(clusters);
    double chance = margins.chance();
    if (chance > 1 - 1e-12) {
      return Optional.empty();
    }
    double agreement = (double) margins.same / margins.texts;
    double worth = worth(clusters, margins);
    long independent = clusters.stream().filter(each -> !each.isEmpty()).count();
    double t =
        independent > 1
            ? Student.quantile((1 + level) / 2, (int) StrictMath.min(independent - 1, 1_000_000))
            : Double.POSITIVE_INFINITY;
    Interval share = independent > 1 ? Wilson.interval(agreement, worth, t) : Interval.SHARE;
    Interval kappa =
        new Interval(scaled(share.low(), chance), scaled(share.high(), chance)).within(POSSIBLE);
    return Optional.of(new Kappa(scaled(agreement, chance), kappa, agreement, margins.texts));
  }

  /// Of texts that are independent of each other.
  public static Optional<Kappa> ofTexts(List<Pair> texts, double level) {
    return of(texts.stream().map(List::of).toList(), level);
  }

  private static double scaled(double agreement, double chance) {
    return (agreement - chance) / (1 - chance);
  }

  /// So many independent texts leave the agreement as uncertain, as a share of 1 − chance, as kappa
  /// is.
  private static double worth(List<List<Pair>> clusters, Margins margins) {
    double chance = margins.chance();
    double agreement = (double) margins.same / margins.texts;
    double squares = 0;
    long independent = 0;
    for (List<Pair> cluster : clusters) {
      double sum = 0;
      for (Pair pair : cluster) {
        double same = (pair.first == pair.second ? 1 : 0) - agreement;
        double expected =
            margins.share(margins.second, pair.first)
                + margins.share(margins.first, pair.second)
                - 2 * chance;
        sum += same * (1 - chance) - expected * (1 - agreement);
      }
      squares += sum * sum;
      independent += cluster.isEmpty() ? 0 : 1;
    }
    double texts = margins.texts;
    double variance =
        squares / (texts * texts * (1 - chance) * (1 - chance)) * independent / (independent - 1.0);
    double binomial = agreement * (1 - agreement);
    return binomial > 0 && variance > 0 ? binomial / variance : independent;
  }

  /// How often each judge says each class.
  private record Margins(List<Long> first, List<Long> second, long same, long texts) {
    static Margins of(List<List<Pair>> clusters) {
      int classes =
          1
              + clusters.stream()
                  .flatMap(List::stream)
                  .mapToInt(pair -> StrictMath.max(pair.first, pair.second))
                  .max()
                  .orElseThrow(() -> new IllegalArgumentException("no text was judged"));
      Long[] first = zeros(classes);
      Long[] second = zeros(classes);
      long same = 0;
      long texts = 0;
      for (List<Pair> cluster : clusters) {
        for (Pair pair : cluster) {
          first[pair.first]++;
          second[pair.second]++;
          same += pair.first == pair.second ? 1 : 0;
          texts++;
        }
      }
      return new Margins(List.of(first), List.of(second), same, texts);
    }

    private static Long[] zeros(int classes) {
      Long[] zeros = new Long[classes];
      Arrays.fill(zeros, 0L);
      return zeros;
    }

    double share(List<Long> counts, int kind) {
      return (double) counts.get(kind) / texts;
    }

    double chance() {
      double chance = 0;
      for (int i = 0; i < first.size(); i++) {
        chance += share(first, i) * share(second, i);
      }
      return chance;
    }
  }
}
