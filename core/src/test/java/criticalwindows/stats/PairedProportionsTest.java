package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.Proportion.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedProportionsTest {
  /// Twice a tail of a fair coin, by hand: 2 · 1/2⁵; 2 · (1 + 12 + 66)/2¹²; 2 · (1 + 11)/2¹¹.
  @ParameterizedTest
  @CsvSource({"5, 0, .0625", "10, 2, .03857421875", "1, 10, .01171875", "3, 3, 1", "0, 0, 1"})
  void theTestIsThatOfAFairCoinOnCasesThatDiffer(long first, long second, double p) {
    assertThat(new PairedProportions(7, first, second, 9).pValue()).isCloseTo(p, within(1e-14));
  }

  /// The first is the worked example in Altman, Machin, Bryant and Gardner, Statistics with
  /// Confidence (2000), table 6.2, whose interval is .011 to .226. All were computed from the
  /// formulas in Python.
  @ParameterizedTest
  @CsvSource({
    "14, 5, 0, 22, .011483241383033277, .22649268435121123",
    "36, 12, 2, 0, .05692958400323875, .3404276029749406",
    "0, 2, 9, 4, -.7284279295039873, -.04680031785858335",
    "53, 0, 0, 0, -.06758198857654174, .06758198857654174"
  })
  void theIntervalIsNewcombes(
      long both, long first, long second, long neither, double low, double high) {
    Interval interval = new PairedProportions(both, first, second, neither).interval(.95);
    assertThat(interval.low()).isCloseTo(low, within(1e-12));
    assertThat(interval.high()).isCloseTo(high, within(1e-12));
  }

  /// Over all outcomes of 25 cases, by their exact probabilities.
  @ParameterizedTest
  @CsvSource({".4, .1, .1", ".2, .3, .1", ".05, .3, .3", ".6, .2, .05", "0, .5, .2"})
  void theIntervalHoldsTheTruthAndTheTestRejectsItSeldom(double both, double first, double second) {
    int n = 25;
    double held = 0;
    double rejected = 0;
    for (int a = 0; a <= n; a++) {
      for (int b = 0; b <= n - a; b++) {
        for (int c = 0; c <= n - a - b; c++) {
          double mass =
              mass(n, a, both)
                  * mass(n - a, b, first / (1 - both))
                  * mass(n - a - b, c, second / (1 - both - first));
          PairedProportions pair = new PairedProportions(a, b, c, n - a - b - c);
          held += pair.interval(.95).holds(first - second) ? mass : 0;
          rejected += pair.pValue() <= .05 ? mass : 0;
        }
      }
    }
    assertThat(held).isBetween(.93, .99);
    if (first == second) {
      assertThat(rejected).isLessThanOrEqualTo(.05);
    } else {
      assertThat(rejected).isGreaterThan(.1);
    }
  }

  private static double mass(int trials, int successes, double probability) {
    return trials == 0 ? 1 : new Binomial(trials, probability).mass(successes);
  }

  @Test
  void casesAreCounted() {
    PairedProportions pair =
        PairedProportions.NONE
            .plus(Outcome.SUCCESS, Outcome.SUCCESS)
            .plus(Outcome.SUCCESS, Outcome.FAILURE)
            .plus(Outcome.SUCCESS, Outcome.FAILURE)
            .plus(Outcome.FAILURE, Outcome.SUCCESS)
            .plus(Outcome.FAILURE, Outcome.FAILURE);
    assertThat(pair).isEqualTo(new PairedProportions(1, 2, 1, 1));
    assertThat(pair.ofFirst()).isEqualTo(new Proportion(3, 5));
    assertThat(pair.ofSecond()).isEqualTo(new Proportion(2, 5));
    assertThat(pair.difference()).isCloseTo(.2, within(1e-15));
  }

  @Test
  void withoutCasesNothingIsKnown() {
    assertThat(PairedProportions.NONE.interval(.95)).isEqualTo(new Interval(-1, 1));
    assertThat(PairedProportions.NONE.pValue()).isEqualTo(1);
    assertThatThrownBy(PairedProportions.NONE::difference)
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new PairedProportions(0, -1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
