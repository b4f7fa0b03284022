package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.Kappa.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KappaTest {
  private static final double LEVEL = .95;

  private static List<Pair> table(int[][] counts) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts[i].length; j++) {
        pairs.addAll(Collections.nCopies(counts[i][j], new Pair(i, j)));
      }
    }
    return pairs;
  }

  private static Kappa kappa(int[][] counts) {
    return Kappa.ofTexts(table(counts), LEVEL).orElseThrow();
  }

  /// By hand: .7 of all agree, .5 by chance.
  @Test
  void twoClasses() {
    Kappa kappa = kappa(new int[][] {{20, 5}, {10, 15}});
    assertThat(kappa.estimate()).isCloseTo(.4, within(1e-12));
    assertThat(kappa.agreement()).isCloseTo(.7, within(1e-12));
    assertThat(kappa.texts()).isEqualTo(50);
  }

  /// Three classes: margins .5, .3, .2 and .6, .25, .15; .82 agree; chance is .3 + .075 + .03.
  @Test
  void threeClasses() {
    Kappa kappa = kappa(new int[][] {{50, 0, 0}, {7, 20, 3}, {3, 5, 12}});
    assertThat(kappa.estimate()).isCloseTo((.82 - .405) / .595, within(1e-12));
  }

  /// The width beside the variance of Fleiss, Cohen and Everitt, written out.
  @Test
  void theIntervalIsAsWideAsItsVarianceSaysWithManyTexts() {
    int[][] counts = {{3000, 500, 200}, {400, 2500, 300}, {100, 600, 2400}};
    double n = 10_000;
    double[] first = new double[3];
    double[] second = new double[3];
    double agreement = 0;
    for (int i = 0; i < 3; i++) {
      agreement += counts[i][i] / n;
      for (int j = 0; j < 3; j++) {
        first[i] += counts[i][j] / n;
        second[j] += counts[i][j] / n;
      }
    }
    double chance = 0;
    for (int i = 0; i < 3; i++) {
      chance += first[i] * second[i];
    }
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double share = counts[i][j] / n;
        double each =
            i == j
                ? 1 - chance - (first[i] + second[i]) * (1 - agreement)
                : (second[i] + first[j]) * (1 - agreement);
        sum += share * each * each;
      }
    }
    double middle = agreement * chance - 2 * chance + agreement;
    double variance = (sum - middle * middle) / (n * Math.pow(1 - chance, 4));
    double width = 2 * Normal.quantile(.975) * Math.sqrt(variance);
    assertThat(kappa(counts).interval().width()).isCloseTo(width, within(1e-3 * width));
  }

  /// Two judges who see a text's class, each with errors of their own: kappa is known.
  @ParameterizedTest
  @CsvSource({
    "60, .5, .9, .9",
    "200, .5, .95, .9",
    "200, .1, .9, .95",
    "450, .2, .97, .97",
    "100, .3, .5, .5"
  })
  void theIntervalHoldsKappa(int texts, double rate, double one, double other) {
    assertHolds(texts, new double[] {rate, one, other}, 500, .93 - 2 * Math.sqrt(.95 * .05 / 500));
  }

  @ParameterizedTest
  @CsvSource({
    "60, .5, .9, .9",
    "200, .5, .95, .9",
    "200, .1, .9, .95",
    "450, .2, .97, .97",
    "100, .3, .5, .5"
  })
  @Tag("soak")
  void theIntervalHoldsKappaInManyStudies(int texts, double rate, double one, double other) {
    assertHolds(texts, new double[] {rate, one, other}, 20_000, .93);
  }

  /// @param law the share of positive texts, and how often each judge says their class
  private static void assertHolds(int texts, double[] law, int studies, double bar) {
    SplittableRandom random = new SplittableRandom(24);
    double truth = known(law);
    int held = 0;
    double width = 0;
    for (int i = 0; i < studies; i++) {
      List<Pair> pairs = new ArrayList<>();
      for (int j = 0; j < texts; j++) {
        int kind = random.nextDouble() < law[0] ? 1 : 0;
        int first = random.nextDouble() < law[1] ? kind : 1 - kind;
        int second = random.nextDouble() < law[2] ? kind : 1 - kind;
        pairs.add(new Pair(first, second));
      }
      Kappa kappa = Kappa.ofTexts(pairs, LEVEL).orElseThrow();
      held += kappa.interval().holds(truth) ? 1 : 0;
      width += kappa.interval().width() / studies;
    }
    double covered = (double) held / studies;
    System.out.printf(
        Locale.ROOT,
        "kappa %.3f of %d texts: holds in %.4f of %d studies, mean width %.3f%n",
        truth,
        texts,
        covered,
        studies,
        width);
    assertThat(covered).isGreaterThanOrEqualTo(bar);
  }

  private static double known(double[] law) {
    double agreement = law[1] * law[2] + (1 - law[1]) * (1 - law[2]);
    double first = law[0] * law[1] + (1 - law[0]) * (1 - law[1]);
    double second = law[0] * law[2] + (1 - law[0]) * (1 - law[2]);
    double chance = first * second + (1 - first) * (1 - second);
    return (agreement - chance) / (1 - chance);
  }

  /// Texts of one problem that are all alike are worth one text.
  @Test
  void textsThatResembleEachOtherTellLess() {
    List<List<Pair>> problems = new ArrayList<>();
    List<Pair> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Pair pair = new Pair(i % 2, i % 8 == 0 ? 1 - i % 2 : i % 2);
      problems.add(Collections.nCopies(10, pair));
      texts.addAll(Collections.nCopies(10, pair));
    }
    Kappa clustered = Kappa.of(problems, LEVEL).orElseThrow();
    Kappa alone = Kappa.ofTexts(texts, LEVEL).orElseThrow();
    assertThat(clustered.estimate()).isEqualTo(alone.estimate());
    assertThat(clustered.interval().width()).isGreaterThan(2.5 * alone.interval().width());
    assertThat(Kappa.of(List.of(texts), LEVEL).orElseThrow().interval().width()).isGreaterThan(1);
  }

  @Test
  void fullAgreementIsNotCertain() {
    Kappa kappa = kappa(new int[][] {{25, 0}, {0, 25}});
    assertThat(kappa.estimate()).isEqualTo(1);
    assertThat(kappa.interval().high()).isEqualTo(1);
    assertThat(kappa.interval().low()).isBetween(.8, .9);
    assertThat(kappa(new int[][] {{0, 25}, {25, 0}}).estimate()).isEqualTo(-1);
  }

  @Test
  void withOneClassThereIsNothingToAgreeOn() {
    assertThat(Kappa.ofTexts(table(new int[][] {{9}}), LEVEL)).isEmpty();
    assertThat(kappa(new int[][] {{9, 1}, {0, 0}}).estimate()).isZero();
    assertThatThrownBy(() -> Kappa.ofTexts(List.of(), LEVEL)).hasMessage("no text was judged");
  }
}
