package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TwoProportionsTest {
  /// z = (.3 − .2) / √(.25 · .75 · 2/100) = 1.6329932, P = .1024704 (complementary error function).
  @Test
  void isTwiceTheNormalTailOfThePooledStatistic() {
    assertThat(TwoProportions.pValue(.2, 100, .3, 100))
        .isCloseTo(.10247043485974942, within(1e-14));
  }

  @Test
  void isOneWhereNothingVaries() {
    assertThat(TwoProportions.pValue(0, 100, 0, 100)).isEqualTo(1);
    assertThat(TwoProportions.pValue(1, 100, 1, 100)).isEqualTo(1);
    assertThat(TwoProportions.pValue(.5, 100, .5, 100)).isEqualTo(1);
  }

  /// Table II of Newcombe (1998), method 10, at 95 %.
  @Test
  void differencesHaveThePublishedIntervals() {
    assertInterval(new Proportion(56, 70), new Proportion(48, 80), .0524, .3339);
    assertInterval(new Proportion(9, 10), new Proportion(3, 10), .1705, .8090);
    assertInterval(new Proportion(10, 10), new Proportion(0, 10), .6075, 1);
  }

  private static void assertInterval(Proportion first, Proportion second, double low, double high) {
    Interval interval = TwoProportions.difference(first, second, .95);
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  /// Every pair of counts, each with its probability.
  @Test
  void anIntervalOfADifferenceHoldsItAsOftenAsItSays() {
    int n = 20;
    for (double[] shares : new double[][] {{.5, .5}, {.9, .4}, {.7, .1}, {.95, .9}}) {
      Binomial one = new Binomial(n, shares[0]);
      Binomial other = new Binomial(n, shares[1]);
      double held = 0;
      for (int i = 0; i <= n; i++) {
        for (int j = 0; j <= n; j++) {
          Interval interval =
              TwoProportions.difference(new Proportion(i, n), new Proportion(j, n), .95);
          held += interval.holds(shares[0] - shares[1]) ? one.mass(i) * other.mass(j) : 0;
        }
      }
      assertThat(held).as("%s and %s", shares[0], shares[1]).isBetween(.93, .99);
    }
  }

  @Test
  void withNothingTriedADifferenceCanBeAnything() {
    Proportion none = new Proportion(0, 0);
    assertThat(TwoProportions.difference(none, none, .95).low()).isLessThan(-.7);
    assertThat(TwoProportions.difference(new Proportion(10, 10), none, .95).high()).isEqualTo(1);
    assertThat(TwoProportions.difference(new Proportion(10, 10), none, .95).low()).isLessThan(0.0);
  }
}
