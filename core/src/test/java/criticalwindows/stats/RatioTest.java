package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.Ratio.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioTest {
  /// By hand: mean 3, squares 4 + 0 + 4, s² = 4, error 2 ÷ √3; Student's t(.975, 2) = 4.303.
  @Test
  void theMeanOfThreeValues() {
    Ratio mean = Ratio.mean(List.of(1.0, 3.0, 5.0));
    assertThat(mean.estimate()).isEqualTo(3);
    assertThat(mean.standardError()).isCloseTo(2 / Math.sqrt(3), within(1e-12));
    assertThat(mean.interval(.95, Interval.POSITIVE).high())
        .isCloseTo(3 + 4.302653 * 2 / Math.sqrt(3), within(1e-5));
  }

  /// By hand: 6 ÷ 4 = 1.5; excesses .5 and -.5; √(2 · .5 ÷ 1) ÷ 4 = .25.
  @Test
  void clustersOfUnequalSize() {
    Ratio ratio = Ratio.of(List.of(new Share(2, 1), new Share(4, 3)));
    assertThat(ratio.estimate()).isEqualTo(1.5);
    assertThat(ratio.standardError()).isCloseTo(.25, within(1e-12));
    assertThat(ratio.clusters()).isEqualTo(2);
  }

  @Test
  void nothingCanBeToldFromOneCluster() {
    Ratio one = Ratio.mean(List.of(7.0));
    assertThat(one.estimate()).isEqualTo(7);
    assertThat(one.interval(.95, Interval.DIFFERENCE)).isEqualTo(Interval.DIFFERENCE);
  }

  @Test
  void nothingImpossibleIsInTheInterval() {
    Ratio far = Ratio.mean(List.of(.1, .9));
    assertThat(far.interval(.95, Interval.SHARE)).isEqualTo(Interval.SHARE);
    assertThat(far.interval(.95, Interval.DIFFERENCE)).isEqualTo(Interval.DIFFERENCE);
    // Student's t(.975, 1) = 12.7062, standard error .4.
    assertThat(far.interval(.95, Interval.POSITIVE).high()).isCloseTo(5.58248, within(1e-5));
    assertThat(new Interval(2, 3).within(Interval.SHARE)).isEqualTo(new Interval(1, 1));
  }

  @Test
  void aRatioToNothingIsRefused() {
    assertThatThrownBy(() -> Ratio.of(List.of())).hasMessage("a ratio to 0.0");
    assertThatThrownBy(() -> Ratio.of(List.of(new Share(1, 0)))).hasMessage("a ratio to 0.0");
  }

  /// Clusters with 1 to 4 trials that share a level: the ratio's interval holds the truth as often
  /// as it says. Of 2,000 intervals at .95, chance gives .95 ± .02 (4 standard errors).
  @Test
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(12);
    int held = 0;
    for (int i = 0; i < 2000; i++) {
      List<Share> shares = new ArrayList<>();
      for (int j = 0; j < 40; j++) {
        int trials = random.nextInt(1, 5);
        double level = random.nextDouble();
        double sum = 0;
        for (int k = 0; k < trials; k++) {
          sum += random.nextDouble() < level ? 1 : 0;
        }
        shares.add(new Share(sum, trials));
      }
      held += Ratio.of(shares).interval(.95, Interval.SHARE).holds(.5) ? 1 : 0;
    }
    assertThat(held / 2000.0).isCloseTo(.95, within(.02));
  }
}
