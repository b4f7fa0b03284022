package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RocTest {
  @Test
  void theAreaCountsPairsAndHalvesTies() {
    Roc roc = Roc.of(new double[] {1, 2, 3}, new double[] {0, 2, 2, 9});
    // 1: above 0. 2: above 0, two ties. 3: above 0, 2, 2.
    assertThat(roc.area()).isEqualTo((1 + 2 + 3) / 12.0);
    assertThat(Roc.of(new double[] {5}, new double[] {5}).area()).isEqualTo(.5);
  }

  @Test
  void aScoreWithTheWrongSignHasTheOtherArea() {
    Random random = new Random(3);
    double[] positives = random.doubles(40).map(x -> x + .3).toArray();
    double[] negatives = random.doubles(70).toArray();
    double area = Roc.of(positives, negatives).area();
    double turned = Roc.of(minus(positives), minus(negatives)).area();
    assertThat(area).isGreaterThan(.6);
    assertThat(turned).isCloseTo(1 - area, within(1e-12));
  }

  private static double[] minus(double[] values) {
    return DoubleStream.of(values).map(x -> -x).toArray();
  }

  @Test
  void atAShareOfFalseOnesNoMoreAreFlagged() {
    double[] negatives = DoubleStream.iterate(0, x -> x + 1).limit(200).toArray();
    double[] positives = {50, 150, 196.5, 197, 197.5, 250};
    Roc.Caught caught = Roc.of(positives, negatives).at(.01);
    // Two of the 200 lie above 197.
    assertThat(caught.threshold()).isEqualTo(197);
    assertThat(caught.raised()).isEqualTo(new Proportion(2, 200));
    assertThat(caught.found()).isEqualTo(new Proportion(2, 6));
    assertThat(caught.whole().holds(2 / 6.0)).isTrue();
  }

  @Test
  void tiedScoresAreNeverFlaggedBeyondTheShare() {
    double[] negatives = new double[300];
    java.util.Arrays.fill(negatives, 0, 10, 1);
    Roc.Caught caught = Roc.of(new double[] {1, 1, 2}, negatives).at(.01);
    // Ten of 300 would be too many, so none is flagged.
    assertThat(caught.raised().successes()).isZero();
    assertThat(caught.found()).isEqualTo(new Proportion(1, 3));
  }

  /// Of 2 positives and 20 negatives at 5 %: a draw's threshold is the second highest of 20 scores
  /// drawn with replacement, here drawn for real.
  @Test
  void theThresholdsUncertaintyIsThatOfNegativesDrawnAgain() {
    Random random = new Random(4);
    double[] negatives = random.doubles(20).map(Normal::quantile).toArray();
    double[] positives = random.doubles(8).map(p -> 1.5 + Normal.quantile(p)).toArray();
    double[] draws = new double[20_000];
    for (int draw = 0; draw < draws.length; draw++) {
      double[] again = random.ints(20, 0, 20).mapToDouble(i -> negatives[i]).sorted().toArray();
      long found = DoubleStream.of(positives).filter(x -> x > again[18]).count();
      Beta known = Beta.jeffreys(new Proportion(found, 8));
      draws[draw] = known.quantile(random.nextDouble());
    }
    java.util.Arrays.sort(draws);
    Interval whole = Roc.of(positives, negatives).at(.05).whole();
    assertThat(whole.low()).isCloseTo(draws[500], within(.02));
    assertThat(whole.high()).isCloseTo(draws[19_500], within(.02));
  }

  @Test
  void withTooFewNegativesNothingIsKnownOfALowShare() {
    Roc roc = Roc.of(new double[] {1, 2}, new double[] {0, .5});
    assertThat(roc.at(.01).whole()).isEqualTo(Interval.SHARE);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> Roc.of(new double[] {Double.NaN}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Roc.of(new double[0], new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Two normal distributions of deviation 1, `apart` between their means: the area is Φ(apart/√2),
  /// and the share above the threshold of false ones f is Φ(apart − z(1 − f)).
  @Test
  void intervalsOfAreaAndShareCoverOnNormalScores() {
    Random random = new Random(11);
    for (double apart : new double[] {0, 1, 3}) {
      double area = Normal.cumulative(apart / Math.sqrt(2));
      double share = Normal.cumulative(apart - Normal.quantile(.95));
      int areas = 0;
      int shares = 0;
      int runs = 200;
      for (int run = 0; run < runs; run++) {
        double[] positives = random.doubles(40).map(p -> apart + Normal.quantile(p)).toArray();
        double[] negatives = random.doubles(200).map(Normal::quantile).toArray();
        Roc roc = Roc.of(positives, negatives);
        areas += roc.areaInterval(.95).holds(area) ? 1 : 0;
        shares += roc.at(.05).whole().holds(share) ? 1 : 0;
      }
      assertThat(areas / (double) runs).as("area, %s apart", apart).isBetween(.93, 1.0);
      assertThat(shares / (double) runs).as("share, %s apart", apart).isBetween(.92, 1.0);
    }
  }

  @Test
  void kindsThatAreWhollyApartHaveAnIntervalAllTheSame() {
    Roc roc = Roc.of(new double[] {2, 3, 4, 5}, new double[] {-1, 0, 1});
    assertThat(roc.area()).isEqualTo(1);
    assertThat(roc.areaInterval(.95).high()).isEqualTo(1);
    assertThat(roc.areaInterval(.95).low()).isBetween(.4, .9);
  }
}
